import { codeLanguageOf, looksLikeCode } from "./code.js";
import { median, type TextBlock, type TextLine } from "./layout.js";
import type { blockKinds } from "./schema.js";

/** A piece of the text, as a document would have it. */
export interface Block {
  kind: (typeof blockKinds)[number];
  /** Of code, as after a fence in Markdown; else empty. */
  language: string;
  /** Lines of code with their indentation, items of a list, or a paragraph or heading as one line. */
  lines: string[];
}

/** The start of a list's item: a bullet, a dash, or a number or letter with a dot or bracket. */
const bullet = /^(?:[•◦▪‣·*–—-]|\(?(?:\d{1,3}|[a-z])[.)])\s+(?=\S)/u;

/** What the lines of a block are, by their look and their words. */
export function blockOf(lines: TextBlock, bodyHeight: number): Block {
  const texts = lines.map(({ text }) => text);
  if (looksLikeCode(texts)) {
    const code = indented(lines);
    return { kind: "code", language: codeLanguageOf(code.join("\n")), lines: code };
  }
  const isLarge = median(lines.map(({ letterHeight }) => letterHeight)) > bodyHeight * 1.3;
  if (isLarge && lines.length <= 3) return { kind: "heading", language: "", lines: [texts.join(" ")] };
  if (texts.some((text) => bullet.test(text))) return { kind: "list", language: "", lines: itemsOf(texts) };
  const logical = logicalLines(lines);
  return { kind: logical.length === 1 ? "paragraph" : "lines", language: "", lines: logical };
}

/** The picture's lines of a block as a document has them: line breaks that the column's width forced are gone. */
export function joinedLines(kind: Block["kind"], lines: readonly string[]): string[] {
  if (kind === "list") return itemsOf(lines);
  if (kind === "code" || kind === "lines" || lines.length === 0) return [...lines];
  return [lines.reduce((before, line) => rejoined(before, line.trim()))];
}

/** A list's items; a line without a bullet goes on with the item before. */
function itemsOf(texts: readonly string[]): string[] {
  const items: string[] = [];
  for (const text of texts) {
    const last = items.at(-1);
    if (last === undefined || bullet.test(text)) items.push(text);
    else items[items.length - 1] = `${last} ${text}`;
  }
  return items;
}

/** Lines that were broken because the column was full are one line; others, as of a menu or an address, stay. */
function logicalLines(lines: TextBlock): string[] {
  const right = Math.max(...lines.map(({ box }) => box.x + box.width));
  const result: string[] = [];
  let isOpen = false;
  for (const { text, box, letterHeight } of lines) {
    const last = result.at(-1);
    if (isOpen && last !== undefined) result[result.length - 1] = rejoined(last, text);
    else result.push(text);
    // A table's row has a tab, and ends where it ends.
    const isFull =
      !text.includes("\t") && box.x + box.width > right - 6 * letterHeight && box.width > 14 * letterHeight;
    isOpen = isFull && !/[.:;!?]$/.test(text);
  }
  return result;
}

/** A word that was divided at the line's end is whole again. */
const rejoined = (before: string, after: string): string =>
  /\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(after) ? before.slice(0, -1) + after : `${before} ${after}`;

/** Lines of code, indented by as many blanks as the picture shows. */
function indented(lines: TextBlock): string[] {
  const advance = median(lines.flatMap(letterWidth)) || 1;
  const left = Math.min(...lines.map(({ box }) => box.x));
  return lines.map(({ text, box }) => " ".repeat(Math.round((box.x - left) / advance)) + text);
}

/** The advance of a letter: code is set in letters of one width. Short lines tell it badly. */
const letterWidth = ({ text, box }: TextLine): number[] =>
  text.length >= 4 ? [box.width / text.length] : [];
