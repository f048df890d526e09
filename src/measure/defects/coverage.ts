import type { Rgb } from "../../image/palette.js";
import type { Segment } from "../segments.js";

/** How much of each pixel in and around a text is covered by its colour, of 1. Places are pixels of the picture. */
export type Coverage = (x: number, y: number) => number;

/** @returns undefined where the text's colour is not known, or changes */
export function coverageOf({ data, width, height }: Rgb, { ink }: Segment): Coverage | undefined {
  if (!ink?.even) return undefined;
  const { ground, shift } = ink;
  const length = shift[0] ** 2 + shift[1] ** 2 + shift[2] ** 2;
  if (length === 0) return undefined;
  return (x, y) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return 0;
    const at = (y * width + x) * 3;
    const along =
      ((data[at] ?? 0) - ground[0]) * shift[0] +
      ((data[at + 1] ?? 0) - ground[1]) * shift[1] +
      ((data[at + 2] ?? 0) - ground[2]) * shift[2];
    return along / length;
  };
}

/** Stretches of a line of pixels that are covered, from their first to after their last. */
export function stretches(
  from: number,
  to: number,
  covered: (at: number) => number,
  least: number,
): Array<{ start: number; end: number }> {
  const found: Array<{ start: number; end: number }> = [];
  for (let at = from; at < to; at++) {
    if (covered(at) < least) continue;
    const start = at;
    while (at < to && covered(at) >= least) at++;
    found.push({ start, end: at });
  }
  return found;
}
