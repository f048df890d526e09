import type { Rgb } from "../image/palette.js";
import { type Colour, differenceOf, hex } from "./colour.js";

/** A colour, and how much of the pixels it fills. */
export interface ColourShare {
  /** `#rrggbb`. */
  colour: string;
  /** 0 to 1. */
  share: number;
}

/** Colours are counted by so many bits a channel: a photo has no more of them than memory holds. */
const bits = 5;
/** Colours that are nearer than this are one: the smoothed edges of letters count to what they are nearest. Levels. */
const alike = 24;
const [mostColours, leastShare] = [12, 0.005];

/** The colours that fill most of a picture, the most frequent first. What fills less than 0.5 % is left out. */
export function coloursIn({ data }: Rgb): ColourShare[] {
  const counts = new Int32Array(1 << (3 * bits));
  // Of the pixels that are counted as one, the colour that most have: by a vote of one against another.
  const votes = new Int32Array(counts.length);
  const winners = new Int32Array(counts.length);
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const shift = 8 - bits;
    const bucket = ((red >> shift) << (2 * bits)) | ((green >> shift) << bits) | (blue >> shift);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    const packed = (red << 16) | (green << 8) | blue;
    if (winners[bucket] === packed) votes[bucket] = (votes[bucket] ?? 0) + 1;
    else if ((votes[bucket] ?? 0) === 0) {
      winners[bucket] = packed;
      votes[bucket] = 1;
    } else votes[bucket] = (votes[bucket] ?? 0) - 1;
  }
  const buckets = [...counts.keys()]
    .filter((bucket) => (counts[bucket] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const found: Array<{ colour: Colour; count: number }> = [];
  for (const bucket of buckets) {
    const packed = winners[bucket] ?? 0;
    const colour: Colour = [packed >> 16, (packed >> 8) & 255, packed & 255];
    const same = found.find((other) => differenceOf(other.colour, colour) < alike);
    if (same) same.count += counts[bucket] ?? 0;
    else if (found.length < mostColours * 4) found.push({ colour, count: counts[bucket] ?? 0 });
  }
  const all = data.length / 3;
  return found
    .map(({ colour, count }) => ({ colour: hex(colour), share: count / all }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.share - a.share)
    .slice(0, mostColours);
}
