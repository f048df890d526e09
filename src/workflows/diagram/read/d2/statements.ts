/** A statement of D2: things and connections between them, with a label and a block of further statements. */
export interface Statement {
  /** The things, each by its path. Several are connected. */
  targets: string[][];
  /** `->`, `<-`, `<->` or `--` between each and the next. */
  operators: string[];
  value: string;
  hasValue: boolean;
  block: Statement[];
  /** From 1. */
  line: number;
}

const deepest = 40;
const operators = ["<->", "->", "<-", "--"] as const;

/**
 * The statements of a text, by D2's grammar.
 *
 * @see https://d2lang.com/tour/intro
 * @throws Error with the line where a string or a block is not closed
 */
export class StatementParser {
  private at = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  parse(depth = 0): Statement[] {
    if (depth > deepest) throw new Error(`Line ${this.line}: it is nested more than ${deepest} deep.`);
    const all: Statement[] = [];
    for (;;) {
      this.skipGaps();
      if (this.at >= this.text.length) {
        if (depth > 0) throw new Error(`Line ${this.line}: a block is not closed.`);
        return all;
      }
      if (this.sign() === "}") {
        this.at++;
        if (depth === 0) throw new Error(`Line ${this.line}: a bracket closes nothing.`);
        return all;
      }
      all.push(this.statement(depth));
    }
  }

  private sign(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  private next(): string {
    const sign = this.text.charAt(this.at++);
    if (sign === "\n") this.line++;
    return sign;
  }

  /** Past spaces, ends of statements and comments. */
  private skipGaps(): void {
    while (this.at < this.text.length) {
      if (this.sign() === "#") while (this.at < this.text.length && this.sign() !== "\n") this.at++;
      else if (/[\s;]/.test(this.sign())) this.next();
      else return;
    }
  }

  private skipSpaces(): void {
    while (this.sign() === " " || this.sign() === "\t") this.at++;
  }

  private operator(): string | undefined {
    return operators.find((one) => this.text.startsWith(one, this.at));
  }

  private statement(depth: number): Statement {
    const statement: Statement = {
      targets: [this.path()],
      operators: [],
      value: "",
      hasValue: false,
      block: [],
      line: this.line,
    };
    this.skipSpaces();
    for (let operator = this.operator(); operator !== undefined; operator = this.operator()) {
      this.at += operator.length;
      // A long arrow, `--->`, is an arrow.
      while (operator !== "--" && this.sign() === "-") this.at++;
      this.skipSpaces();
      statement.operators.push(operator);
      statement.targets.push(this.path());
      this.skipSpaces();
    }
    if (this.sign() === ":") {
      this.at++;
      this.skipSpaces();
      const before = this.at;
      statement.value = this.value();
      statement.hasValue = this.at > before;
      this.skipSpaces();
    }
    if (this.sign() === "{") {
      this.at++;
      statement.block = this.parse(depth + 1);
    } else if (this.at < this.text.length && !/[\n;}#]/.test(this.sign())) {
      throw new Error(`Line ${this.line}: “${this.sign()}” is not understood.`);
    }
    return statement;
  }

  private path(): string[] {
    const parts = [this.key()];
    while (this.sign() === ".") {
      this.at++;
      parts.push(this.key());
    }
    return parts;
  }

  private key(): string {
    this.skipSpaces();
    if (this.sign() === '"' || this.sign() === "'") {
      const key = this.quoted(this.next());
      this.skipSpaces();
      return key;
    }
    // A connection's own name: (a -> b)[0].
    if (this.sign() === "(")
      throw new Error(`Line ${this.line}: a connection that is named by its ends is not read.`);
    let key = "";
    while (this.at < this.text.length && !/[.:;{}\n]/.test(this.sign()) && this.operator() === undefined) {
      if (this.sign() === "\\") this.at++;
      key += this.next();
    }
    if (key.trim() === "") throw new Error(`Line ${this.line}: a name is missing.`);
    return key.trim();
  }

  private value(): string {
    if (this.sign() === '"' || this.sign() === "'") return this.quoted(this.next());
    if (this.sign() === "|") return this.blockString();
    let value = "";
    let brackets = 0;
    while (this.at < this.text.length) {
      const sign = this.sign();
      if (sign === "\n" || (brackets === 0 && /[;{}]/.test(sign)) || (sign === "#" && /\s$/.test(value)))
        break;
      if (sign === "[") brackets++;
      if (sign === "]") brackets = Math.max(0, brackets - 1);
      if (sign === "\\") this.at++;
      value += this.next();
    }
    return value.trim();
  }

  private quoted(end: string): string {
    const from = this.line;
    let text = "";
    while (this.at < this.text.length) {
      const sign = this.next();
      if (sign === end) return text;
      if (sign === "\\" && end === '"') {
        const escaped = this.next();
        text += escaped === "n" ? "\n" : escaped;
      } else text += sign;
    }
    throw new Error(`Line ${from}: a string is not closed.`);
  }

  /** `|md … |`, with as many bars as it likes. */
  private blockString(): string {
    const from = this.line;
    const opening = /^\|+/.exec(this.text.slice(this.at, this.at + 8))?.[0] ?? "|";
    const close = this.text.indexOf(opening, this.at + opening.length);
    if (close < 0) throw new Error(`Line ${from}: a block of text is not closed.`);
    let text = "";
    this.at += opening.length;
    while (this.at < close) text += this.next();
    this.at += opening.length;
    // The first word says which language the text is in.
    return text.replace(/^\w*[ \n]/, "").trim();
  }
}
