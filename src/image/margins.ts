import type { Box } from "../report.js";
import type { Rgb } from "./palette.js";

/** A pixel belongs to a blank margin while no channel is further from that of the picture's corner. Levels. */
const tolerance = 10;
/** So much of the margin stays around what is shown, as a share of the longer side, and in pixels at least. */
const [stays, leastStays] = [0.02, 16];
/** Less than this share of the picture is not worth cropping. */
const worthwhile = 0.08;

/**
 * What a picture shows without its blank margins, which are of one colour to the edge.
 *
 * @returns pixels of the picture; the whole picture when there is little to gain, or nothing in it
 */
export function withoutMargins({ data, width, height }: Rgb): Box {
  const whole = { x: 0, y: 0, width, height };
  const isBlank = (index: number): boolean =>
    Math.abs((data[index] ?? 0) - (data[0] ?? 0)) <= tolerance &&
    Math.abs((data[index + 1] ?? 0) - (data[1] ?? 0)) <= tolerance &&
    Math.abs((data[index + 2] ?? 0) - (data[2] ?? 0)) <= tolerance;
  const isBlankRow = (y: number): boolean => {
    for (let offset = y * width * 3; offset < (y + 1) * width * 3; offset += 3)
      if (!isBlank(offset)) return false;
    return true;
  };
  let [top, bottom] = [0, height];
  while (top < bottom && isBlankRow(top)) top++;
  while (bottom > top && isBlankRow(bottom - 1)) bottom--;
  if (top === bottom) return whole;
  const isBlankColumn = (x: number): boolean => {
    for (let y = top; y < bottom; y++) if (!isBlank((y * width + x) * 3)) return false;
    return true;
  };
  let [left, right] = [0, width];
  while (left < right && isBlankColumn(left)) left++;
  while (right > left && isBlankColumn(right - 1)) right--;
  const margin = Math.max(leastStays, Math.round(Math.max(width, height) * stays));
  const [x, y] = [Math.max(0, left - margin), Math.max(0, top - margin)];
  const shown = {
    x,
    y,
    width: Math.min(width, right + margin) - x,
    height: Math.min(height, bottom + margin) - y,
  };
  return shown.width * shown.height > width * height * (1 - worthwhile) ? whole : shown;
}
