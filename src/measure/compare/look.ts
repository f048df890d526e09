import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import type { Colour } from "../colour.js";

/** Eight bits of a channel, kept to five: enough to count colours by. */
const key = (red: number, green: number, blue: number): number =>
  ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);

/** What is in a part of a picture. */
export interface Look {
  box: Box;
  /** The colour that surrounds it. */
  around: Colour;
  /** The commonest colour in it. */
  ground: Colour;
  /** The share of its pixels that have that colour. */
  flat: number;
  /** The colour furthest from its ground that is more than a few pixels; the ground where there is none. */
  ink: Colour;
  /** How many colours it takes to cover four fifths of it: few on a screen, many in a photo. */
  colours: number;
  /** Pixels that differ from what surrounds it. */
  content: number;
}

/** @param box pixels of the picture, within it */
export function lookAt(picture: Rgb, box: Box): Look {
  const around = commonest(picture, ring(picture, box));
  const inside = coloursIn(picture, box);
  const ground = top(inside.values()) ?? around;
  const area = Math.max(1, box.width * box.height);
  const few = Math.max(3, area * 0.004);
  let [ink, furthest] = [ground.colour, 0];
  let content = 0;
  let colours = 0;
  for (const { colour, pixels } of inside.values()) {
    const away = distance(colour, ground.colour);
    if (pixels >= few && away > furthest) [ink, furthest] = [colour, away];
    if (distance(colour, around.colour) > sameColour) content += pixels;
  }
  let covered = 0;
  for (const pixels of [...inside.values()].map((one) => one.pixels).sort((a, b) => b - a)) {
    if (covered >= area * 0.8) break;
    covered += pixels;
    colours++;
  }
  return {
    box,
    around: around.colour,
    ground: ground.colour,
    flat: ground.pixels / area,
    ink,
    colours,
    content,
  };
}

/** Colours that differ by no more in any channel are one. Levels of 255. */
const sameColour = 12;

export const distance = (one: Colour, other: Colour): number =>
  Math.max(Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1]), Math.abs(one[2] - other[2]));

interface Counted {
  colour: Colour;
  pixels: number;
}

function top(counted: Iterable<Counted>): Counted | undefined {
  let best: Counted | undefined;
  for (const one of counted) if (!best || one.pixels > best.pixels) best = one;
  return best;
}

/** The colours in a box, each as the mean of its like. */
function coloursIn({ data, width }: Rgb, box: Box): Map<number, Counted> {
  const sums = new Map<number, [red: number, green: number, blue: number, pixels: number]>();
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const place = (y * width + x) * 3;
      const [red, green, blue] = [data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0];
      const sum = sums.get(key(red, green, blue));
      if (sum) {
        sum[0] += red;
        sum[1] += green;
        sum[2] += blue;
        sum[3]++;
      } else sums.set(key(red, green, blue), [red, green, blue, 1]);
    }
  }
  return new Map(
    [...sums].map(([at, [red, green, blue, pixels]]) => {
      const mean = (sum: number) => Math.round(sum / pixels);
      return [at, { colour: [mean(red), mean(green), mean(blue)] as const, pixels }];
    }),
  );
}

const outside = 3;

/** Four strips around a box, as far as they are in the picture. */
function ring({ width, height }: Rgb, box: Box): Box[] {
  const left = Math.max(0, box.x - outside);
  const top = Math.max(0, box.y - outside);
  const right = Math.min(width, box.x + box.width + outside);
  const bottom = Math.min(height, box.y + box.height + outside);
  return [
    { x: left, y: top, width: right - left, height: box.y - top },
    { x: left, y: box.y + box.height, width: right - left, height: bottom - box.y - box.height },
    { x: left, y: box.y, width: box.x - left, height: box.height },
    { x: box.x + box.width, y: box.y, width: right - box.x - box.width, height: box.height },
  ];
}

function commonest(picture: Rgb, boxes: readonly Box[]): Counted {
  const all = new Map<number, Counted>();
  for (const box of boxes)
    for (const [at, { colour, pixels }] of coloursIn(picture, box)) {
      const known = all.get(at);
      all.set(at, { colour, pixels: pixels + (known?.pixels ?? 0) });
    }
  return top(all.values()) ?? { colour: [255, 255, 255], pixels: 0 };
}
