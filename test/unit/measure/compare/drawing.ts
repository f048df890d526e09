import type { Rgb } from "../../../../src/image/palette.js";
import type { Box } from "../../../../src/report.js";

export type Colour = readonly [number, number, number];

/** A plain page of one colour. */
export function page(width: number, height: number, colour: Colour = [255, 255, 255]): Rgb {
  const data = new Uint8Array(width * height * 3);
  for (let place = 0; place < data.length; place += 3) data.set(colour, place);
  return { data, width, height };
}

/** Fills a box. */
export function fill({ data, width }: Rgb, box: Box, colour: Colour): void {
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) data.set(colour, (y * width + x) * 3);
}

/** Strokes like those of a word, 10 px high: each letter is an upright stem, and a bar by the number's bits. */
export function word(picture: Rgb, x: number, y: number, letters: readonly number[], colour: Colour): Box {
  for (const [index, letter] of letters.entries()) {
    const left = x + index * 8;
    fill(picture, { x: left, y, width: 2, height: 10 }, colour);
    for (let bit = 0; bit < 4; bit++)
      if ((letter >> bit) & 1) fill(picture, { x: left + 2, y: y + bit * 3, width: 4, height: 1 }, colour);
  }
  return { x, y, width: letters.length * 8 - 2, height: 10 };
}

/** The same with rows put in before one. */
export function withRows(picture: Rgb, at: number, rows: Rgb): Rgb {
  const offset = at * picture.width * 3;
  const data = new Uint8Array(picture.data.length + rows.data.length);
  data.set(picture.data.subarray(0, offset));
  data.set(rows.data, offset);
  data.set(picture.data.subarray(offset), offset + rows.data.length);
  return { data, width: picture.width, height: picture.height + rows.height };
}

const ink: Colour = [20, 30, 40];

/** A page with a heading, a card with a button, and lines of text: different in every line. */
export function screen(change: (picture: Rgb) => void = () => undefined): Rgb {
  const picture = page(480, 400, [244, 246, 250]);
  fill(picture, { x: 0, y: 0, width: 480, height: 40 }, [30, 50, 90]);
  word(picture, 20, 15, [3, 9, 14, 6, 1], [255, 255, 255]);
  fill(picture, { x: 40, y: 70, width: 300, height: 110 }, [255, 255, 255]);
  word(picture, 60, 90, [5, 2, 12, 7], ink);
  fill(picture, { x: 60, y: 120, width: 100, height: 36 }, [47, 111, 237]);
  word(picture, 76, 133, [8, 15, 4, 10, 2], [255, 255, 255]);
  for (let line = 0; line < 6; line++)
    word(picture, 40, 220 + line * 28, [line + 1, 15 - line, 3 * line, 7, line + 4, 9], ink);
  change(picture);
  return picture;
}

export const button: Box = { x: 60, y: 120, width: 100, height: 36 };
export const inkColour = ink;
