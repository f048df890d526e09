import type { Rgb } from "../image/palette.js";
import { windowMaximum } from "./blobs.js";
import { brightnessOf } from "./colour.js";

/** What differs less from its ground is noise. Levels of 255. */
const leastStrength = { exact: 5, lossy: 8 };
/** Beside stronger pixels, weaker ones are the smoothed edge of a letter, or what JPEG has left of its ripples. */
const share = { exact: 0.3, lossy: 0.24 };
/** How far JPEG's ripples reach. Pixels. */
const reach = 8;
/**
 * How far each pixel differs from the ground beneath it, in levels of 255: 0 for ground, and for what is too faint
 * beside its neighbours to be a part of a stroke.
 *
 * @param ground for each pixel, the nearest one that is ground, or -1
 * @param lossy whether the picture has been through JPEG or its like
 */
export function findStrengths(pixels: Rgb, ground: Int32Array, lossy: boolean): Uint8Array {
  const strengths = strengthsOf(pixels, ground, lossy);
  dropFaint(strengths, pixels.width, pixels.height, lossy);
  return strengths;
}

function strengthsOf({ data }: Rgb, ground: Int32Array, lossy: boolean): Uint8Array {
  const strengths = new Uint8Array(ground.length);
  for (let index = 0; index < ground.length; index++) {
    const from = ground[index] ?? -1;
    if (from === index || from < 0) continue;
    const [one, other] = [index * 3, from * 3];
    const red = (data[one] ?? 0) - (data[other] ?? 0);
    const green = (data[one + 1] ?? 0) - (data[other + 1] ?? 0);
    const blue = (data[one + 2] ?? 0) - (data[other + 2] ?? 0);
    const most = Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
    // JPEG's ripples are in the colours, over twice the distance, before they are in the brightness.
    strengths[index] = lossy ? Math.max(Math.abs(brightnessOf(red, green, blue)), 0.5 * most) : most;
  }
  return strengths;
}

/** Leaves only what is strong enough by itself and beside its neighbours. */
function dropFaint(strengths: Uint8Array, width: number, height: number, lossy: boolean): void {
  const kind = lossy ? "lossy" : "exact";
  const [least, part] = [leastStrength[kind], share[kind]];
  const strongest = lossy ? windowMaximum(strengths, width, height, reach) : undefined;
  const faint: number[] = [];
  for (let index = 0; index < strengths.length; index++) {
    const strength = strengths[index] ?? 0;
    if (strength === 0) continue;
    const most = strongest ? (strongest[index] ?? 0) : nearMaximum(strengths, index, width);
    if (strength < least || strength < part * most) faint.push(index);
  }
  for (let index = 0; index < faint.length; index++) strengths[faint[index] ?? 0] = 0;
}

/** The largest value among the pixels around one, two in each direction. */
function nearMaximum(strengths: Uint8Array, index: number, width: number): number {
  let most = 0;
  for (let row = index - 2 * width; row <= index + 2 * width; row += width) {
    for (let near = row - 2; near <= row + 2; near++) {
      const strength = strengths[near] ?? 0;
      if (strength > most) most = strength;
    }
  }
  return most;
}

/** Underlines and the like are at least so long and at most so thick. Pixels. */
const rule = { shortest: 40, thickest: 2 };

/**
 * Takes out thin lines, so that what they run through or beneath is not one patch.
 *
 * @returns whether there were any
 */
export function dropRules(strengths: Uint8Array, width: number, height: number): boolean {
  const off = rule.thickest * width;
  const dropped: number[] = [];
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    for (let index = y * width; index < end; index++) {
      if (strengths[index] === 0) continue;
      const start = index;
      let bare = 0;
      for (; index < end && strengths[index] !== 0; index++) {
        if ((strengths[index - off] ?? 0) === 0 && (strengths[index + off] ?? 0) === 0) bare++;
      }
      if (index - start < rule.shortest || bare < (index - start) * 0.35) continue;
      for (let one = start; one < index; one++) {
        // Where a stroke crosses the line, the stroke stays.
        if ((strengths[one - off] ?? 0) === 0 || (strengths[one + off] ?? 0) === 0) dropped.push(one);
      }
    }
  }
  for (const index of dropped) strengths[index] = 0;
  return dropped.length > 0;
}
