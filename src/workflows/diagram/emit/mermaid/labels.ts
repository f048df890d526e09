import { labelLines } from "../labels.js";

/**
 * Where a text stands in Mermaid, by the signs that would be read as something else there, in any of the versions
 * that hosts run: drawn with each sign in each place, only these came out changed.
 */
const changing = {
  /** Between the quotes of labels. */
  quoted: /["<>]/g,
  /** In the messages, participants, notes and fragments of a sequence. */
  sequence: /[#;]/g,
  /** The label of an entity, and the comment of its attribute. */
  entity: /["%\\<]/g,
  comment: /["<~]/g,
  /** The box around participants, and titles of their own. */
  heading: /[#;<]/g,
  /** A transition of a state diagram, and a note in one. */
  transition: /[<>;:]/g,
  note: /[<>:]/g,
  /** A row inside of a state. */
  description: /[<:]/g,
  /** The words of a relation between classes. */
  relation: /[<>:;]/g,
  /** A member of a class. */
  member: /[<>{}]/g,
  /** A task or a section of a gantt chart. */
  gantt: /[:%]/g,
  /** A period, an event or a section of a timeline. */
  timeline: /[#;:]/g,
  /** A slice of a pie. */
  slice: /["<\\]/g,
  /** A point, an axis or a quarter of a quadrant chart. */
  point: /["<`]/g,
  /** A commit, a branch or a tag. */
  commit: /["<>=\\]/g,
} as const;
export type Where = keyof typeof changing;

/** What stands for a label that is empty: Mermaid wants one. A space that does not break. */
const nothing = "#160;";

const entity = (character: string): string => `#${character.codePointAt(0)};`;

const isPlain = /^[A-Za-z0-9 .,?'()/]*$/;
const unmarked = new Set<Where>([
  "description",
  "sequence",
  "heading",
  "gantt",
  "timeline",
  "slice",
  "point",
  "commit",
]);
/** Markdown is read in the labels of boxes and lines. */
const isMarked = (where: Where): boolean => !unmarked.has(where);

/** Signs that would change what is drawn become entities, which Mermaid turns back. */
function encode(row: string, where: Where): string {
  if (isPlain.test(row) && !/www|direction/i.test(row)) return row;
  const kept = row
    // What looks like an entity, a tag, a directive or a formula would be read as one.
    .replace(/[#&](?=#?\w{1,30};)|<(?=[a-z/!?])|%(?=%)|@(?=\s*\{)|\$(?=\$)/gi, marked)
    .replace(changing[where], marked)
    // Some lexers take "direction LR" for a statement wherever it stands, quotes or not.
    .replace(/(direction) (?=[lrtb])/gi, `$1${marked(" ")}`);
  const markdown = isMarked(where)
    ? kept
        // Addresses become links; stars, underscores and tildes at the edge of a word emphasis.
        .replace(/:(?=\/\/)|\](?=\()/g, marked)
        .replace(/(?<=www)\.|(?<=[a-z0-9])@(?=[a-z0-9-]{1,60}\.)/gi, marked)
        .replace(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])|\\(?=[\\*_`~n])/gu, marked)
        .replace(/^>|^[-+](?= )|^#(?=#{0,5} )|(?<=^\d{1,9})[.)](?= |$)/, marked)
    : kept;
  return markdown.replace(marks, (_, code: string) => `#${Number.parseInt(code, 36)};`);
}

/** A sign to be encoded, in a form that no rule reads again: private characters around its code. */
const marked = (sign: string): string => `\u{f0000}${(sign.codePointAt(0) ?? 0).toString(36)}\u{f0001}`;
const marks = /\u{f0000}([a-z0-9]+)\u{f0001}/gu;

const plainRow = (row: string): string => row.replace(/[\u{f0000}\u{f0001}]/gu, "\ufffd");
const encodedRow = (row: string, where: Where): string => encode(plainRow(row), where);

/** Text on one line, where nothing encloses it. */
export const line = (text: string, where: Where): string =>
  encodedRow(labelLines(text).join(" "), where) || nothing;

/** Text with its line breaks, where nothing encloses it. */
export const lines = (text: string, where: Where): string =>
  labelLines(text)
    .map((row) => encodedRow(row, where))
    .join("<br/>") || nothing;

/** Text that begins a line, where a keyword could be meant. */
export const rowStart = (text: string, where: Where): string =>
  line(text, where).replace(
    /^(title|section|timeline|gantt|acc|date|axis|tick|today|in|ex|top|week|click|link|href|call|vert|display|barheight)/i,
    (word) => `${entity(word)}${word.slice(1)}`,
  );

/** A quoted text on one line, for the places that know no line breaks. */
export const quotedLine = (text: string, where: Where = "quoted"): string => `"${line(text, where)}"`;

/** A quoted text with its line breaks. */
export const mermaidString = (text: string, where: Where = "quoted"): string => `"${lines(text, where)}"`;
