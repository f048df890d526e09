import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { around } from "./boxes.js";
import { differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";
import { type Ink, inkOn, measureInk } from "./ink.js";
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
  for (const word of wordsOf(run).flatMap((word) =>
    lossy ? [word] : inksOf(word).flatMap(partsOf).flatMap(pointsOf),
  )) {
    const ink = inkOf(pixels, map, word, lossy);
    const part = parts.at(-1);
    const few = lossy || Math.min(part?.letters.length ?? 0, word.length) < 3;
    if (part && areAlike(part.ink, ink, few, lossy) && !isForeignPoint(part, { letters: word, ink }, lossy)) {
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

/** Letters that surely have two colours lie so differently from their ground. Cosine. */
const otherWay = 0.975;
/** Smaller letters do not show which way their colour lies for sure. Pixels. */
const surePixels = 12;

/** The parts of a word that differ in colour, such as a green word and the black slash behind it. */
function inksOf(word: readonly Letter[]): Letter[][] {
  const parts: Array<{ letters: Letter[]; surest: Letter | undefined }> = [];
  for (const letter of word) {
    const part = parts.at(-1);
    const isSure = letter.pixels >= surePixels;
    if (!part || (isSure && part.surest && cosine(part.surest.way, letter.way) < otherWay)) {
      parts.push({ letters: [letter], surest: isSure ? letter : undefined });
      continue;
    }
    part.letters.push(letter);
    if (isSure && letter.pixels > (part.surest?.pixels ?? 0)) part.surest = letter;
  }
  return parts.map(({ letters }) => letters);
}

const cosine = (one: Letter["way"], other: Letter["way"]): number =>
  one[0] * other[0] + one[1] * other[1] + one[2] * other[2];

/**
 * The parts of a word that differ in strength, such as a link and what is written right behind it: every letter of
 * the one is paler than most of the other. Upright strokes count for nothing: they are the ones that blur.
 */
function partsOf(word: Letter[]): Letter[][] {
  const telling = word.filter(({ width, height }) => width > Math.max(3, height * 0.35));
  let [best, widest] = [-1, 0.9];
  for (let index = 2; index <= telling.length - 2; index++) {
    const [left, right] = [strengthsOf(telling.slice(0, index)), strengthsOf(telling.slice(index))];
    const [weak, strong] = left.middle < right.middle ? [left, right] : [right, left];
    const apart = Math.max(weak.most / strong.middle, weak.middle / strong.least);
    if (weak.count >= 3 && apart < widest) [best, widest] = [index, apart];
  }
  const from = telling[best];
  if (!from) return [word];
  const cut = word.indexOf(from);
  return [word.slice(0, cut), word.slice(cut)];
}

/** Points and commas are lower and narrower than these shares of the highest letter around them. */
const point = { height: 0.6, width: 0.35 };
/** A point that is so many times as strong as every letter beside it has another colour. */
const strongerPoint = 1.15;

/**
 * The parts of a word with its points apart where they surely have another colour, such as the comma behind a link:
 * a small point may seem paler than its colour, but never stronger.
 */
function pointsOf(word: Letter[]): Letter[][] {
  const highest = Math.max(...word.map(({ height }) => height));
  const isPoint = ({ width, height }: Letter) =>
    height < highest * point.height && width < highest * point.width;
  const whole = word.filter((letter) => !isPoint(letter));
  const strongest = Math.max(...whole.map(({ strength }) => strength));
  const surest = whole.reduce((best, letter) => (letter.pixels > best.pixels ? letter : best));
  const parts: Array<{ letters: Letter[]; foreign: boolean }> = [];
  for (const letter of word) {
    const foreign =
      isPoint(letter) &&
      letter.pixels >= telling &&
      (letter.strength > strongest * strongerPoint || cosine(letter.way, surest.way) < otherWay);
    const part = parts.at(-1);
    if (part?.foreign === foreign) part.letters.push(letter);
    else parts.push({ letters: [letter], foreign });
  }
  return parts.map(({ letters }) => letters);
}

/** Whether one of two words is a lone point that is too strong for the colour of the other. */
function isForeignPoint(one: Coloured, other: Coloured, lossy: boolean): boolean {
  if (lossy || !one.ink || !other.ink) return false;
  const [small, large] = one.letters.length < other.letters.length ? [one, other] : [other, one];
  const highest = Math.max(...large.letters.map(({ height }) => height));
  const isLone =
    small.letters.length === 1 && small.letters.every(({ height }) => height < highest * point.height);
  return isLone && strengthOf(small.ink) > strengthOf(large.ink) * strongerPoint;
}

/** Letters with their colour. */
type Coloured = Pick<Segment, "letters" | "ink">;

const strengthOf = (ink: Ink | undefined): number => Math.hypot(...(ink?.shift ?? [0, 0, 0]));

function strengthsOf(letters: readonly Letter[]): {
  least: number;
  middle: number;
  most: number;
  count: number;
} {
  const sorted = letters.map(({ strength }) => strength).sort((a, b) => a - b);
  return {
    least: sorted[0] ?? 0,
    middle: sorted[sorted.length >> 1] ?? 0,
    most: sorted.at(-1) ?? 0,
    count: sorted.length,
  };
}

const weightOf = (ink: Ink | undefined): number =>
  ink ? (ink.bottom - ink.top) * Math.hypot(...ink.shift) : 0;

/** Two words whose colours lie so differently from their ground have two colours. Cosine. */
const otherWordsWay = 0.98;

/**
 * Whether two words may have one colour on one ground.
 *
 * @param few whether one of them is too short to show its colour for sure
 */
function areAlike(one: Ink | undefined, other: Ink | undefined, few: boolean, lossy: boolean): boolean {
  if (!one || !other) return true;
  const even = one.even && other.even;
  // One colour on grounds that differ, as on a picture.
  if (
    differenceOf(inkOn(one.ground, one), inkOn(other.ground, other)) <= sameColour &&
    differenceOf(one.ground, other.ground) > sameColour
  )
    return true;
  if (even && differenceOf(one.ground, other.ground) > sameColour) return false;
  const off = Math.hypot(...([0, 1, 2] as const).map((at) => one.shift[at] - other.shift[at]));
  const [own, beside] = [Math.hypot(...one.shift), Math.hypot(...other.shift)];
  const most = Math.max(own, beside);
  const unsure = few || !even || one.above > 0.1 || other.above > 0.1;
  if (unsure && even && !lossy) {
    const dot = one.shift[0] * other.shift[0] + one.shift[1] * other.shift[1] + one.shift[2] * other.shift[2];
    if (dot < own * beside * (few ? otherWay : otherWordsWay)) return false;
  }
  return off <= most * (unsure ? 0.3 : 0.08);
}
