import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import type { Rgb } from "../../image/palette.js";
import { closed } from "../../image/photo/ground.js";

/** Where a drawing has ink: 1 for each pixel that is darker than the ground around it. */
export interface InkMap {
  ink: Uint8Array;
  width: number;
  height: number;
  /** Pixels of the map for each pixel of the original, at most 1. */
  scale: number;
}

/** An ink map as it is kept: a few kilobytes. */
export const KeptInk = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  scale: z.number().positive(),
  /** A bit for each pixel, row by row, deflated, in Base64. */
  bits: z.string(),
});
export type KeptInk = z.infer<typeof KeptInk>;

/** Enough to tell two lines beside each other, and little enough to be followed in a moment. */
const mostPixels = 1_000_000;
/** Half the width of the widest stroke, as a share of the map's longer side. */
const strokeReach = 1 / 90;
/** Less than this share darker than its ground is grain. */
const grain = 0.1;
/** Ink is at least this share of what the darker strokes are: a paper's grid is less. */
const inkShare = 0.35;

/**
 * Where a drawing has ink. Light on dark is turned around first.
 *
 * @param pixels the drawing, in even light
 */
export function inkMap({ data, width, height }: Rgb): InkMap {
  const step = Math.max(1, Math.sqrt((width * height) / mostPixels));
  const size = {
    width: Math.max(1, Math.floor(width / step)),
    height: Math.max(1, Math.floor(height / step)),
  };
  const sign = isDark(data) ? -1 : 1;
  // The darkest of the pixels that each stands for, so that thin lines stay whole.
  const levels = new Float32Array(size.width * size.height).fill(255);
  for (let y = 0; y < height; y++) {
    const row = Math.min(size.height - 1, Math.floor(y / step)) * size.width;
    for (let x = 0; x < width; x++) {
      const index = (y * width + x) * 3;
      const [red, green, blue] = [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0];
      const level = sign > 0 ? Math.min(red, green, blue) : 255 - Math.max(red, green, blue);
      const to = row + Math.min(size.width - 1, Math.floor(x / step));
      if (level < (levels[to] ?? 0)) levels[to] = level;
    }
  }
  const reach = Math.max(4, Math.round(Math.max(size.width, size.height) * strokeReach));
  const ground = closed({ data: levels, ...size, step }, reach).data;
  const depth = levels.map((level, index) => 1 - level / Math.max(1, ground[index] ?? 1));
  const strokes = depth.filter((value) => value > grain).sort();
  const least = Math.max(grain, inkShare * (strokes[Math.floor(strokes.length * 0.9)] ?? 0));
  return { ink: Uint8Array.from(depth, (value) => (value > least ? 1 : 0)), ...size, scale: 1 / step };
}

/** Whether most of a picture is darker than grey. */
function isDark(data: Uint8Array): boolean {
  let dark = 0;
  for (let offset = 1; offset < data.length; offset += 3) if ((data[offset] ?? 0) < 110) dark++;
  return dark > data.length / 6;
}

export function packInk({ ink, width, height, scale }: InkMap): KeptInk {
  const bits = new Uint8Array(Math.ceil(ink.length / 8));
  for (const [index, value] of ink.entries())
    if (value === 1) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  return { width, height, scale, bits: deflateRawSync(bits).toString("base64") };
}

/** @throws Error when the bits are not those of a map of this size */
export function unpackInk({ width, height, scale, bits }: KeptInk): InkMap {
  const length = width * height;
  const packed = inflateRawSync(Buffer.from(bits, "base64"), {
    maxOutputLength: Math.ceil(mostPixels / 8) + 1,
  });
  if (packed.length !== Math.ceil(length / 8)) throw new Error("The ink does not fit its size");
  const ink = new Uint8Array(length);
  for (let index = 0; index < length; index++) ink[index] = ((packed[index >> 3] ?? 0) >> (index & 7)) & 1;
  return { ink, width, height, scale };
}
