import type { Rgb } from "../image/palette.js";
import { around, overlapOf } from "./boxes.js";
import type { Letters } from "./letters.js";
import { squeezedImage } from "./lineImage.js";
import type { TextLine } from "./lines.js";
import type { LineReader } from "./ocr.js";
import type { ReadLine } from "./reading.js";
import { joinNeighbours } from "./runs.js";
import type { Segment } from "./segments.js";

/** Fewer letters are no number or code that somebody would want to hide. */
const fewest = 8;

/**
 * Reads what stands with each letter by itself, as in a form with a box for each: one by one, letters are guessed at;
 * moved together, they are read as a word.
 *
 * @param segments all of the picture, points and dashes among them
 * @param lines as they were read
 * @returns the lines with each such row and what stands before it as one, the words at their places in the picture; undefined where there is none
 */
export async function readSpaced(
  read: LineReader,
  pixels: Rgb,
  map: Letters,
  segments: readonly Segment[],
  lines: readonly ReadLine[],
): Promise<ReadLine[] | undefined> {
  const of = new Map(lines.map((one) => [one.line, one]));
  const groups = joinNeighbours([...of.keys()].filter(isSpread), areSpaced).filter(
    (group) => group.reduce((sum, { letters }) => sum + letters.length, 0) >= fewest,
  );
  if (groups.length === 0) return undefined;
  const rows = groups.map((group) => rowOf(group, segments));
  const squeezed = rows.map((row) => squeezedImage(pixels, map, row));
  const words = await read(squeezed.map(({ image }) => image));
  const taken = new Set(groups.flat().flatMap((line) => of.get(line) ?? []));
  const joined = rows.map((line, index) => {
    const { columns = [] } = squeezed[index] ?? {};
    const placeOf = (x: number): number =>
      columns[Math.min(columns.length - 1, Math.max(0, Math.round(x)))] ?? line.x;
    const placed = (words[index] ?? []).map((word) => {
      const x = placeOf(word.x);
      return { ...word, x, width: placeOf(word.x + word.width) - x };
    });
    const label = labelOf(line, lines);
    if (!label) return { line, words: placed };
    taken.add(label);
    return { line: { ...line, ...around([label.line, line]) }, words: [...label.words, ...placed] };
  });
  return [...lines.filter((line) => !taken.has(line)), ...joined];
}

/** Whether two lines may be neighbours in such a row: between two small letters there may be a point, which is no line. */
function areSpaced(left: TextLine, right: TextLine): boolean {
  const { across, down } = overlapOf(left, right);
  const [low, high] = [Math.min(left.height, right.height), Math.max(left.height, right.height)];
  return down >= low * 0.5 && -across <= high * 6;
}

/** The nearest line that stands before a row: it may say what is in it. */
function labelOf(row: TextLine, lines: readonly ReadLine[]): ReadLine | undefined {
  const before = lines.filter(({ line }) => {
    const { across, down } = overlapOf(line, row);
    return (
      !isSpread(line) &&
      line.x < row.x &&
      down >= line.height * 0.5 &&
      across < 0 &&
      -across <= row.height * 6
    );
  });
  return before.sort((a, b) => b.line.x - a.line.x)[0];
}

/** Letters of one word stand closer than this, in heights of the line. */
const leastGap = 0.4;

/** Whether a line is a lone letter, or such as stand apart. */
export function isSpread({
  width,
  height,
  letters,
}: Pick<TextLine, "width" | "height" | "letters">): boolean {
  const gaps: number[] = [];
  let end: number | undefined;
  for (const letter of letters.toSorted((a, b) => a.x - b.x)) {
    // What lies above another, as the dot of an i does, leaves no gap.
    if (end !== undefined && letter.x > end) gaps.push(letter.x - end);
    end = Math.max(end ?? 0, letter.x + letter.width);
  }
  const middle = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return middle === undefined ? width <= height * 1.5 : middle >= height * leastGap;
}

/** A row as one line, with the points and dashes that are too small to be lines by themselves. */
function rowOf(lines: readonly TextLine[], segments: readonly Segment[]): TextLine {
  const place = around(lines);
  const own = segments
    .filter((segment) => {
      const { across, down } = overlapOf(segment, place);
      return across > 0 && down >= segment.height * 0.5;
    })
    .sort((a, b) => a.x - b.x);
  const ink = own.find((segment) => segment.ink)?.ink;
  const inked = own.map((segment) => ({ ...segment, ink: segment.ink ?? ink }));
  return { ...around(inked), segments: inked, letters: inked.flatMap(({ letters }) => letters) };
}
