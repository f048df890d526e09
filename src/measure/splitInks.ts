import type { Rgb } from "../image/palette.js";

/** A core says where a stroke's own colour lies from its ground; other ways are another ink's. Cosine. */
const sameWay = 0.96;
const oppositeWay = -0.3;
/** An ink has at least so many cores in a patch. Pixels. */
const leastCores = 5;
/** A patch of more inks is a picture. */
const mostInks = 3;
/** A core differs from its ground by at least this, summed over the channels. Levels of 255. */
const leastStrength = 60;
/** Pixels of one colour differ by no more in any channel. Levels of 255. */
const sameShade = 3;

/** Labels of connected patches. */
interface Labels {
  of: Int32Array;
  count: number;
}

/**
 * Cuts patches apart in which strokes of several colours touch, such as a green word and the black slash behind it:
 * each pixel goes to the ink whose core is nearest.
 *
 * A core is a pixel in the middle of a stroke: its two neighbours along the stroke have its colour, those across it
 * are no stronger. The coloured fringes of subpixel rendering have a stronger neighbour, and are none.
 *
 * @param marked the places of all pixels that belong to patches, in order
 * @param ground for each pixel, the place that shows what it stands on
 * @param labels are changed: further patches get further numbers
 */
export function splitInks(pixels: Rgb, marked: Int32Array, ground: Int32Array, labels: Labels): void {
  const cores = new Map<number, Core[]>();
  for (let index = 0; index < marked.length; index++) {
    const place = marked[index] ?? 0;
    if (!isCore(pixels, place, ground, labels.of)) continue;
    const patch = labels.of[place] ?? 0;
    const known = cores.get(patch);
    if (known) known.push(coreAt(pixels, place, ground));
    else cores.set(patch, [coreAt(pixels, place, ground)]);
  }
  for (const [patch, own] of cores) {
    const inks = inksOf(own).filter((ink) => ink.length >= leastCores);
    if (inks.length >= 2 && inks.length <= mostInks && !isOutlined(inks))
      spread(inks, patch, labels, pixels.width);
  }
}

/** Where a pixel lies, and which way its colour is from its ground: a vector of length 1. */
interface Core {
  place: number;
  way: readonly [number, number, number];
}

function coreAt({ data }: Rgb, place: number, ground: Int32Array): Core {
  const from = (ground[place] ?? place) * 3;
  const shift = [0, 1, 2].map((channel) => (data[place * 3 + channel] ?? 0) - (data[from + channel] ?? 0));
  const [red = 0, green = 0, blue = 0] = shift;
  const length = Math.hypot(red, green, blue) || 1;
  return { place, way: [red / length, green / length, blue / length] };
}

function isCore(pixels: Rgb, place: number, ground: Int32Array, of: Int32Array): boolean {
  const strength = strengthAt(pixels.data, place, ground);
  if (strength < leastStrength) return false;
  const isAlong = (step: number) =>
    of[place - step] === of[place] &&
    of[place + step] === of[place] &&
    isSameShade(pixels.data, place, place - step) &&
    isSameShade(pixels.data, place, place + step);
  const isAcross = (step: number) =>
    strengthAt(pixels.data, place - step, ground) <= strength + sameShade &&
    strengthAt(pixels.data, place + step, ground) <= strength + sameShade;
  const { width } = pixels;
  return (isAlong(width) && isAcross(1)) || (isAlong(1) && isAcross(width));
}

function strengthAt(data: Uint8Array, place: number, ground: Int32Array): number {
  const [index, from] = [place * 3, (ground[place] ?? place) * 3];
  return (
    Math.abs((data[index] ?? 0) - (data[from] ?? 0)) +
    Math.abs((data[index + 1] ?? 0) - (data[from + 1] ?? 0)) +
    Math.abs((data[index + 2] ?? 0) - (data[from + 2] ?? 0))
  );
}

function isSameShade(data: Uint8Array, one: number, other: number): boolean {
  for (let channel = 0; channel < 3; channel++)
    if (Math.abs((data[one * 3 + channel] ?? 0) - (data[other * 3 + channel] ?? 0)) > sameShade) return false;
  return true;
}

/** The cores, grouped by the ways of their colours. */
function inksOf(cores: readonly Core[]): Core[][] {
  const inks: Core[][] = [];
  for (const core of cores) {
    const ink = inks.find(([first]) => first && cosine(first.way, core.way) >= sameWay);
    if (ink) ink.push(core);
    else inks.push([core]);
  }
  return inks;
}

/** Whether one ink is lighter than the ground and another darker, as the letters and their outline are. */
const isOutlined = (inks: readonly Core[][]): boolean =>
  inks.some(([one]) => inks.some(([other]) => one && other && cosine(one.way, other.way) < oppositeWay));

const cosine = (one: Core["way"], other: Core["way"]): number =>
  one[0] * other[0] + one[1] * other[1] + one[2] * other[2];

/** Gives each pixel of a patch to the nearest core's ink; the first ink keeps the patch's number. */
function spread(inks: readonly Core[][], patch: number, labels: Labels, width: number): void {
  const { of } = labels;
  const taken = new Map<number, number>();
  let edge: number[] = [];
  for (const [index, ink] of inks.entries()) {
    const label = index === 0 ? patch : labels.count++;
    for (const { place } of ink) {
      taken.set(place, label);
      edge.push(place);
    }
  }
  while (edge.length > 0) {
    const next: number[] = [];
    for (const place of edge) {
      for (const row of [place - width, place, place + width]) {
        for (const beside of [row - 1, row, row + 1]) {
          if (of[beside] !== patch || taken.has(beside)) continue;
          taken.set(beside, taken.get(place) ?? patch);
          next.push(beside);
        }
      }
    }
    edge = next;
  }
  for (const [place, label] of taken) of[place] = label;
}
