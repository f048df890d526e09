/** What is wrong with a text, and where. */
export interface Objection {
  message: string;
  /** From 1; absent when it is not about one line. */
  line?: number;
}

/** The kinds of diagram that we write ourselves; others can load and link. */
const kinds =
  /^(flowchart|graph|sequenceDiagram|classDiagram(-v2)?|erDiagram|stateDiagram(-v2)?|mindmap|C4Context|gantt|pie|timeline|quadrantChart|gitGraph)\b/;

const forbidden: ReadonlyArray<[RegExp, string]> = [
  [/%%\s*\{/, "Directives (%%{…}) are not allowed here."],
  [/^\s*---\s*$/, "A configuration block (---) is not allowed here."],
  // What a participant of a sequence is given: icons and links, as JSON.
  [
    /(?:^|;)\s*(properties|details)\b[^{]*:\s*\{/i,
    "Properties are not allowed here: they can load pictures.",
  ],
  // At the start of a statement; the semicolon of an entity ends none.
  [/(?:^|(?<!#\w{1,7});)\s*(click|links?|callback|href|call)\b/i, "Links and calls are not allowed here."],
  // But for the one that we write.
  [
    /@\s*\{(?! shape: doc, label: "[^"]*" \}$)/,
    "Shapes with properties (@{…}) are not allowed here: they can load pictures.",
  ],
  [/<(?!br\s*\/?>)[a-z/!?]/i, "HTML is not allowed here; write < as #lt;."],
  [/url\s*\(/i, "Addresses are not allowed here."],
];

/** Longer texts make the parser slow. Characters. */
const longest = 50_000;
/** More make drawing slow, of whatever kind. */
const mostLines = 500;

/** Whatever ends a line for Mermaid or for a reader, as a line feed: a check of lines sees the same lines as they do. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n");

/** @returns how many lines at the start of a text hold a title, and nothing else */
export const titleLines = (text: string): number =>
  /^---\ntitle: (?:"(?:[^"\\\n]|\\["\\])*"|[A-Za-z][\w ,.()/–-]*)\n---\n/.test(text) ? 3 : 0;

/**
 * What speaks against drawing or inserting a Mermaid text that our emitter did not write: anything that loads,
 * links, runs or configures. Its grammar is the parser's to judge.
 */
export function objectionTo(text: string): Objection | undefined {
  if (text.length > longest)
    return { message: `The text is longer than ${longest.toLocaleString("en")} characters.` };
  const normalised = withLineFeeds(text);
  const titled = titleLines(normalised);
  // A title is all that a configuration block may hold.
  const lines = normalised.split("\n").map((line, index) => (index < titled ? "" : line));
  if (lines.length > mostLines) return { message: `The text has more than ${mostLines} lines.` };
  const first = lines.findIndex((line) => line.trim() !== "" && !/^\s*%%(?!\s*\{)/.test(line));
  for (const [position, line] of lines.entries()) {
    const bare = line.replace(/<<\w+>>/g, "");
    const found = forbidden.find(([pattern]) => pattern.test(bare));
    if (found) return { message: found[1], line: position + 1 };
  }
  if (first < 0) return { message: "The text is empty." };
  if (!kinds.test(lines[first]?.trim() ?? ""))
    return {
      message: "The first line does not name a kind of diagram that can be drawn here.",
      line: first + 1,
    };
  return undefined;
}

/**
 * A parser's message as an objection: what it did not understand, and the line that it names. It names one after
 * the last for what was never closed.
 */
export function objectionOf(message: string, text: string): Objection {
  const [first = "", near = ""] = message.split("\n");
  const lines = text.trimEnd().split("\n");
  const named = /line:?\s+(\d+)/i.exec(message)?.[1];
  const line = named === undefined ? undefined : Math.min(Number(named), lines.length);
  // The parser shows some characters before the place, from the middle of the line above on.
  const own = lines[(line ?? 0) - 1]?.trim() ?? "";
  const shown = near.includes(own) && own !== "" ? own : near.trim().replace(/^\.{3}/, "…");
  const words = shown === "" ? first.slice(0, 300) : `Mermaid does not understand this: ${shown}`;
  return { message: words, ...(line === undefined ? {} : { line }) };
}
