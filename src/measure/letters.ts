import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { windowMaximum } from "./blobs.js";
import { brightnessOf, type Colour, differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";

/** A connected patch of one colour on one ground: a letter, a part of one, several that touch, or an icon. */
export interface Letter extends Box {
  /** Its index among the letters of the picture. */
  id: number;
  /** What it stands on, in the mean. */
  ground: Colour;
  /** Which way its colour lies from its ground: a vector of length 1. */
  way: readonly [number, number, number];
  /** How far its strongest pixel differs from the ground. Levels of 255. */
  strength: number;
  /** The colour of that pixel. */
  ink: Colour;
  /** How many pixels it has. */
  pixels: number;
  /** The mean sum of strengths across its thin strokes: blurred or not, it is the same. 0 where none is thin. */
  stem: number;
}

/** The patches of a picture, and which pixel belongs to which. */
export interface Letters {
  letters: Letter[];
  /** For each pixel: the index of its letter, or -1. */
  of: Int32Array;
  /** For each pixel: the index of the pixel that shows what it stands on, or -1. */
  ground: Int32Array;
  /** Boxes of what is too large for a letter and no frame, either: photos, charts, drawings. */
  pictures: Box[];
}

/** What differs less from its ground is noise. Levels of 255. */
const leastStrength = { exact: 5, lossy: 8 };
/** Beside stronger pixels, weaker ones are the smoothed edge of a letter, or what JPEG has left of its ripples. */
const share = { exact: 0.3, lossy: 0.24 };
/** How far JPEG's ripples reach. Pixels. */
const reach = 8;
/** Letters are at most so high. Pixels. */
const highest = 260;

/**
 * Finds the patches that differ from what they stand on.
 *
 * @param ground for each pixel, the nearest one that is ground, or -1
 * @param zoneColour the mean colour of the ground that a pixel belongs to
 * @param lossy whether the picture has been through JPEG or its like
 */
export function findLetters(
  pixels: Rgb,
  ground: Int32Array,
  zoneColour: (pixel: number) => Colour,
  lossy: boolean,
): Letters {
  const { width, height } = pixels;
  const strengths = strengthsOf(pixels, ground, lossy);
  dropFaint(strengths, width, height, lossy);
  const first = patchesIn(pixels, ground, strengths, zoneColour);
  dropOutlines(strengths, first);
  const last = dropRules(strengths, width, height) ? patchesIn(pixels, ground, strengths, zoneColour) : first;
  return { ground, ...sorted(pixels, last) };
}

/** The patches of what is strong enough. */
interface Patches {
  marked: Int32Array;
  of: Int32Array;
  patches: Patch[];
}

function patchesIn(
  pixels: Rgb,
  ground: Int32Array,
  strengths: Uint8Array,
  zoneColour: (pixel: number) => Colour,
): Patches {
  const marked = placesIn(strengths);
  const { of, count } = label(marked, pixels.width, pixels.height);
  return { marked, of, patches: describe(pixels, { marked, of, count, ground, strengths, zoneColour }) };
}

/** Takes out the outlines of things and the smoothed edges between grounds. */
function dropOutlines(strengths: Uint8Array, { marked, of, patches }: Patches): void {
  const dropped = patches.map((patch) => isBorder(patch));
  for (let at = 0; at < marked.length; at++) {
    const place = marked[at] ?? 0;
    if (dropped[of[place] ?? 0]) strengths[place] = 0;
  }
}

const isBorder = (patch: Patch): boolean =>
  patch.onEdge > patch.pixels * 0.75 || isOutline(patch) || isRule(patch);

/** Tells letters from the rest. */
function sorted({ data }: Rgb, { marked, of, patches }: Patches): Omit<Letters, "ground"> {
  const kept = new Int32Array(patches.length).fill(-1);
  const letters: Letter[] = [];
  const pictures: Box[] = [];
  for (let at = 0; at < patches.length; at++) {
    const patch = patches[at];
    if (!patch || isBorder(patch)) continue;
    if (patch.bottom - patch.top >= highest) {
      pictures.push(boxOf(patch));
      continue;
    }
    kept[at] = letters.length;
    letters.push({ id: letters.length, ...letterOf(patch, data) });
  }
  for (let at = 0; at < marked.length; at++) {
    const place = marked[at] ?? 0;
    of[place] = kept[of[place] ?? 0] ?? -1;
  }
  return { letters, of, pictures };
}

/** Leaves only what is strong enough by itself and beside its neighbours. */
function dropFaint(strengths: Uint8Array, width: number, height: number, lossy: boolean): void {
  const kind = lossy ? "lossy" : "exact";
  const [least, part] = [leastStrength[kind], share[kind]];
  const strongest = lossy ? windowMaximum(strengths, width, height, reach) : undefined;
  const faint: number[] = [];
  for (let at = 0; at < strengths.length; at++) {
    const strength = strengths[at] ?? 0;
    if (strength === 0) continue;
    const most = strongest ? (strongest[at] ?? 0) : nearMaximum(strengths, at, width);
    if (strength < least || strength < part * most) faint.push(at);
  }
  for (let at = 0; at < faint.length; at++) strengths[faint[at] ?? 0] = 0;
}

/** The largest value among the pixels around one, two in each direction. */
function nearMaximum(strengths: Uint8Array, at: number, width: number): number {
  let most = 0;
  for (let row = at - 2 * width; row <= at + 2 * width; row += width) {
    for (let near = row - 2; near <= row + 2; near++) {
      const strength = strengths[near] ?? 0;
      if (strength > most) most = strength;
    }
  }
  return most;
}

/** The places of what is not 0, in order. */
function placesIn(strengths: Uint8Array): Int32Array {
  let count = 0;
  for (let at = 0; at < strengths.length; at++) if (strengths[at] !== 0) count++;
  const places = new Int32Array(count);
  for (let at = 0, to = 0; at < strengths.length; at++) if (strengths[at] !== 0) places[to++] = at;
  return places;
}

/** Underlines and the like are at least so long and at most so thick. Pixels. */
const rule = { shortest: 40, thickest: 2 };

/**
 * Takes out thin lines, so that what they run through or beneath is not one patch.
 *
 * @returns whether there were any
 */
function dropRules(strengths: Uint8Array, width: number, height: number): boolean {
  const off = rule.thickest * width;
  const dropped: number[] = [];
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    for (let at = y * width; at < end; at++) {
      if (strengths[at] === 0) continue;
      const start = at;
      let bare = 0;
      for (; at < end && strengths[at] !== 0; at++) {
        if ((strengths[at - off] ?? 0) === 0 && (strengths[at + off] ?? 0) === 0) bare++;
      }
      if (at - start < rule.shortest || bare < (at - start) * 0.35) continue;
      for (let one = start; one < at; one++) {
        // Where a stroke crosses the line, the stroke stays.
        if ((strengths[one - off] ?? 0) === 0 || (strengths[one + off] ?? 0) === 0) dropped.push(one);
      }
    }
  }
  for (const at of dropped) strengths[at] = 0;
  return dropped.length > 0;
}

function strengthsOf({ data }: Rgb, ground: Int32Array, lossy: boolean): Uint8Array {
  const strengths = new Uint8Array(ground.length);
  for (let at = 0; at < ground.length; at++) {
    const from = ground[at] ?? -1;
    if (from === at || from < 0) continue;
    const [one, other] = [at * 3, from * 3];
    const red = (data[one] ?? 0) - (data[other] ?? 0);
    const green = (data[one + 1] ?? 0) - (data[other + 1] ?? 0);
    const blue = (data[one + 2] ?? 0) - (data[other + 2] ?? 0);
    const most = Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
    // JPEG's ripples are in the colours, over twice the distance, before they are in the brightness.
    strengths[at] = lossy ? Math.max(Math.abs(brightnessOf(red, green, blue)), 0.5 * most) : most;
  }
  return strengths;
}

/** Numbers the connected patches of marked pixels, diagonals included; -1 elsewhere. */
function label(marked: Int32Array, width: number, height: number): { of: Int32Array; count: number } {
  const of = new Int32Array(width * height).fill(-1);
  const parents = new Int32Array(marked.length);
  let runs = 0;
  const find = (one: number): number => {
    let at = one;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] ?? at] ?? at;
      at = parents[at] ?? at;
    }
    return at;
  };
  for (let index = 0; index < marked.length; index++) {
    const at = marked[index] ?? 0;
    const x = at % width;
    let own = x > 0 ? (of[at - 1] ?? -1) : -1;
    if (at >= width) {
      const last = x + 1 < width ? at - width + 1 : at - width;
      for (let above = x > 0 ? at - width - 1 : at - width; above <= last; above++) {
        const other = of[above] ?? -1;
        if (other < 0 || other === own) continue;
        if (own < 0) own = other;
        else {
          const [a, b] = [find(own), find(other)];
          if (a !== b) parents[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    if (own < 0) {
      own = runs++;
      parents[own] = own;
    }
    of[at] = own;
  }
  const ids = new Int32Array(runs).fill(-1);
  let count = 0;
  for (let index = 0; index < marked.length; index++) {
    const at = marked[index] ?? 0;
    const root = find(of[at] ?? 0);
    if ((ids[root] ?? -1) < 0) ids[root] = count++;
    of[at] = ids[root] ?? -1;
  }
  return { of, count };
}

/** Where a patch lies, and how it fills its box. */
interface Patch {
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
    const at = marked[index] ?? 0;
    const patch = patches[of[at] ?? 0];
    if (!patch) continue;
    const y = Math.floor(at / width);
    const x = at - y * width;
    if (patch !== last || at !== before + 1) {
      if (last && run <= widestStem) {
        last.stems++;
        last.stem += mass;
      }
      run = 0;
      mass = 0;
      last = patch;
    }
    before = at;
    if (x < patch.left) patch.left = x;
    if (x > patch.right) patch.right = x;
    if (patch.top < 0) patch.top = y;
    patch.bottom = y;
    patch.pixels++;
    const strength = strengths[at] ?? 0;
    run++;
    mass += strength;
    if (strength > patch.strength) {
      patch.strength = strength;
      patch.strongest = at;
    }
    const pixel = at * 3;
    const from = (ground[at] ?? at) * 3;
    for (let channel = 0; channel < 3; channel++) {
      const behind = data[from + channel] ?? 0;
      patch.behind[channel] = (patch.behind[channel] ?? 0) + behind;
      patch.shift[channel] = (patch.shift[channel] ?? 0) + (data[pixel + channel] ?? 0) - behind;
    }
    patch.one ??= zoneColour(ground[at] ?? at);
    patch.other ??= otherBeside(at, patch.one, labelled, width);
  }
  for (let index = 0; index < marked.length; index++) {
    const at = marked[index] ?? 0;
    const patch = patches[of[at] ?? 0];
    if (!patch) continue;
    const y = Math.floor(at / width);
    const x = at - y * width;
    const border = borderOf(patch);
    const nearest = Math.min(y - patch.top, patch.right - x, patch.bottom - y, x - patch.left);
    if (nearest >= border) patch.inner++;
    if (nearest === 0) {
      if (y === patch.top) patch.sides[0]++;
      if (x === patch.right) patch.sides[1]++;
      if (y === patch.bottom) patch.sides[2]++;
      if (x === patch.left) patch.sides[3]++;
    }
    if (patch.one && patch.other && isEdge(data, at, patch.one, patch.other, labelled, width)) patch.onEdge++;
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
  at: number,
  one: Colour,
  { ground, zoneColour }: Labelled,
  width: number,
): Colour | undefined {
  for (let side = 0; side < 4; side++) {
    const beside = side === 0 ? at - width : side === 1 ? at - 1 : side === 2 ? at + 1 : at + width;
    if (ground[beside] !== beside) continue;
    const colour = zoneColour(beside);
    if (colour !== one && differenceOf(colour, one) > sameColour) return colour;
  }
  return undefined;
}

/** Whether a pixel is the smoothed edge between two grounds: a mixture of them, with both of them next to it. */
function isEdge(
  data: Uint8Array,
  at: number,
  one: Colour,
  other: Colour,
  { ground, zoneColour }: Labelled,
  width: number,
): boolean {
  if (!isMixture(data, at * 3, one, other)) return false;
  let [hasOne, hasOther] = [false, false];
  for (let down = -2; down <= 2; down++) {
    for (let across = -2; across <= 2; across++) {
      const beside = at + down * width + across;
      if (ground[beside] !== beside) continue;
      const colour = zoneColour(beside);
      if (colour === one || differenceOf(colour, one) <= sameColour) hasOne = true;
      else if (differenceOf(colour, other) <= sameColour) hasOther = true;
    }
  }
  return hasOne && hasOther;
}

/** Whether a patch is the outline of something: a button, a field, a card, a table, a ring. */
function isOutline(patch: Patch): boolean {
  const { width, height } = boxOf(patch);
  if (Math.min(width, height) < 12) return false;
  const border = borderOf(patch);
  const inner = patch.inner / ((width - 2 * border) * (height - 2 * border));
  // A round letter is a ring, too, but a thicker one, and not straight along its box.
  if (inner > 0.1) return false;
  const [top, right, bottom, left] = patch.sides;
  const straight =
    Math.min(top, bottom) >= width * 0.55 && Math.min(left, right) >= height * (height < 40 ? 0.3 : 0.55);
  return inner < 0.02 && (straight || patch.pixels < (width + height) * 1.6 * Math.max(1.3, height * 0.05));
}

/** Whether a patch is a rule between things, or a bar; a long word whose letters touch is neither. */
function isRule(patch: Patch): boolean {
  const { width, height } = boxOf(patch);
  const [thin, long] = [Math.min(width, height), Math.max(width, height)];
  return long > thin * 15 && (thin <= 6 || patch.pixels < long * 5);
}

const borderOf = ({ left, right, top, bottom }: Patch) =>
  Math.max(3, Math.round(Math.min(right - left + 1, bottom - top + 1) * 0.15));

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

const boxOf = ({ left, top, right, bottom }: Patch): Box => ({
  x: left,
  y: top,
  width: right - left + 1,
  height: bottom - top + 1,
});

const colourAt = (data: Uint8Array, place: number): Colour => [
  data[place * 3] ?? 0,
  data[place * 3 + 1] ?? 0,
  data[place * 3 + 2] ?? 0,
];

function letterOf(patch: Patch, data: Uint8Array): Omit<Letter, "id"> {
  const length = Math.hypot(...patch.shift) || 1;
  const mean = (channel: 0 | 1 | 2) => Math.round(patch.behind[channel] / patch.pixels);
  return {
    ...boxOf(patch),
    ground: [mean(0), mean(1), mean(2)],
    way: [patch.shift[0] / length, patch.shift[1] / length, patch.shift[2] / length],
    strength: patch.strength,
    ink: colourAt(data, patch.strongest),
    pixels: patch.pixels,
    stem: patch.stems === 0 ? 0 : patch.stem / patch.stems,
  };
}
