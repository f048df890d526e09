import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { around } from "./boxes.js";
import { differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";
import { type Ink, measureInk } from "./ink.js";
import type { Letter, Letters } from "./letters.js";
import { type Run, telling } from "./runs.js";

/** One or more words that stand side by side and have one colour. Pixels of the picture. */
export interface Segment extends Box {
  letters: Letter[];
  ink: Ink | undefined;
}

/**
 * The parts of a run that have one colour each, as far as it is told by whole words: a single thin letter may seem
 * paler than it is.
 *
 * @param lossy whether the picture has been through JPEG or its like
 */
export function segmentsOf(pixels: Rgb, map: Letters, run: Run, lossy: boolean): Segment[] {
  const parts: Array<{ letters: Letter[]; words: number; ink: Ink | undefined }> = [];
  for (const word of wordsOf(run)) {
    const ink = inkOf(pixels, map, word, lossy);
    const part = parts.at(-1);
    if (part && areAlike(part.ink, ink, lossy)) {
      part.letters.push(...word);
      part.words++;
      if (weightOf(ink) > weightOf(part.ink)) part.ink = ink;
    } else parts.push({ letters: word, words: 1, ink });
  }
  return parts.map(({ letters, words, ink }) => ({
    ...around(letters),
    letters,
    ink: words === 1 ? ink : inkOf(pixels, map, letters, lossy),
  }));
}

/** Dots tell little about their colour, and may have that of a neighbour: they count where there is nothing else. */
function inkOf(pixels: Rgb, map: Letters, letters: readonly Letter[], lossy: boolean): Ink | undefined {
  const large = letters.filter((letter) => letter.pixels >= telling);
  return measureInk(pixels, map, large.length > 0 ? large : letters, lossy);
}

/** Letters with hardly a gap between them. */
function wordsOf({ letters, height }: Run): Letter[][] {
  const words: Letter[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const letter of letters) {
    const word = words.at(-1);
    if (word && letter.x - right < Math.max(2, height * 0.22)) word.push(letter);
    else words.push([letter]);
    right = Math.max(right, letter.x + letter.width);
  }
  return words;
}

const weightOf = (ink: Ink | undefined): number =>
  ink ? (ink.bottom - ink.top) * Math.hypot(...ink.shift) : 0;

/** Whether two words may have one colour on one ground. */
function areAlike(one: Ink | undefined, other: Ink | undefined, lossy: boolean): boolean {
  if (!one || !other) return true;
  const even = one.even && other.even;
  if (even && differenceOf(one.ground, other.ground) > sameColour) return false;
  const off = Math.hypot(...([0, 1, 2] as const).map((at) => one.shift[at] - other.shift[at]));
  const most = Math.max(Math.hypot(...one.shift), Math.hypot(...other.shift));
  const unsure = lossy || !even || one.above > 0.1 || other.above > 0.1;
  return off <= most * (unsure ? 0.3 : 0.08);
}
