import { UserError } from "../errors.js";
import type { Size } from "./limits.js";

/** Larger files are refused unread. Bytes. */
export const mostBytes = 100 * 1024 * 1024;

/** So much is decoded at once; a 48-megapixel phone photo still passes. Pixels. */
export const mostPixels = 50 * 1024 * 1024;

/** Larger ones are decoded smaller where their format can do that; this much takes in a 200-megapixel phone photo. */
export const mostPixelsShrunk = 256 * 1024 * 1024;

/**
 * The size at which a picture is looked at: its own, or half, a third … where that is more than is decoded at once.
 * Whole steps keep a screenshot's lines as sharp as they can be.
 */
export function workingSize({ width, height }: Size): Size {
  let step = 1;
  while (Math.round(width / step) * Math.round(height / step) > mostPixels) step++;
  return { width: Math.max(1, Math.round(width / step)), height: Math.max(1, Math.round(height / step)) };
}

export function tooManyPixels({ width, height }: Size, most = mostPixels): UserError {
  const megapixels = (pixels: number) => Math.round(pixels / 1e6);
  return new UserError({
    code: "pictureUnusable",
    problem: `The picture is too large: ${width} × ${height} px are ${megapixels(width * height)} megapixels.`,
    advice: `Crop or shrink it to at most ${megapixels(most)} megapixels.`,
  });
}
