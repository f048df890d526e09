import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { isBorder } from "./borders.js";
import type { Colour } from "./colour.js";
import { dropRules, findStrengths } from "./strengths.js";
import { boxOf, findPatches, type Patch, type StrokePatches } from "./strokePatches.js";

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
  const strengths = findStrengths(pixels, ground, lossy);
  const first = findPatches(pixels, ground, strengths, zoneColour, lossy);
  dropOutlines(strengths, first);
  const last = dropRules(strengths, width, height)
    ? findPatches(pixels, ground, strengths, zoneColour, lossy)
    : first;
  return { ground, ...sorted(pixels, last) };
}

/** Takes out the outlines of things and the smoothed edges between grounds. */
function dropOutlines(strengths: Uint8Array, { marked, of, patches }: StrokePatches): void {
  const dropped = patches.map((patch) => isBorder(patch));
  for (let index = 0; index < marked.length; index++) {
    const place = marked[index] ?? 0;
    if (dropped[of[place] ?? 0]) strengths[place] = 0;
  }
}

/** Tells letters from the rest. */
function sorted({ data }: Rgb, { marked, of, patches }: StrokePatches): Omit<Letters, "ground"> {
  const kept = new Int32Array(patches.length).fill(-1);
  const letters: Letter[] = [];
  const pictures: Box[] = [];
  for (let index = 0; index < patches.length; index++) {
    const patch = patches[index];
    if (!patch || isBorder(patch)) continue;
    if (patch.bottom - patch.top >= highest) {
      pictures.push(boxOf(patch));
      continue;
    }
    kept[index] = letters.length;
    letters.push({ id: letters.length, ...letterOf(patch, data) });
  }
  for (let index = 0; index < marked.length; index++) {
    const place = marked[index] ?? 0;
    of[place] = kept[of[place] ?? 0] ?? -1;
  }
  return { letters, of, pictures };
}

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
