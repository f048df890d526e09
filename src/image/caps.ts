import { UserError } from "../errors.js";
import type { Size } from "./limits.js";

/** Larger files are refused unread. Bytes. */
export const mostBytes = 100 * 1024 * 1024;

/** Larger pictures are refused undecoded; a 48-megapixel phone photo still passes. Pixels. */
export const mostPixels = 50 * 1024 * 1024;

export function tooManyPixels({ width, height }: Size): UserError {
  const megapixels = (pixels: number) => Math.round(pixels / 1e6);
  return new UserError({
    code: "pictureUnusable",
    problem: `The picture is too large: ${width} × ${height} px are ${megapixels(width * height)} megapixels.`,
    advice: `Crop or shrink it to at most ${megapixels(mostPixels)} megapixels.`,
  });
}
