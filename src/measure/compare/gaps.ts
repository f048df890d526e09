import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import type { Aligned } from "./comparison.js";
import type { Mask } from "./mask.js";
import type { Axis } from "./signatures.js";

/** Lines that only one of the pictures has. */
export interface Gap {
  axis: Axis;
  /** The lines; of no length in the picture that does not have them. */
  before: Box;
  after: Box;
}

/** What lies between the stretches that face each other. */
export function gapsOf(aligned: readonly Aligned[], before: Box, after: Box, axis: Axis): Gap[] {
  const gaps: Gap[] = [];
  const sizes = axis === "rows" ? [before.height, after.height] : [before.width, after.width];
  let [from, to] = [0, 0];
  for (const next of [...aligned, { before: sizes[0] ?? 0, after: sizes[1] ?? 0, length: 0 }]) {
    if (next.before > from || next.after > to)
      gaps.push({
        axis,
        before: linesOf(before, axis, from, next.before),
        after: linesOf(after, axis, to, next.after),
      });
    [from, to] = [next.before + next.length, next.after + next.length];
  }
  return gaps;
}

export const linesOf = (box: Box, axis: Axis, from: number, to: number): Box =>
  axis === "rows"
    ? { ...box, y: box.y + from, height: Math.max(0, to - from) }
    : { ...box, x: box.x + from, width: Math.max(0, to - from) };

/** Colours that differ by no more are one ground. Levels of 255. */
const sameGround = 8;

/**
 * Marks what is more than ground on lines that were inserted or removed: pixels that differ from those just outside
 * of the lines, on both sides.
 *
 * @param whole the part of the picture that was aligned
 * @returns how many
 */
export function markContent(picture: Rgb, lines: Box, axis: Axis, whole: Box, mask?: Mask): number {
  const { data, width } = picture;
  let found = 0;
  if (isAtEdge(picture, lines, axis)) return 0;
  const end = axis === "rows" ? lines.y + lines.height : lines.x + lines.width;
  const start = axis === "rows" ? lines.y : lines.x;
  const [first, last] =
    axis === "rows" ? [whole.y, whole.y + whole.height] : [whole.x, whole.x + whole.width];
  for (let y = lines.y; y < lines.y + lines.height; y++) {
    for (let x = lines.x; x < lines.x + lines.width; x++) {
      const here = (y * width + x) * 3;
      const at = (line: number) => (axis === "rows" ? line * width + x : y * width + line) * 3;
      const isLike = (line: number) => line >= first && line < last && areAlike(data, here, at(line));
      if (isLike(start - 1) || isLike(end)) continue;
      found++;
      if (mask) mask.marked[y * mask.width + x] = 1;
    }
  }
  return found;
}

/** At the end of a picture, a shift lets so many lines in that say nothing. */
const letIn = 3;

function isAtEdge({ width, height }: Rgb, { x, y, width: across, height: down }: Box, axis: Axis): boolean {
  if (axis === "rows") return down <= letIn && (y === 0 || y + down === height);
  return across <= letIn && (x === 0 || x + across === width);
}

function areAlike(data: Uint8Array, one: number, other: number): boolean {
  return (
    Math.abs((data[one] ?? 0) - (data[other] ?? 0)) <= sameGround &&
    Math.abs((data[one + 1] ?? 0) - (data[other + 1] ?? 0)) <= sameGround &&
    Math.abs((data[one + 2] ?? 0) - (data[other + 2] ?? 0)) <= sameGround
  );
}
