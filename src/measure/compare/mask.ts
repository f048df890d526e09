import type { Box } from "../../report.js";

/** Marked pixels of a picture. */
export interface Mask {
  width: number;
  height: number;
  /** Row by row: 1 where it is marked. */
  marked: Uint8Array;
}

export const emptyMask = (width: number, height: number): Mask => ({
  width,
  height,
  marked: new Uint8Array(width * height),
});

/** Marks are joined over gaps in steps of so many pixels. */
const cell = 4;

export interface Cluster {
  /** As tight as can be. */
  box: Box;
  /** How many pixels of it are marked. */
  pixels: number;
}

/**
 * Groups marked pixels that stand no further apart than `reach`, across or down.
 *
 * @param within only here
 */
export function clustersOf(mask: Mask, reach: number, within: Box): Cluster[] {
  const across = Math.ceil(within.width / cell);
  const down = Math.ceil(within.height / cell);
  const cells = new Uint8Array(across * down);
  for (let y = 0; y < within.height; y++) {
    const row = (within.y + y) * mask.width + within.x;
    const cellRow = Math.floor(y / cell) * across;
    for (let x = 0; x < within.width; x++) if (mask.marked[row + x]) cells[cellRow + (x >> 2)] = 1;
  }
  const steps = Math.max(1, Math.round(reach / cell));
  const clusters: Cluster[] = [];
  const stack: number[] = [];
  for (let first = 0; first < cells.length; first++) {
    if (cells[first] !== 1) continue;
    let [left, top, right, bottom] = [across, down, 0, 0];
    cells[first] = 2;
    stack.push(first);
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      const [x, y] = [place % across, Math.floor(place / across)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (let ny = Math.max(0, y - steps); ny <= Math.min(down - 1, y + steps); ny++) {
        for (let nx = Math.max(0, x - steps); nx <= Math.min(across - 1, x + steps); nx++) {
          const next = ny * across + nx;
          if (cells[next] !== 1) continue;
          cells[next] = 2;
          stack.push(next);
        }
      }
    }
    const coarse = {
      x: within.x + left * cell,
      y: within.y + top * cell,
      width: Math.min((right - left + 1) * cell, within.width - left * cell),
      height: Math.min((bottom - top + 1) * cell, within.height - top * cell),
    };
    clusters.push(tightened(mask, coarse));
  }
  return clusters;
}

/** How many pixels of a box are marked. */
export function countIn({ marked, width, height }: Mask, box: Box): number {
  let count = 0;
  const right = Math.min(width, box.x + box.width);
  for (let y = box.y; y < Math.min(height, box.y + box.height); y++)
    for (let x = box.x; x < right; x++) count += marked[y * width + x] ?? 0;
  return count;
}

/** The smallest box around the marks in a box. */
export function tightened(mask: Mask, { x, y, width, height }: Box): Cluster {
  let [left, top, right, bottom, pixels] = [x + width, y + height, x - 1, y - 1, 0];
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      if (!mask.marked[row * mask.width + column]) continue;
      pixels++;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
    }
  }
  return { box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, pixels };
}
