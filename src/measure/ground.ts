import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import type { Colour } from "./colour.js";

/** What a text stands on, column by column from the left of its box. */
export interface Ground {
  /** The colour beneath a column; `x` in pixels of the picture. */
  at(x: number): Colour;
  /** The colours that it has, one unless it changes beneath the text. */
  colours: [Colour, ...Colour[]];
}

/** Colours closer than this in every channel are one ground. Levels of 255. */
const sameGround = 12;
/** Share of the pixels around a text that must agree for its ground to be of one colour. */
const agreement = 0.6;

/**
 * The ground of a text: the commonest colour around it, or, where the surroundings disagree, the median of what
 * lies just above and below, column by column.
 *
 * @param box in pixels of the picture, with at least one pixel of ground above and below the letters
 */
export function groundBeneath(pixels: Rgb, box: Box): Ground {
  const ring = ringOf(pixels, box);
  const agreeing = (colour: Colour) => ring.filter((other) => isClose(other, colour)).length / ring.length;
  const commonest = mode([...rowsOf(pixels, box, box.y, box.y + box.height), ...ring]);
  if (agreeing(commonest) >= agreement) return { at: () => commonest, colours: [commonest] };
  // In heavy letters the ink is commoner than the ground.
  const around = mode(ring);
  if (agreeing(around) >= agreement) return { at: () => around, colours: [around] };
  const reach = Math.max(6, box.height);
  const step = Math.max(1, Math.floor(reach / 4));
  const columns: Colour[] = [];
  for (let from = 0; from < box.width; from += step) {
    const left = Math.max(0, from - reach);
    const near = ringOf(pixels, { ...box, x: box.x + left, width: Math.min(box.width, from + reach) - left });
    columns.push([median(near, 0), median(near, 1), median(near, 2)]);
  }
  const [first = commonest, ...rest] = columns;
  return {
    at: (x) => columns[Math.max(0, Math.min(columns.length - 1, Math.floor((x - box.x) / step)))] ?? first,
    colours: [first, ...rest],
  };
}

/** Whether a ground changes little by little, as a gradient does, and not at the edge of something. */
export const isGradient = ({ colours }: Ground): boolean =>
  colours.length > 1 &&
  colours.every((colour, at) => {
    const before = colours[at - 1];
    return !before || isClose(colour, before);
  });

/** The same ground beneath a part of it. */
export function groundWithin(ground: Ground, { x, width }: Box): Ground {
  const colours = [ground.at(x)] as [Colour, ...Colour[]];
  for (let at = x + 1; at < x + width; at++)
    if (ground.at(at) !== colours.at(-1)) colours.push(ground.at(at));
  return { at: ground.at, colours };
}

export const isClose = (one: Colour, other: Colour): boolean =>
  Math.max(Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1]), Math.abs(one[2] - other[2])) <=
  sameGround;

/** The pixels of a box's first and last row and of the rows outside them. */
const ringOf = (pixels: Rgb, box: Box): Colour[] => [
  ...rowsOf(pixels, box, box.y - 1, box.y + 1),
  ...rowsOf(pixels, box, box.y + box.height - 1, box.y + box.height + 1),
];

function rowsOf({ data, width, height }: Rgb, box: Box, from: number, to: number): Colour[] {
  const colours: Colour[] = [];
  for (let y = Math.max(0, from); y < Math.min(height, to); y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const at = (y * width + x) * 3;
      colours.push([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]);
    }
  }
  return colours;
}

/** The commonest colour; those that differ by noise count for each other. */
function mode(colours: readonly Colour[]): Colour {
  const counts = new Map<number, number>();
  for (const [red, green, blue] of colours) {
    const key = (red << 16) | (green << 8) | blue;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let [best, most] = [0, 0];
  for (const [key, count] of counts) if (count > most) [best, most] = [key, count];
  return [best >> 16, (best >> 8) & 255, best & 255];
}

function median(colours: readonly Colour[], channel: 0 | 1 | 2): number {
  const values = Uint8Array.from(colours, (colour) => colour[channel]).sort();
  return values[values.length >> 1] ?? 0;
}
