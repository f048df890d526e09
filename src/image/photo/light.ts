import type { Rgb } from "../palette.js";
import { Tiles } from "./tiles.js";

/** What the ground becomes. Levels. */
const paper = 246;
/** Unevenness of the ground that is taken for none. Levels, once the light is even. */
const grain = 12;
/** How much darker than the ground strokes are made, where they are fainter. Levels. */
const wantedDepth = 186;
/** Fainter than this they are not told from stains. Levels. */
const faintest = 40;

/**
 * Takes shadows and glare out of a picture of dark strokes on a bright ground, and makes faint strokes darker:
 * each colour is divided by that of the ground around it, and what remains is stretched where it is faint.
 *
 * @returns undefined when the strokes are brighter than the ground, as on a chalkboard, or there are none
 */
export function evenLight(pixels: Rgb): Rgb | undefined {
  const { data, width, height } = pixels;
  const tiles = new Tiles(pixels);
  const ground = groundOf(pixels, tiles);
  if (!ground) return undefined;
  // What is darker than the ground, without the grain.
  const depths = new Uint8Array(data.length);
  const lights = [0, 1, 2].map(() => new Float32Array(width));
  for (let y = 0; y < height; y++) {
    for (const [channel, light] of lights.entries()) {
      tiles.alongRow(ground[channel] ?? light, y, light);
      for (let x = 0, at = y * width * 3 + channel; x < width; x++, at += 3)
        depths[at] = Math.max(0, paper - grain - ((data[at] ?? 0) * paper) / (light[x] ?? 255));
    }
  }
  const strengths = strengthsOf(depths, width, tiles);
  const strength = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    tiles.alongRow(strengths, y, strength);
    for (let x = 0, at = y * width * 3; x < width; x++, at += 3) {
      const by = strength[x] ?? 1;
      for (let channel = at; channel < at + 3; channel++)
        depths[channel] = Math.max(0, paper - (depths[channel] ?? 0) * by);
    }
  }
  return { data: depths, width, height };
}

/** The ground's red, green and blue in each tile. */
function groundOf({ data, width }: Rgb, tiles: Tiles): Float32Array[] | undefined {
  let [darker, brighter] = [0, 0];
  const grounds = [0, 1, 2].map((channel) => {
    const levels = tiles.each((left, top, right, bottom) => {
      const counts = new Uint32Array(256);
      let all = 0;
      for (let y = top; y < bottom; y += 2)
        for (let x = left; x < right; x += 2, all++) {
          const level = data[(y * width + x) * 3 + channel] ?? 0;
          counts[level] = (counts[level] ?? 0) + 1;
        }
      const at = percentiles(counts, all);
      darker += at(0.5) - at(0.02);
      brighter += at(0.98) - at(0.5);
      return Math.max(16, at(0.75));
    });
    // A tile full of ink takes the ground of its neighbours.
    const filled = tiles.around(
      levels,
      1,
      (near) => near.sort((a, b) => a - b)[Math.floor(near.length * 0.7)] ?? 0,
    );
    return tiles.around(filled, 1, (near) => near.reduce((sum, level) => sum + level, 0) / near.length);
  });
  return darker > brighter * 1.2 ? grounds : undefined;
}

const percentiles = (counts: Uint32Array, all: number) => (share: number) => {
  let left = all * share;
  for (const [level, count] of counts.entries()) {
    left -= count;
    if (left < 0) return level;
  }
  return 255;
};

/** How much to darken the strokes of each tile: by the deepest of those around, so that no stroke changes midway. */
function strengthsOf(depths: Uint8Array, width: number, tiles: Tiles): Float32Array {
  const deepest = tiles.each((left, top, right, bottom) => {
    const counts = new Uint32Array(256);
    let all = 0;
    for (let y = top; y < bottom; y += 2)
      for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 6) {
        const depth = Math.max(depths[at] ?? 0, depths[at + 1] ?? 0, depths[at + 2] ?? 0);
        if (depth === 0) continue;
        counts[depth] = (counts[depth] ?? 0) + 1;
        all++;
      }
    return all < 4 ? 0 : percentiles(counts, all)(0.7);
  });
  const near = tiles.around(deepest, 1, (all) => Math.max(...all));
  const smooth = tiles.around(near, 1, (all) => all.reduce((sum, depth) => sum + depth, 0) / all.length);
  return smooth.map((depth) => Math.max(1, wantedDepth / Math.max(depth, faintest)));
}
