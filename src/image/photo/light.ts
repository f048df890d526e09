import type { Rgb } from "../palette.js";
import { gridDepth } from "./grid.js";
import { Tiles } from "./tiles.js";

/** What the ground becomes. Levels. */
const paper = 246;
/** Unevenness of the ground that is taken for none. Levels, once the light is even. */
const grain = 12;
/** How much darker than the ground strokes are made, where they are fainter. Levels. */
const wantedDepth = 186;
/** Fainter than this they are not told from stains. Levels. */
const faintest = 30;
/** The darkest lines of a paper's grid, in depths of its usual ones. */
const gridSpread = 1.2;
/** The ground has about one colour: where a tile's differs by more, it is full of ink or covered. Shares of a channel. */
const sameColour = 0.15;

/**
 * Takes shadows and glare out of a picture of dark strokes on a bright ground, and makes faint strokes darker:
 * each colour is divided by that of the ground around it, and what remains is stretched where it is faint.
 *
 * @returns undefined when the strokes are brighter than the ground, as on a chalkboard, or there are none
 */
export function flattenIllumination(pixels: Rgb): Rgb | undefined {
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
      for (let x = 0, offset = y * width * 3 + channel; x < width; x++, offset += 3)
        depths[offset] = Math.max(0, paper - grain - ((data[offset] ?? 0) * paper) / (light[x] ?? 255));
    }
  }
  const grid = gridDepth(deepestChannel(depths), pixels);
  const strengths = strengthsOf(depths, width, tiles, grid ?? 0);
  const strength = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    tiles.alongRow(strengths, y, strength);
    for (let x = 0, offset = y * width * 3; x < width; x++, offset += 3) {
      const deepest = Math.max(depths[offset] ?? 0, depths[offset + 1] ?? 0, depths[offset + 2] ?? 0);
      const by = grid === undefined ? (strength[x] ?? 1) : beyondGrid(strength[x] ?? 1, deepest, grid);
      for (let channel = offset; channel < offset + 3; channel++)
        depths[channel] = Math.max(0, paper - (depths[channel] ?? 0) * by);
    }
  }
  return { data: depths, width, height };
}

const deepestChannel = (depths: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: depths.length / 3 }, (_, index) =>
    Math.max(depths[index * 3] ?? 0, depths[index * 3 + 1] ?? 0, depths[index * 3 + 2] ?? 0),
  );

/** Squared paper's lines stay as faint as they are; what is darker than they are is made as dark as on plain paper. */
function beyondGrid(strength: number, depth: number, grid: number): number {
  const share = Math.min(Math.max(depth / (grid * gridSpread) - 1, 0) / 0.5, 1);
  return 1 + (strength - 1) * share;
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
  return darker > brighter * 1.2 ? withoutCover(grounds, tiles) : undefined;
}

/** The ground of a tile that is covered by another colour is that of the nearest ones that are not. */
function withoutCover(grounds: Float32Array[], tiles: Tiles): Float32Array[] {
  const [red, green, blue] = grounds;
  if (!red || !green || !blue) return grounds;
  const reds = red.map((level, index) => level / (green[index] ?? 1));
  const blues = blue.map((level, index) => level / (green[index] ?? 1));
  const middle = (of: Float32Array) => of.slice().sort()[of.length >> 1] ?? 1;
  const [usualRed, usualBlue] = [middle(reds), middle(blues)];
  const isCovered = reds.map((value, index) =>
    Math.abs(value / usualRed - 1) > sameColour || Math.abs((blues[index] ?? 1) / usualBlue - 1) > sameColour
      ? 1
      : 0,
  );
  return grounds.map((levels) => tiles.filled(levels, isCovered));
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
function strengthsOf(depths: Uint8Array, width: number, tiles: Tiles, grid: number): Float32Array {
  const deepest = tiles.each((left, top, right, bottom) => {
    const counts = new Uint32Array(256);
    let all = 0;
    for (let y = top; y < bottom; y += 2)
      for (let offset = (y * width + left) * 3; offset < (y * width + right) * 3; offset += 6) {
        const depth = Math.max(depths[offset] ?? 0, depths[offset + 1] ?? 0, depths[offset + 2] ?? 0);
        if (depth <= grid * gridSpread) continue;
        counts[depth] = (counts[depth] ?? 0) + 1;
        all++;
      }
    return all < 4 ? 0 : percentiles(counts, all)(0.7);
  });
  const near = tiles.around(deepest, 1, (all) => Math.max(...all));
  const smooth = tiles.around(near, 1, (all) => all.reduce((sum, depth) => sum + depth, 0) / all.length);
  return smooth.map((depth) => Math.max(1, wantedDepth / Math.max(depth, faintest)));
}
