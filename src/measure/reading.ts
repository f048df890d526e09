import type { Rgb } from "../image/palette.js";
import type { Letters } from "./letters.js";
import { lineImage } from "./lineImage.js";
import type { TextLine } from "./lines.js";
import type { LineReader, Word } from "./ocr.js";
import { lettersIn } from "./text.js";

/** A line with its words as they were read. */
export interface ReadLine {
  line: TextLine;
  words: Word[];
}

/**
 * Reading takes up to this much text. A full screen of code has half of it; a photo of foliage, which looks like
 * text everywhere, is not read to the end. In heights of lines.
 */
const longestReading = 20_000;

/** As many lines as are read, and how many are left. */
export function plausibleLines(lines: readonly TextLine[]): { lines: TextLine[]; left: number } {
  let length = 0;
  const kept = lines.filter(({ width, height }) => {
    length += Math.max(1, width / height);
    return length <= longestReading;
  });
  return { lines: kept, left: lines.length - kept.length };
}

/** @param map the letters of the picture that the lines are of */
export async function readLines(
  read: LineReader,
  pixels: Rgb,
  map: Letters,
  lines: readonly TextLine[],
): Promise<ReadLine[]> {
  const words = await read(lines.map((line) => lineImage(pixels, map, line)));
  return lines.map((line, index) => ({ line, words: words[index] ?? [] }));
}

/** Surer words than this are rarely made of what is no text. Of 100. */
const surelyRead = 60;

/** How many letters of a line stand in words that were read well. */
const wellRead = ({ line, words }: ReadLine): number =>
  Math.min(
    line.letters.length,
    words
      .filter(({ text, confidence }) => confidence >= surelyRead && lettersIn(text) >= 2)
      .reduce((sum, { text }) => sum + lettersIn(text), 0),
  );

const lettersOf = (lines: readonly ReadLine[]): number =>
  lines.reduce((sum, { line }) => sum + line.letters.length, 0);

/** The share of all letters, and of what is taken for some, that stand in words that were read well. */
export const shareRead = (lines: readonly ReadLine[]): number =>
  lines.reduce((sum, line) => sum + wellRead(line), 0) / Math.max(1, lettersOf(lines));

/** Whether there is text in plenty, and nearly nothing of it was read: of turned text 0 to 15 %, of upright text 85. */
export const isLittleRead = (lines: readonly ReadLine[]): boolean =>
  lettersOf(lines) >= 25 && shareRead(lines) < 0.25;

/** Those that look like words rather than like a sign or a part of a drawing. */
const wordy = (lines: readonly ReadLine[]): ReadLine[] =>
  lines.filter(({ line: { letters, width, height } }) => letters.length >= 4 && width >= height * 2);

/** Whether most letters stand side by side, be it upside down. */
export const runsAcross = (lines: readonly ReadLine[]): boolean =>
  lettersOf(wordy(lines)) > lettersOf(lines) / 2;

/** Fewer lines tell nothing about a picture. */
const fewestLines = 5;

/**
 * How much of a picture's text could not be read, as a share of its lines.
 *
 * @param left how many lines nobody tried to read
 * @param known how many lines need not be read, since the file tells them
 */
export function unreadShare(lines: readonly ReadLine[], left: number, known = 0): number {
  const words = wordy(lines);
  const unread = words.filter((one) => wellRead(one) < one.line.letters.length * 0.4).length + left;
  const all = words.length + left + known;
  return all < fewestLines ? 0 : unread / all;
}
