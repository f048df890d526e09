import type { Box } from "../report.js";
import { around } from "./boxes.js";

/** Fewer letters tell no slope. */
const fewestLetters = 6;
/** A line that is level sinks by less from its beginning to its end, in heights of its highest letter. */
const leastSink = 0.5;
/** How far letters' bottoms may lie off one straight line, in the same. */
const mostOff = 0.35;

/**
 * By how many pixels a line of text sinks with each pixel to the right, as one does that is turned within its picture:
 * the straight line that lies nearest to the bottoms of its letters. 0 for a level one, and where it cannot be told.
 */
export function slopeOf(letters: readonly Box[]): number {
  const highest = Math.max(0, ...letters.map(({ height }) => height));
  // Dots and dashes stand wherever they like.
  const whole = letters.filter(({ height }) => height >= highest * 0.4);
  if (whole.length < fewestLetters) return 0;
  const points = whole.map(({ x, y, width, height }) => [x + width / 2, y + height] as const);
  const middle = [0, 1].map(
    (axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length,
  );
  const [middleX = 0, middleY = 0] = middle;
  const spread = points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0) / spread;
  const off = Math.sqrt(
    points.reduce((sum, [x, y]) => sum + (y - middleY - (x - middleX) * slope) ** 2, 0) / points.length,
  );
  const { width } = around(whole);
  const isClear = Math.abs(slope) * width >= highest * leastSink && off <= highest * mostOff;
  return isClear && width >= highest * fewestLetters ? slope : 0;
}

/** By how many whole pixels a line has sunk at a column. */
export const sinkAt = (x: number, line: Pick<Box, "x">, slope: number): number =>
  slope === 0 ? 0 : Math.round((x - line.x) * slope);

/** The place that a line's letters take once each has been lifted by as much as the line has sunk there. */
export const levelled = (line: Box & { letters: readonly Box[] }, slope: number): Box =>
  around(
    line.letters.map((letter) => ({
      ...letter,
      y: letter.y - sinkAt(letter.x + letter.width / 2, line, slope),
    })),
  );
