import { liveStretches } from "./live.js";

const longestRun = (text: string, character: string): number =>
  Math.max(0, ...(text.match(new RegExp(`${character}+`, "g")) ?? []).map((run) => run.length));

/** The text as inline code: shown as it is, nothing in it is live. */
export function codeSpan(text: string): string {
  const fence = "`".repeat(longestRun(text, "`") + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? " " : "";
  return `${fence}${pad}${text.replace(/\n/g, " ")}${pad}${fence}`;
}

/** The text as a fenced block; the fence is longer than any run of backticks in it. */
export function codeBlock(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

const escapePunctuation = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~&$]/g, "\\$&")
    // What is special at the start of a line alone: headings, lists, rules and underlines.
    .replace(/^([^\S\n]*)(#{1,6}(?=\s|$)|[+-](?=\s|$)|-{2,}[^\S\n]*$|={1,}[^\S\n]*$)/gm, "$1\\$2")
    .replace(/^([^\S\n]*\d+)([.)])(?=\s|$)/gm, "$1\\$2");

/**
 * Text from a picture as Markdown that shows just that text: no markup, no link, no image, no HTML, and
 * nobody is mentioned and no issue closed by it.
 */
export function escapeMarkdown(text: string): string {
  let escaped = "";
  let last = 0;
  for (const { start, end } of liveStretches(text)) {
    escaped += escapePunctuation(text.slice(last, start)) + codeSpan(text.slice(start, end));
    last = end;
  }
  return escaped + escapePunctuation(text.slice(last));
}

/** The same on one line, for table cells, list items and headings. */
export function escapeMarkdownLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return escapeMarkdown(lines.filter((line) => line !== "").join(" "));
}
