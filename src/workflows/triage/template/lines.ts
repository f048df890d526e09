/**
 * A template's lines, taken apart from both ends: a pattern that says the same tries every way in which blanks can be
 * shared out, and never ends on a line of blanks.
 */

/** The words of a heading: `## Words`, or a line that is bold as a whole, as GitHub's default templates have them. */
export function headingIn(line: string): string | undefined {
  const text = line.trimEnd();
  const marks = /^#{1,6}(?=\s)/.exec(text)?.[0];
  if (marks !== undefined) return withoutClosingMarks(text.slice(marks.length).trim()) || undefined;
  const bold = text.endsWith(":") ? text.slice(0, -1) : text;
  const isBold = bold.length > 4 && bold.startsWith("**") && bold.endsWith("**");
  return isBold ? bold.slice(2, -2) : undefined;
}

/** Markdown lets a heading end in as many marks as it likes. */
function withoutClosingMarks(words: string): string {
  let end = words.length;
  while (words[end - 1] === "#") end--;
  return words.slice(0, end).trimEnd();
}

/** A list item that asks for something, such as ` - **OS:** [e.g. iOS]`. */
export interface AskingItem {
  /** What it asks for. */
  label: string;
  /** What stays before the answer, up to the colon. */
  before: string;
}

/** Undefined for a line that is no list item, or one that asks nothing: neither a colon nor an example is in it. */
export function itemIn(line: string): AskingItem | undefined {
  const bullet = /^\s*[-*+]\s+/.exec(line)?.[0];
  if (bullet === undefined) return undefined;
  let text = line.slice(bullet.length).trimEnd();
  if (text.endsWith("-->") && text.includes("<!--")) text = text.slice(0, text.indexOf("<!--")).trimEnd();
  const bracket = text.endsWith("]") ? text.lastIndexOf("[") : -1;
  if (bracket >= 0) text = text.slice(0, bracket).trimEnd();
  const colon = [":**", ":"].find((sign) => text.endsWith(sign)) ?? "";
  if (colon === "" && bracket < 0) return undefined;
  text = text.slice(0, text.length - colon.length).trimEnd();
  const open = text.startsWith("**") ? "**" : "";
  const close = text.length > open.length + 2 && text.endsWith("**") ? "**" : "";
  const label = text.slice(open.length, text.length - close.length).trim();
  if (label === "" || /[:[\]]/.test(label)) return undefined;
  return { label, before: `${bullet}${open}${label}${close}${colon || ":"}` };
}
