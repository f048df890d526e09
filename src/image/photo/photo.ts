import type { Rgb } from "../palette.js";
import { findBoard } from "./board.js";
import { flattenIllumination } from "./light.js";
import type { Quad } from "./quad.js";
import { rectify } from "./rectify.js";
import { isScreen } from "./screen.js";

/** A photo of a drawing as it is read best, and what was done to it. */
export interface Improved {
  pixels: Rgb;
  /** Where the board's corners were, in pixels of the upright original; absent when it was not straightened. */
  board?: Quad;
  evened: boolean;
}

/**
 * Straightens the board or sheet in a photo, evens its light out and strengthens faint strokes. Screenshots, and
 * what is not clear, are left as they are.
 *
 * @returns undefined when nothing was done
 */
export function improvePhoto(upright: Rgb): Improved | undefined {
  if (isScreen(upright)) return undefined;
  const board = findBoard(upright);
  const straight = board ? rectify(upright, board) : upright;
  const even = flattenIllumination(straight);
  if (!board && !even) return undefined;
  return { pixels: even ?? straight, ...(board ? { board } : {}), evened: even !== undefined };
}
