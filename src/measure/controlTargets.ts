import type { Rgb } from "../image/palette.js";
import type { Box, ControlMark } from "../report.js";
import type { Colour } from "./colour.js";
import { colourAt, isNear } from "./outlines.js";

/** The height of a line of text, in heights of what is drawn of it. */
const lineHeight = 1.25;

/** The target with the label that stands beside it; a label can usually be pressed, too. */
export function labelledTarget(
  pixels: Rgb,
  box: Box,
  ground: Colour,
  ratio: number,
): Pick<ControlMark, "target"> {
  const label = labelBeside(pixels, box, ground, ratio, 1) ?? labelBeside(pixels, box, ground, ratio, -1);
  if (!label) return {};
  // A line of text is pressed from its ascenders to its descenders.
  const height = Math.max(box.height, label.height * lineHeight) / ratio;
  return { target: { width: (box.width + label.reach) / ratio, height } };
}

/** How far what stands on one side of a box reaches from it, and how high it is. Pixels. */
function labelBeside(
  pixels: Rgb,
  box: Box,
  ground: Colour,
  ratio: number,
  way: 1 | -1,
): { reach: number; height: number } | undefined {
  const top = Math.max(0, Math.round(box.y - box.height * 0.3));
  const bottom = Math.min(pixels.height, Math.round(box.y + box.height * 1.3));
  const edge = way === 1 ? box.x + box.width : box.x - 1;
  let [reach, first, last] = [0, bottom, top];
  for (let off = 1; off < reach + 14 * ratio; off++) {
    const x = edge + off * way;
    if (x < 0 || x >= pixels.width) break;
    for (let y = top; y < bottom; y++) {
      if (isNear(colourAt(pixels, x, y), ground)) continue;
      reach = off + 1;
      first = Math.min(first, y);
      last = Math.max(last, y + 1);
    }
  }
  return last - first < 5 * ratio ? undefined : { reach, height: last - first };
}

/**
 * Whether a control is smaller than `least` CSS pixels, either way. Where an edge lies is known to the pixel: one
 * that is short by less is not called small.
 *
 * @param ratio pixels of the original for each CSS pixel
 */
export const isSmall = (
  { width, height }: Pick<ControlMark, "width" | "height">,
  least: number,
  ratio: number,
): boolean => Math.min(width, height) + 1 / ratio < least + 0.01;
