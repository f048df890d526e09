import { codeSpan, escapeMarkdownLine } from "../text/markdown.js";

/** A colour between blanks, brackets and punctuation: no part of an address or a word. */
const colour = /(?<=^|[\s(])#[0-9a-f]{6}(?=$|[\s,.;:)])/gi;

/** Text as one line of Markdown that shows just that text, with its colours as code. */
export function markdownLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const parts: string[] = [];
  let last = 0;
  for (const { 0: found, index } of line.matchAll(colour)) {
    parts.push(escaped(line.slice(last, index)), codeSpan(found));
    last = index + found.length;
  }
  return [...parts, escaped(line.slice(last))].join("");
}

/** Blanks at its ends stay: a colour stands beside them. */
function escaped(text: string): string {
  const inside = text.trim();
  if (inside === "") return text;
  const start = text.indexOf(inside);
  return `${text.slice(0, start)}${escapeMarkdownLine(inside)}${text.slice(start + inside.length)}`;
}
