import type { TextMark } from "../report.js";

/** A line longer than this is cut: nobody reads it in a report either. Letters. */
const longestLine = 400;
/** More lines than this are left out of a question. */
const mostLines = 400;

/** Marks that stand close together on one line, from left to right, as one line; the lines from top to bottom. */
export function linesOf(texts: readonly TextMark[]): string[] {
  const lines: TextMark[][] = [];
  for (const text of [...texts].sort((a, b) => a.box.x - b.box.x)) {
    if (text.text === "") continue;
    const line = lines.find((others) => {
      const last = others.at(-1);
      if (!last) return false;
      const middle = text.box.y + text.box.height / 2;
      const gap = text.box.x - last.box.x - last.box.width;
      return middle > last.box.y && middle < last.box.y + last.box.height && gap < last.box.height * 1.5;
    });
    if (line) line.push(text);
    else lines.push([text]);
  }
  const top = (line: TextMark[]) => line[0]?.box.y ?? 0;
  return lines.sort((a, b) => top(a) - top(b)).map((line) => line.map(({ text }) => text).join(" "));
}

/** The words of a picture as data for the model: a line each, in quotation marks. */
export const wordsTable = (texts: readonly TextMark[]): string =>
  linesOf(texts)
    .slice(0, mostLines)
    .map((line) => JSON.stringify(line.slice(0, longestLine)))
    .join("\n");
