import type { OwnLine } from "../image/own.js";
import type { Box } from "../report.js";
import { around, isWithin, overlapOf } from "./boxes.js";
import { type Colour, differenceOf } from "./colour.js";
import { type Ink, inkOn } from "./ink.js";
import type { Word } from "./ocr.js";
import type { ReadLine } from "./reading.js";
import type { Segment } from "./segments.js";
import { type Colours, lettersIn, type MeasuredText, measureSegment } from "./text.js";

/** A line that the file tells, and where its letters were found in the pixels. */
export interface MatchedLine {
  line: OwnLine;
  /** The part of its letters that tells the most about their colour. */
  segment: Segment;
}

/** Smoothed edges reach beyond the letters, and so may a rule beneath them. Pixels. */
const edge = 2;

/**
 * Finds the lines that a file tells in the pixels that it draws. The pixels are the witness: a line of which nothing is
 * to be seen is none.
 *
 * @param segments all that looks like text
 * @returns the lines that are seen, how many are not, and what else looks like text
 */
export function matchOwnLines(
  lines: readonly OwnLine[],
  segments: readonly Segment[],
): { own: MatchedLine[]; hidden: number; rest: Segment[] } {
  if (lines.length === 0) return { own: [], hidden: 0, rest: [...segments] };
  const places = lines.map((line) => ({ whole: padded(line), words: line.words.map(padded) }));
  const found: Segment[][] = lines.map(() => []);
  const rest: Segment[] = [];
  for (const segment of segments) {
    const left = new Set(segment.letters);
    for (const [index, { whole, words }] of places.entries()) {
      const { across, down } = overlapOf(whole, segment);
      if (across < 0 || down < 0) continue;
      const letters = [...left].filter((letter) => words.some((word) => isWithin(letter, word)));
      if (letters.length === 0) continue;
      for (const letter of letters) left.delete(letter);
      found[index]?.push({ ...segment, ...around(letters), letters });
    }
    const others = [...left];
    if (others.length === segment.letters.length) rest.push(segment);
    else if (others.length > 0) rest.push({ ...segment, ...around(others), letters: others });
  }
  const own = lines.flatMap((line, index) => {
    const [segment] = (found[index] ?? []).sort((a, b) => weightOf(b) - weightOf(a));
    return segment ? [{ line, segment }] : [];
  });
  return { own, hidden: lines.length - own.length, rest };
}

const padded = ({ x, y, width, height }: Box): Box => ({
  x: x - edge,
  y: y - edge,
  width: width + 2 * edge,
  height: height + 2 * edge,
});

const weightOf = ({ ink, letters }: Segment): number => (ink ? letters.length : 0);

/** As if it had been read, and read well. */
export const readOwn = ({ line }: MatchedLine): ReadLine => ({
  line: { ...boxOf(line), segments: [], letters: [] },
  words: line.words.map(({ text, x, width }) => ({ text, x, width, confidence: 100 })),
});

/** In whole pixels. */
function boxOf(line: OwnLine): Box {
  const [x, y] = [Math.max(0, Math.floor(line.x)), Math.max(0, Math.floor(line.y))];
  return { x, y, width: Math.ceil(line.x + line.width) - x, height: Math.ceil(line.y + line.height) - y };
}

/** Thickness of strokes as a share of the font's size: surely bold, and surely not. */
const [boldWeight, regularWeight] = [0.2, 0.1];

/**
 * What is known of a line's text: its words, size and colour from the file, what it stands on from the pixels.
 *
 * @param words without what is to be covered
 * @param lossy whether there is JPEG in the picture
 */
export function ownText(
  { line, segment }: MatchedLine,
  words: readonly Word[],
  lossy: boolean,
): MeasuredText {
  const parts = words
    .filter(({ text }) => text !== "")
    .map((word) => ({ ...word, signs: lettersIn(word.text) }));
  const measured = measureSegment(segment, parts, lossy);
  const { em, bold } = line;
  return {
    ...measured,
    box: boxOf(line),
    size: { height: em * 0.72, em, least: em, most: em, weight: bold ? boldWeight : regularWeight },
    besideText: true,
    shape: lettersIn(measured.text) > 1 ? "text" : measured.shape,
    colours: knownColours(line.colour, segment.ink, measured.colours),
  };
}

/** The file's colour, where the pixels do not deny it: something may lie on it, or it may be see-through. */
function knownColours(
  colour: OwnLine["colour"],
  ink: Ink | undefined,
  measured: Colours | undefined,
): Colours | undefined {
  if (!colour || !ink || !measured) return measured;
  const seen = inkOn(ink.ground, ink);
  const shift = ([0, 1, 2] as const).map((at) => colour[at] - ink.ground[at]);
  const length = Math.hypot(...shift);
  const seenLength = Math.hypot(...ink.shift);
  if (differenceOf(seen, colour) <= sameColour) return exact(colour, measured);
  const cosine =
    shift.reduce((sum, part, at) => sum + part * (ink.shift[at] ?? 0), 0) / (length * seenLength || 1);
  // Thin strokes are drawn paler than their colour, never stronger.
  const isPaler = cosine >= sameWay && seenLength <= length && seenLength >= length * palest;
  return isPaler ? exact(colour, measured) : measured;
}

/** Levels of 255. */
const sameColour = 6;
/** Cosine. */
const sameWay = 0.98;
/** Share of a colour that thin strokes show at least. */
const palest = 0.6;

const exact = (foreground: Colour, { worst, best }: Colours): Colours => ({
  foreground,
  worst,
  best,
  below: 0,
  above: 0,
});
