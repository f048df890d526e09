import { rowsOf } from "../labels.js";

export type Style = "Pascal" | "camel" | "snake";

/** Words that one of the languages keeps for itself, and names that what we write relies on. */
const reserved = new Set(
  // JavaScript and TypeScript
  (
    "abstract any arguments as async await bigint boolean break case catch class const constructor continue debugger " +
    "declare default delete do else enum eval export extends false finally for from function get if implements " +
    "import in infer instanceof interface is keyof let module namespace never new null number object of package " +
    "private protected public readonly return set static string super switch symbol this throw true try type " +
    "typeof undefined unique unknown using var void while with yield " +
    // Python
    "and assert def del elif except exec global lambda match none nonlocal not or pass raise self " +
    // Ours
    "abc abstractmethod date datetime decide error notimplementederror protocol " +
    // Prisma
    "datasource generator model prismaclient view"
  ).split(" "),
);

/** The ASCII words of a text, without accents: what every language takes for a name. */
function wordsOf(text: string): string[] {
  const row = rowsOf(text).join(" ");
  const plain = isAscii.test(row) ? row : row.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.replace(/([a-z0-9])([A-Z])/g, "$1 $2").match(/[A-Za-z0-9]+/g) ?? [];
}

const isAscii = /^[ -~]*$/;

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const joined: Record<Style, (words: string[]) => string> = {
  Pascal: (words) => words.map(upperFirst).join(""),
  camel: ([first = "", ...others]) => first.toLowerCase() + others.map(upperFirst).join(""),
  snake: (words) => words.join("_").toLowerCase(),
};

/** PostgreSQL cuts names after 63 bytes; nobody reads longer ones. */
const longest = 48;

/** Gives out names that are identifiers in every language that we write, each once. */
export class Identifiers {
  private readonly taken = new Set<string>();

  constructor(private readonly style: Style) {}

  /**
   * @param text what the picture calls it
   * @param fallback what it is called when the text holds no usable letter
   */
  give(text: string, fallback: string): string {
    const styled = (all: string) => joined[this.style](wordsOf(all)).slice(0, longest);
    const plain = styled(text);
    const named = /^[a-z]/i.test(plain) ? plain : styled(`${fallback} ${text}`);
    const base = reserved.has(named.toLowerCase()) ? `${named}_` : named;
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
export const quotedRow = (text: string): string => `“${rowsOf(text).join(" ").replaceAll("*/", "* /")}”`;

/** Whether a name shows a text as well as any comment would. */
export const isNamed = (text: string, name: string): boolean => bare(text) === bare(name);

const bare = (text: string): string => text.replace(/[\s_]/g, "").toLowerCase();
