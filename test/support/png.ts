import { crc32, deflateSync } from "node:zlib";
import { bytes } from "./heif.js";

export function chunk(type: string, body: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, "latin1"), body]);
  return Buffer.concat([bytes([body.length, 4]), content, bytes([crc32(content), 4])]);
}

/** A PNG with more chunks, before all but its header. */
export const withChunks = (png: Buffer, ...chunks: Buffer[]): Buffer =>
  Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);

/** Primaries and transfer by the numbers of H.273. */
export const cicp = (primaries: number, transfer: number, full = true): Buffer =>
  chunk("cICP", Buffer.from([primaries, transfer, 0, full ? 1 : 0]));
export const gama = (exponent: number): Buffer => chunk("gAMA", bytes([Math.round(exponent * 100_000), 4]));
/** White, red, green and blue, x and y each. */
export const chrm = (...points: number[]): Buffer =>
  chunk("cHRM", bytes(...points.map((point): [number, number] => [Math.round(point * 100_000), 4])));
/** A PNG of one bit a pixel, all black, however large; or, without pixels, its beginning. */
export function blackPng(width: number, height: number, withPixels = true): Buffer {
  const header = chunk("IHDR", bytes([width, 4], [height, 4], [1, 1], [0, 4]));
  const pixels = withPixels
    ? deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))
    : Buffer.alloc(0);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, header, chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

export const actl = (frames: number): Buffer => chunk("acTL", bytes([frames, 4], [0, 4]));
