import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { ImageLimits } from "../../src/image/limits.js";
import { pictureOfBytes } from "../../src/sources/bytes.js";
import type { SourcePicture } from "../../src/sources/picture.js";

export const fixture = (name: string): Buffer => readFileSync(join("test/fixtures/pictures", name));
export const sample = (name: string): Buffer => readFileSync(join("media/samples", name));

/** A picture to run on, as it is at hand. */
export const sourceOf = (name: string, bytes: Uint8Array): SourcePicture => pictureOfBytes(name, bytes);

export const current: ImageLimits = { longEdge: 2576, visualTokens: 4784 };
export const older: ImageLimits = { longEdge: 1568, visualTokens: 1568 };

export type Colour = [number, number, number];

/** The colour of one pixel of an encoded picture. */
export async function pixel(bytes: Uint8Array, x: number, y: number): Promise<Colour> {
  const { data, info } = await sharp(bytes).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  const index = (y * info.width + x) * info.channels;
  return [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0];
}

/** The largest difference of two colours in a channel. */
export const difference = (a: Colour, b: Colour): number =>
  Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));

export const plainPicture = (width: number, height: number, background = "#336699") =>
  sharp({ create: { width, height, channels: 3, background } });
