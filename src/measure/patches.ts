import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";

/** The connected patches of a picture whose colour is even, or changes softly. */
export interface Patches {
  width: number;
  height: number;
  /** For each pixel, the number of its patch. */
  at(x: number, y: number): number;
  /** How many pixels a patch has. */
  areaOf(patch: number): number;
  boxOf(patch: number): Box;
  count: number;
}

/** Neighbours that differ by no more belong together: soft gradients do, the palest borders do not. */
const exactStep = 2;
/** JPEG's noise on even ground. */
const lossyStep = 5;

/**
 * Divides a picture into patches.
 *
 * @param lossy whether it has been through JPEG or its like
 */
export function findPatches({ data, width, height }: Rgb, lossy: boolean): Patches {
  const most = lossy ? lossyStep : exactStep;
  // Each pixel points at an earlier one of its patch, the first one at itself. Later at ~number, below zero.
  const links = new Int32Array(width * height);
  const firstOf = (pixel: number): number => {
    let index = pixel;
    for (let next = links[index] ?? index; next !== index; next = links[index] ?? index) {
      links[index] = links[next] ?? next;
      index = next;
    }
    return index;
  };
  const isNear = (one: number, other: number): boolean => {
    const [a, b] = [one * 3, other * 3];
    return (
      Math.abs((data[a] ?? 0) - (data[b] ?? 0)) <= most &&
      Math.abs((data[a + 1] ?? 0) - (data[b + 1] ?? 0)) <= most &&
      Math.abs((data[a + 2] ?? 0) - (data[b + 2] ?? 0)) <= most
    );
  };
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const left = x > 0 && isNear(pixel, pixel - 1) ? firstOf(pixel - 1) : pixel;
      const above = y > 0 && isNear(pixel, pixel - width) ? firstOf(pixel - width) : pixel;
      const first = Math.min(left, above);
      links[pixel] = first;
      if (left !== pixel) links[left] = first;
      if (above !== pixel) links[above] = first;
    }
  }
  let count = 0;
  for (let pixel = 0; pixel < links.length; pixel++) {
    const link = links[pixel] ?? 0;
    links[pixel] = link === pixel ? ~count++ : (links[link] ?? 0);
  }
  const areas = new Int32Array(count);
  const lefts = new Int32Array(count).fill(width);
  const rights = new Int32Array(count);
  const tops = new Int32Array(count).fill(height);
  const bottoms = new Int32Array(count);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const patch = ~(links[pixel] ?? 0);
      areas[patch] = (areas[patch] ?? 0) + 1;
      if (x < (lefts[patch] ?? 0)) lefts[patch] = x;
      if (x > (rights[patch] ?? 0)) rights[patch] = x;
      if (y < (tops[patch] ?? 0)) tops[patch] = y;
      bottoms[patch] = y;
    }
  }
  return {
    width,
    height,
    count,
    at: (x, y) => ~(links[y * width + x] ?? 0),
    areaOf: (patch) => areas[patch] ?? 0,
    boxOf(patch) {
      const [x, y] = [lefts[patch] ?? 0, tops[patch] ?? 0];
      return { x, y, width: (rights[patch] ?? 0) - x + 1, height: (bottoms[patch] ?? 0) - y + 1 };
    },
  };
}
