import type { Box, TextMark } from "../../report.js";

/** One word as OCR reads it. */
export interface Word {
  text: string;
  /** Pixels of the original: its share of the mark's box. */
  box: Box;
  /** OCR's, of the mark that it is part of: 0 to 100. */
  confidence: number;
  /** Whether its place is a guess, because the mark that it is part of is far wider than what was read of it. */
  isLoose: boolean;
  /** Words of one row of the picture have the same, from top to bottom. */
  row: number;
}

/** The usual letter is less wide than its line is high: where it is wider, words were left unread between. */
const widestLetter = 1.1;
/** In the place of a secret that was found stands what it is. */
const covered = /^\[[a-z ]+\]$/;

const middleOf = ({ y, height }: Box): number => y + height / 2;

/** The words of a picture, row by row and from left to right. */
export function wordsOf(texts: readonly TextMark[]): Word[] {
  const rows: TextMark[][] = [];
  for (const text of [...texts].sort((a, b) => middleOf(a.box) - middleOf(b.box))) {
    if (text.text.trim() === "" || covered.test(text.text.trim())) continue;
    const row = rows.at(-1);
    const first = row?.[0];
    const isSame =
      first && middleOf(text.box) < first.box.y + first.box.height && middleOf(first.box) > text.box.y;
    if (row && isSame) row.push(text);
    else rows.push([text]);
  }
  return rows.flatMap((row, index) =>
    row.sort((a, b) => a.box.x - b.box.x).flatMap((mark) => wordsIn(mark, index)),
  );
}

/** A mark's words; each has as much of its width as of its letters. */
function wordsIn({ text, box, confidence }: TextMark, row: number): Word[] {
  const width = box.width / text.length;
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    box: { ...box, x: box.x + index * width, width: word.length * width },
    confidence,
    isLoose: width > box.height * widestLetter,
    row,
  }));
}

/** How a person would write words that stand side by side. */
export const joined = (words: readonly Word[]): string => words.map(({ text }) => text).join(" ");
