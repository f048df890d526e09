import type { Point } from "../../image/photo/quad.js";
import type { InkMap } from "./inkMap.js";

/** How long heads are, and half as wide as they are. Shares of the usual place's shorter side. */
const [length, radius] = [0.45, 0.14];

/**
 * How much more ink is at the start of a line than along it: an arrowhead, or next to nothing.
 *
 * @param ink that of the lines alone
 * @param points the line, from the end that is asked about
 * @param usual the usual place's shorter side
 * @returns a share of the ink that is along the line
 */
export function headAt(
  { width, height }: InkMap,
  ink: Uint8Array,
  points: readonly Point[],
  usual: number,
): number {
  const half = Math.min(10, Math.max(2, Math.round(usual * radius)));
  const end = Math.min(30, Math.max(5, Math.round(usual * length)));
  const amount = ({ x, y }: Point): number => {
    let sum = 0;
    for (
      let row = Math.max(0, Math.round(y) - half);
      row <= Math.min(height - 1, Math.round(y) + half);
      row++
    )
      for (
        let index = Math.max(0, Math.round(x) - half);
        index <= Math.min(width - 1, Math.round(x) + half);
        index++
      )
        sum += ink[row * width + index] ?? 0;
    return sum;
  };
  const most = Math.max(
    0,
    ...points
      .slice(0, end)
      .filter((_, index) => index % 2 === 0)
      .map(amount),
  );
  const middle = points.length > end * 2.5 ? points.slice(end, -end) : points;
  const along = middle
    .filter((_, index) => index % 3 === 0)
    .map(amount)
    .sort((a, b) => a - b);
  return most / Math.max(half, along[along.length >> 1] ?? half) - 1;
}
