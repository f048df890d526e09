import type { Rgb } from "../../../src/image/palette.js";
import { contrastRatio } from "../../../src/measure/colour.js";
import type { Box } from "../../../src/report.js";
import { colourAt } from "./ink.js";

/** An outline that stands out by less is not seen. WCAG 2.2 ratio. */
const leastSeen = 1.05;

/**
 * Whether it can be seen where a box ends, on three of its sides at least.
 *
 * @param pixels the page without letters
 * @param box in pixels of the picture
 * @param ratio pixels for each CSS pixel
 */
export function isOutlined(pixels: Rgb, box: Box, ratio: number): boolean {
  const [left, top] = [Math.round(box.x), Math.round(box.y)];
  const [right, bottom] = [Math.round(box.x + box.width) - 1, Math.round(box.y + box.height) - 1];
  const [across, down] = [Math.round((left + right) / 2), Math.round((top + bottom) / 2)];
  const out = 2 * ratio;
  const sides = [
    { x: across, y: top, dx: 0, dy: 1 },
    { x: across, y: bottom, dx: 0, dy: -1 },
    { x: left, y: down, dx: 1, dy: 0 },
    { x: right, y: down, dx: -1, dy: 0 },
  ];
  const seen = sides.filter(({ x, y, dx, dy }) => {
    const outside = colourAt(pixels, x - out * dx, y - out * dy);
    return [0, 1, 2].some(
      (deep) => contrastRatio(colourAt(pixels, x + deep * dx, y + deep * dy), outside) >= leastSeen,
    );
  });
  return seen.length >= 3;
}
