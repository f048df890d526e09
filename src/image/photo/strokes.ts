import type { Size } from "../limits.js";
import { type Grey, levelAt, type Shades } from "./grey.js";
import { closed } from "./ground.js";
import { pointOn, type Quad, type QuadSide, sidesOf } from "./quad.js";

/** Less than this share darker than the ground is grain, not ink. */
const grain = 0.12;
/** Ink is at least this share of what the darker strokes are: a paper's grid and a desk's grain are less. */
const inkShare = 0.4;
/** How far to both sides of a board's side strokes are followed, as a share of the picture's longer side. */
const band = 0.02;
/** Another part of the same sheet, in whatever shadow, is more than this share as bright, and in the light, this. */
const [inShadow, inLight] = [0.35, 0.6];
/** The ground's colour, as the share that the least of its channels has of the greatest, changes by less. */
const sameColour = 0.12;
/** More than this share of the ink outside is no speck. */
const mostOutside = 0.03;

/**
 * Whether strokes would be lost by keeping only what lies in a quadrilateral: one runs across a side, or there are
 * others outside on a ground that may be the same sheet.
 *
 * @param sides those that are tried: not the picture's own edges
 * @param shades the picture, in the quadrilateral's pixels
 * @param strokeReach half the width of the widest strokes, pixels
 */
export function losesStrokes(
  quad: Quad,
  sides: readonly QuadSide[],
  shades: Shades,
  strokeReach: number,
): boolean {
  const { ink, inside, outside } = inkIn(quad, shades, strokeReach);
  return outside > inside * mostOutside || sides.some((side) => isCrossed(side, ink));
}

interface Ink {
  /** 1 where it is. */
  ink: Grey;
  /** How many pixels of it lie in the quadrilateral, and how many beyond its surroundings on a bright ground. */
  inside: number;
  outside: number;
}

/** The ink on the sheet in a quadrilateral, and what may be ink on the same sheet around it. */
function inkIn(quad: Quad, { least, greatest }: Shades, strokeReach: number): Ink {
  const ground = closed(least, strokeReach).data;
  const colour = closed(greatest, strokeReach).data.map(
    (level, index) => (ground[index] ?? 0) / Math.max(1, level),
  );
  const depth = least.data.map((level, index) => 1 - level / Math.max(1, ground[index] ?? 1));
  const isInside = pixelsOf(least, insideOf(quad, 0));
  const isNear = pixelsOf(least, insideOf(quad, -band * Math.max(least.width, least.height)));
  const within = (values: Float32Array) => values.filter((_, index) => isInside[index]);
  const strokes = within(depth).filter((value) => value > grain);
  const faintest = Math.max(grain, inkShare * quantile(strokes, 0.9));
  const [brightness, white] = [quantile(within(ground), 0.5), quantile(within(colour), 0.5)];
  const ink = new Float32Array(depth.length);
  let [inside, outside] = [0, 0];
  for (const [index, value] of depth.entries()) {
    const light = (ground[index] ?? 0) / brightness;
    if (value < faintest || light < inShadow || Math.abs((colour[index] ?? 0) - white) > sameColour) continue;
    ink[index] = 1;
    if (isInside[index]) inside++;
    else if (light > inLight && !isNear[index]) outside++;
  }
  return { ink: { ...least, data: ink }, inside, outside };
}

/** Whether a pixel lies further than this within all sides. */
function insideOf(quad: Quad, into: number): (x: number, y: number) => boolean {
  const sides = sidesOf(quad);
  return (x, y) =>
    sides.every(({ from, inward }) => (x + 0.5 - from.x) * inward.x + (y + 0.5 - from.y) * inward.y >= into);
}

/** 1 for each pixel of which it is true. */
function pixelsOf({ width, height }: Size, isTrue: (x: number, y: number) => boolean): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (let y = 0, index = 0; y < height; y++)
    for (let x = 0; x < width; x++, index++) if (isTrue(x, y)) pixels[index] = 1;
  return pixels;
}

/** Whether ink can be followed from one edge of the band along a side to the other. */
function isCrossed(side: QuadSide, ink: Grey): boolean {
  const reach = Math.round(band * Math.max(ink.width, ink.height));
  const length = Math.floor(side.length);
  const isInk = (along: number, away: number) =>
    levelAt(ink, pointOn(side, (along + 0.5) / length, away)) === 1;
  let reached = new Uint8Array(length);
  for (let along = 0; along < length; along++) reached[along] = isInk(along, reach) ? 1 : 0;
  for (let away = reach - 1; away >= -reach; away--) {
    const next = new Uint8Array(length);
    let any = false;
    for (let along = 0; along < length; along++) {
      if (!isInk(along, away)) continue;
      for (let from = Math.max(0, along - 2); from <= Math.min(length - 1, along + 2); from++)
        if (reached[from]) next[along] = 1;
      any ||= next[along] === 1;
    }
    if (!any) return false;
    reached = next;
  }
  return true;
}

function quantile(values: Float32Array, share: number): number {
  return values.sort()[Math.floor(values.length * share)] ?? 0;
}
