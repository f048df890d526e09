import type { Size } from "../limits.js";

/** A paper's grid is looked for in squares of this side, where the picture's longer side has so many pixels. */
const square = 96;
const longEdge = 1400;
/** How far its lines stand apart, in the same pixels: 5 mm on a sheet are about 24. */
const [closest, widest] = [8, 40];
/** How alike a profile is to itself, moved by one line and by two, where lines stand evenly. From 0 to 1. */
const [alikeOnce, alikeTwice] = [0.35, 0.25];
/** Of the squares, so many show it. */
const leastShare = 0.35;

/**
 * How much darker than the ground the lines of squared paper are: lines that stand evenly both ways, in most of the
 * picture. What is written stands evenly one way at most.
 *
 * @param depths how much darker each pixel is than the ground; levels
 * @returns levels; undefined when the paper is plain
 */
export function gridDepth(depths: Uint8Array, { width, height }: Size): number | undefined {
  const step = Math.max(1, Math.max(width, height) / longEdge);
  const side = Math.floor(square * step);
  const found: number[] = [];
  let squares = 0;
  for (let top = 0; top + side <= height; top += side)
    for (let left = 0; left + side <= width; left += side) {
      squares++;
      const [rows, columns] = [new Float64Array(square), new Float64Array(square)];
      const lines: number[] = [];
      for (let y = 0; y < square; y++)
        for (let x = 0; x < square; x++) {
          const index = (top + Math.floor(y * step)) * width + left + Math.floor(x * step);
          const depth = depths[index] ?? 0;
          rows[y] = (rows[y] ?? 0) + Math.min(depth, 60);
          columns[x] = (columns[x] ?? 0) + Math.min(depth, 60);
          if (depth > 0) lines.push(depth);
        }
      if (standsEvenly(rows) && standsEvenly(columns))
        found.push(lines.sort((a, b) => a - b)[Math.floor(lines.length * 0.75)] ?? 0);
    }
  if (found.length === 0 || found.length < squares * leastShare) return undefined;
  return found.sort((a, b) => a - b)[found.length >> 1];
}

/** Whether a profile repeats itself: its autocorrelation has a peak, and another at twice the distance. */
function standsEvenly(profile: Float64Array): boolean {
  const mean = profile.reduce((sum, value) => sum + value, 0) / profile.length;
  const level = profile.map((value) => value - mean);
  const all = level.reduce((sum, value) => sum + value * value, 0) / level.length;
  if (all === 0) return false;
  const alike = (lag: number): number => {
    let sum = 0;
    for (let index = 0; index + lag < level.length; index++)
      sum += (level[index] ?? 0) * (level[index + lag] ?? 0);
    return sum / (level.length - lag) / all;
  };
  for (let lag = closest; lag <= widest; lag++)
    if (
      alike(lag) >= alikeOnce &&
      alike(lag) >= alike(lag - 1) &&
      alike(lag) >= alike(lag + 1) &&
      Math.max(alike(2 * lag - 1), alike(2 * lag), alike(2 * lag + 1)) >= alikeTwice
    )
      return true;
  return false;
}
