import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { findZones, type Zones } from "./zones.js";

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
export const exactStep = 2;
/** JPEG's noise on even ground. */
const lossyStep = 5;

/**
 * Divides a picture into patches.
 *
 * @param lossy whether it has been through JPEG or its like
 * @param zones the zones of the same picture at `exactStep`, where they are known already
 */
export function findPatches(pixels: Rgb, lossy: boolean, zones?: Zones): Patches {
  const { of, count, area, left, top, right, bottom } =
    zones && !lossy ? zones : findZones(pixels, lossy ? lossyStep : exactStep);
  const { width, height } = pixels;
  return {
    width,
    height,
    count,
    at: (x, y) => of[y * width + x] ?? 0,
    areaOf: (patch) => area[patch] ?? 0,
    boxOf(patch) {
      const [x, y] = [left[patch] ?? 0, top[patch] ?? 0];
      return { x, y, width: (right[patch] ?? 0) - x + 1, height: (bottom[patch] ?? 0) - y + 1 };
    },
  };
}
