import type { Rgb } from "../palette.js";
import { textureOf } from "../texture.js";
import { findBoard } from "./board.js";
import { evenLight } from "./light.js";
import type { Quad } from "./quad.js";
import { straighten } from "./straighten.js";

/** A photo of a drawing as it is read best, and what was done to it. */
export interface Improved {
  pixels: Rgb;
  /** Where the board's corners were, in pixels of the upright original; absent when it was not straightened. */
  board?: Quad;
  evened: boolean;
}

/** Of a screen, at least so many neighbouring pixels are equal: 0.92 and more, as JPEG too; of photos, 0.1 to 0.65. */
const fewestEqual = 0.8;

/**
 * Straightens the board or sheet in a photo, evens its light out and strengthens faint strokes. Screenshots, and
 * what is not clear, are left as they are.
 *
 * @returns undefined when nothing was done
 */
export function improvePhoto(upright: Rgb): Improved | undefined {
  if (textureOf(upright).flat >= fewestEqual) return undefined;
  const board = findBoard(upright);
  const straight = board ? straighten(upright, board) : upright;
  const even = evenLight(straight);
  if (!board && !even) return undefined;
  return { pixels: even ?? straight, ...(board ? { board } : {}), evened: even !== undefined };
}
