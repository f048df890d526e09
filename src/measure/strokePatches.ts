import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { type Colour, differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";
import { label } from "./labels.js";
import { splitInks } from "./splitInks.js";

/** Where a patch lies, and how it fills its box. */
export interface Patch {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
  /** Pixels well inside its box. */
  inner: number;
  /** How many pixels of each side of its box it fills: top, right, bottom, left. */
  sides: [number, number, number, number];
  strength: number;
  /** The place of the strongest pixel. */
  strongest: number;
  /** The strengths of short cuts along the rows, and how many there are. */
  stem: number;
  stems: number;
  shift: [number, number, number];
  behind: [number, number, number];
  /** Two grounds that it touches, when there are two. */
  one: Colour | undefined;
  other: Colour | undefined;
  /** Pixels that are a mixture of those two: the smoothed edge between them. */
  onEdge: number;
}

/** The patches of what is strong enough. */
export interface StrokePatches {
  marked: Int32Array;
  of: Int32Array;
  patches: Patch[];
}

/**
 * @param ground for each pixel, the place that shows what it stands on
 * @param zoneColour the mean colour of the ground that a pixel belongs to
 * @param lossy whether the picture has been through JPEG or its like
 */
export function findPatches(
  pixels: Rgb,
  ground: Int32Array,
  strengths: Uint8Array,
  zoneColour: (pixel: number) => Colour,
  lossy: boolean,
): StrokePatches {
  const marked = placesIn(strengths);
  const labels = label(marked, pixels.width, pixels.height);
  // JPEG smears colours into each other: no pixel of it shows an ink as it is.
  if (!lossy) splitInks(pixels, marked, ground, labels);
  const { of } = labels;
  return { marked, of, patches: describe(pixels, { marked, ...labels, ground, strengths, zoneColour }) };
}

export const boxOf = ({ left, top, right, bottom }: Patch): Box => ({
  x: left,
  y: top,
  width: right - left + 1,
  height: bottom - top + 1,
});

/** The places of what is not 0, in order. */
function placesIn(strengths: Uint8Array): Int32Array {
  let count = 0;
  for (let index = 0; index < strengths.length; index++) if (strengths[index] !== 0) count++;
  const places = new Int32Array(count);
  for (let index = 0, to = 0; index < strengths.length; index++)
    if (strengths[index] !== 0) places[to++] = index;
  return places;
}

interface Labelled {
  /** The places of all pixels that belong to patches, in order. */
  marked: Int32Array;
  of: Int32Array;
  count: number;
  ground: Int32Array;
  strengths: Uint8Array;
  zoneColour: (pixel: number) => Colour;
}

function describe({ data, width }: Rgb, labelled: Labelled): Patch[] {
  const { marked, of, count, ground, strengths, zoneColour } = labelled;
  const patches = Array.from({ length: count }, (): Patch => newPatch(width));
  let [run, mass, before] = [0, 0, -2];
  let last: Patch | undefined;
  for (let index = 0; index < marked.length; index++) {
    const position = marked[index] ?? 0;
    const patch = patches[of[position] ?? 0];
    if (!patch) continue;
    const y = Math.floor(position / width);
    const x = position - y * width;
    if (patch !== last || position !== before + 1) {
      if (last && run <= widestStem) {
        last.stems++;
        last.stem += mass;
      }
      run = 0;
      mass = 0;
      last = patch;
    }
    before = position;
    if (x < patch.left) patch.left = x;
    if (x > patch.right) patch.right = x;
    if (patch.top < 0) patch.top = y;
    patch.bottom = y;
    patch.pixels++;
    const strength = strengths[position] ?? 0;
    run++;
    mass += strength;
    if (strength > patch.strength) {
      patch.strength = strength;
      patch.strongest = position;
    }
    const pixel = position * 3;
    const from = (ground[position] ?? position) * 3;
    for (let channel = 0; channel < 3; channel++) {
      const behind = data[from + channel] ?? 0;
      patch.behind[channel] = (patch.behind[channel] ?? 0) + behind;
      patch.shift[channel] = (patch.shift[channel] ?? 0) + (data[pixel + channel] ?? 0) - behind;
    }
    patch.one ??= zoneColour(ground[position] ?? position);
    patch.other ??= otherBeside(position, patch.one, labelled, width);
  }
  for (let index = 0; index < marked.length; index++) {
    const position = marked[index] ?? 0;
    const patch = patches[of[position] ?? 0];
    if (!patch) continue;
    const y = Math.floor(position / width);
    const x = position - y * width;
    const border = borderOf(patch);
    const nearest = Math.min(y - patch.top, patch.right - x, patch.bottom - y, x - patch.left);
    if (nearest >= border) patch.inner++;
    if (nearest === 0) {
      if (y === patch.top) patch.sides[0]++;
      if (x === patch.right) patch.sides[1]++;
      if (y === patch.bottom) patch.sides[2]++;
      if (x === patch.left) patch.sides[3]++;
    }
    if (patch.one && patch.other && isEdge(data, position, patch.one, patch.other, labelled, width))
      patch.onEdge++;
  }
  return patches;
}

/** A cut through an upright stroke of small text is at most so wide. Pixels. */
const widestStem = 4;

const newPatch = (width: number): Patch => ({
  left: width,
  top: -1,
  right: 0,
  bottom: 0,
  pixels: 0,
  inner: 0,
  sides: [0, 0, 0, 0],
  strength: 0,
  strongest: 0,
  stem: 0,
  stems: 0,
  shift: [0, 0, 0],
  behind: [0, 0, 0],
  one: undefined,
  other: undefined,
  onEdge: 0,
});

/** Another ground that a pixel touches. */
function otherBeside(
  index: number,
  one: Colour,
  { ground, zoneColour }: Labelled,
  width: number,
): Colour | undefined {
  for (let side = 0; side < 4; side++) {
    const beside =
      side === 0 ? index - width : side === 1 ? index - 1 : side === 2 ? index + 1 : index + width;
    if (ground[beside] !== beside) continue;
    const colour = zoneColour(beside);
    if (colour !== one && differenceOf(colour, one) > sameColour) return colour;
  }
  return undefined;
}

/** Whether a pixel is the smoothed edge between two grounds: a mixture of them, with both of them next to it. */
function isEdge(
  data: Uint8Array,
  index: number,
  one: Colour,
  other: Colour,
  { ground, zoneColour }: Labelled,
  width: number,
): boolean {
  if (!isMixture(data, index * 3, one, other)) return false;
  let [hasOne, hasOther] = [false, false];
  for (let down = -2; down <= 2; down++) {
    for (let across = -2; across <= 2; across++) {
      const beside = index + down * width + across;
      if (ground[beside] !== beside) continue;
      const colour = zoneColour(beside);
      if (colour === one || differenceOf(colour, one) <= sameColour) hasOne = true;
      else if (differenceOf(colour, other) <= sameColour) hasOther = true;
    }
  }
  return hasOne && hasOther;
}

/** Whether a pixel lies well between two colours, and not far from the line that joins them. */
function isMixture(data: Uint8Array, pixel: number, one: Colour, other: Colour): boolean {
  let along = 0;
  let length = 0;
  for (let channel = 0; channel < 3; channel++) {
    const step = (other[channel] ?? 0) - (one[channel] ?? 0);
    along += ((data[pixel + channel] ?? 0) - (one[channel] ?? 0)) * step;
    length += step * step;
  }
  const part = along / length;
  if (part < 0.04 || part > 0.96) return false;
  for (let channel = 0; channel < 3; channel++) {
    const [from, to] = [one[channel] ?? 0, other[channel] ?? 0];
    if (Math.abs((data[pixel + channel] ?? 0) - from - part * (to - from)) > 10) return false;
  }
  return true;
}

/** How wide the border of a patch's box is, for telling an outline from what is filled. */
export const borderOf = ({ left, right, top, bottom }: Patch) =>
  Math.max(3, Math.round(Math.min(right - left + 1, bottom - top + 1) * 0.15));
