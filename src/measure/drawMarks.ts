import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";

/** A place with its number. Pixels of the picture that it is drawn into. */
export interface NumberedBox {
  number: number;
  box: Box;
}

type Ink = readonly [red: number, green: number, blue: number];

/** Rare in interfaces, and dark enough for white digits. */
const line: Ink = [196, 0, 108];
const paper: Ink = [255, 255, 255];

/** 5 × 7, a row each, the leftmost pixel first. */
const digits = [
  ["01110", "10001", "10011", "10101", "11001", "10001", "01110"],
  ["00100", "01100", "00100", "00100", "00100", "00100", "01110"],
  ["01110", "10001", "00001", "00010", "00100", "01000", "11111"],
  ["11111", "00010", "00100", "00010", "00001", "10001", "01110"],
  ["00010", "00110", "01010", "10010", "11111", "00010", "00010"],
  ["11111", "10000", "11110", "00001", "00001", "10001", "01110"],
  ["00110", "01000", "10000", "11110", "10001", "10001", "01110"],
  ["11111", "00001", "00010", "00100", "01000", "01000", "01000"],
  ["01110", "10001", "10001", "01110", "10001", "10001", "01110"],
  ["01110", "10001", "10001", "01111", "00001", "00010", "01100"],
];

/** Draws a frame around each place, just outside of it, with its number on a plate above. Changes the pixels. */
export function drawMarks(pixels: Rgb, marks: readonly NumberedBox[]): void {
  // Thicker in a large picture, which is shown smaller.
  const unit = Math.max(2, Math.round(Math.max(pixels.width, pixels.height) / 800));
  for (const { box } of marks) {
    frame(pixels, grown(box, unit * 2), unit, paper);
    frame(pixels, grown(box, unit), unit, line);
  }
  // Plates last: none is crossed by another's frame.
  for (const { number, box } of marks) plate(pixels, String(number), box, unit);
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: Math.round(x) - by,
  y: Math.round(y) - by,
  width: Math.round(width) + 2 * by,
  height: Math.round(height) + 2 * by,
});

function frame(pixels: Rgb, { x, y, width, height }: Box, thickness: number, ink: Ink): void {
  fill(pixels, { x, y, width, height: thickness }, ink);
  fill(pixels, { x, y: y + height - thickness, width, height: thickness }, ink);
  fill(pixels, { x, y, width: thickness, height }, ink);
  fill(pixels, { x: x + width - thickness, y, width: thickness, height }, ink);
}

function plate(pixels: Rgb, text: string, box: Box, unit: number): void {
  const width = (text.length * 6 + 1) * unit;
  const height = 9 * unit;
  const above = Math.round(box.y) - height - unit;
  // Where there is no room above or to the right, it stands inside.
  const x = Math.max(0, Math.min(Math.round(box.x) - unit, pixels.width - width));
  const y = Math.max(0, above);
  fill(pixels, { x, y, width, height }, line);
  for (const [place, digit] of [...text].entries())
    for (const [row, bits] of (digits[Number(digit)] ?? []).entries())
      for (const [column, bit] of [...bits].entries())
        if (bit === "1")
          fill(
            pixels,
            {
              x: x + (1 + place * 6 + column) * unit,
              y: y + (1 + row) * unit,
              width: unit,
              height: unit,
            },
            paper,
          );
}

function fill({ data, width, height }: Rgb, box: Box, [red, green, blue]: Ink): void {
  for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y++)
    for (let x = Math.max(0, box.x); x < Math.min(width, box.x + box.width); x++) {
      const at = (y * width + x) * 3;
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
    }
}
