import { latinOf } from "../../../../text/latin.js";
import { labelLines } from "../labels.js";

export type Style = "Pascal" | "camel" | "snake";

/** A language that names are written in. */
export type Language = "typescript" | "python" | "sql" | "prisma" | "xstate";

const ecmaScript =
  "arguments as async await break case catch class const constructor continue debugger default delete do else enum eval " +
  "export extends false finally for from function get if implements import in instanceof interface let new null of " +
  "package private protected public return set static super switch this throw true try typeof undefined var void " +
  "while with yield error";

/** Words that each language keeps for itself, and names that what we write in it relies on. In lower case. */
const reserved: Record<Language, ReadonlySet<string>> = {
  typescript: new Set(
    `${ecmaScript} any bigint boolean date infer keyof map module namespace never number object optional readonly set string symbol unknown`.split(
      " ",
    ),
  ),
  python: new Set(
    (
      "and as assert async await break class continue def del elif else except false finally for from global if import " +
      "in is lambda match none nonlocal not or pass raise return self true try while with yield " +
      "abc abstractmethod dataclass datetime enum field notimplementederror optional protocol str int float bool list dict"
    ).split(" "),
  ),
  // They stand in quotes there.
  sql: new Set(),
  prisma: new Set("datasource generator model enum type view prismaclient".split(" ")),
  // Keys of an object may be any word.
  xstate: new Set(["constructor", "__proto__", "prototype"]),
};

/** The ASCII words of a text, without accents: what every language takes for a name. */
function wordsOf(text: string): string[] {
  return (
    latinOf(labelLines(text).join(" "))
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .match(/[A-Za-z0-9]+/g) ?? []
  );
}

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `LOGGER` and `MAX_ITEMS` are constants, and stay as they are. */
const lowerFirst = (word: string): string =>
  /^[A-Z0-9]{2,}$/.test(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);

/** What is all in capitals, with underscores between its words. */
const isConstant = (row: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(row) && row.length > 1;

const joined: Record<Style, (words: string[]) => string> = {
  Pascal: (words) => words.map(upperFirst).join(""),
  camel: ([first = "", ...others]) => lowerFirst(first) + others.map(upperFirst).join(""),
  snake: (words) => words.join("_").toLowerCase(),
};

/** PostgreSQL cuts names after 63 bytes; nobody reads longer ones. */
const longest = 48;

/** Gives out names that are identifiers of a language, each once. */
export class Identifiers {
  private readonly taken = new Set<string>();
  private readonly kept: ReadonlySet<string>;

  constructor(
    private readonly style: Style,
    language: Language,
    /** Whether they are a class's members. Words all in capitals stay so there, as constants do, and tables do not. */
    private readonly ofMembers = false,
  ) {
    // A member of TypeScript's may be called like any word of it.
    this.kept = ofMembers && language === "typescript" ? reserved.xstate : reserved[language];
  }

  /**
   * @param text what the picture calls it
   * @param fallback what it is called when the text holds no usable letter
   */
  give(text: string, fallback: string): string {
    const row = labelLines(text).join(" ");
    const styled = (all: string) =>
      this.ofMembers && isConstant(row) && all === text
        ? row.slice(0, longest)
        : joined[this.style](wordsOf(all)).slice(0, longest);
    const plain = styled(text);
    const named = /^[a-z]/i.test(plain) ? plain : styled(`${fallback} ${text}`);
    const base = this.kept.has(named.toLowerCase()) ? `${named}_` : named;
    let name = base;
    // Some of the languages do not tell upper case from lower.
    for (let number = 2; this.taken.has(name.toLowerCase()); number++) name = `${base}_${number}`;
    this.taken.add(name.toLowerCase());
    return name;
  }
}

/** A string literal of TypeScript, Python and JSON alike. */
export const literal = (text: string): string => JSON.stringify(text);

/** One row for a comment: its quotes keep it from being taken for a directive such as `@ts-ignore`. */
export const quotedRow = (text: string): string => `“${labelLines(text).join(" ").replaceAll("*/", "* /")}”`;

/** Whether a name shows a text as well as any comment would. */
export const isNamed = (text: string, name: string): boolean => bare(text) === bare(name);

const bare = (text: string): string => text.replace(/[\s_]/g, "").toLowerCase();
