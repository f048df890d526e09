import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { type Colour, differenceOf } from "./colour.js";
import type { Segment } from "./segments.js";

/** How far below the baseline an underline may lie. Share of the font's size. */
const reach = 0.42;
/** A dotted one fills half of its row, with pale edges; tails of letters fill less. Share of the width. */
const leastFilled = 0.4;
/** What differs from the ground by less is not seen as a line. Levels of 255. */
const leastStep = 24;

/**
 * Whether a line runs below a text, be it drawn through, dotted or dashed, of whatever colour. In doubt there is one.
 *
 * @param ground what the text stands on
 * @param baseline the first row below its letters: see `baselineOf`
 * @param em the font's size. Pixels of the picture, as all are
 */
export function isUnderlined(
  { data, width, height }: Rgb,
  segment: Box,
  { ground, baseline, em }: { ground: Colour; baseline: number; em: number },
): boolean {
  const last = Math.min(height - 1, Math.ceil(baseline + em * reach));
  for (let y = baseline; y <= last; y++) {
    let filled = 0;
    for (let x = segment.x; x < segment.x + segment.width; x++) {
      const index = (y * width + x) * 3;
      if (differenceOf([data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0], ground) >= leastStep)
        filled++;
    }
    if (filled >= segment.width * leastFilled) return true;
  }
  return false;
}

/** The first row below the letters that have no tail, of a text that is not underlined itself. */
export function baselineOf({ letters, height, y }: Segment): number {
  const bottoms = letters
    .filter((letter) => letter.height >= height * 0.4)
    .map((letter) => letter.y + letter.height)
    .sort((one, other) => one - other);
  return bottoms[bottoms.length >> 1] ?? y + height;
}
