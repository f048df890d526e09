import type { Rgb } from "../image/palette.js";
import { brightnessOf, type Colour, clampChannel, differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";
import type { Letter, Letters } from "./letters.js";

type Vector = readonly [number, number, number];

/** How the letters of a run differ from what they stand on. */
export interface Ink {
  /** What they stand on: the commonest colour around them. */
  ground: Colour;
  /** Whether most of what is around them has that colour; else it changes, as a gradient or a picture does. */
  even: boolean;
  /** From the ground to the text's colour, in levels of 255. */
  shift: Vector;
  /**
   * How far the shift may be off, as a share of it: a stroke thinner than a pixel never shows its colour in
   * full, and JPEG smears it. 0 where the picture shows the very colour.
   */
  below: number;
  above: number;
  /** The rows that the letters fill, first and after the last. Pixels of the picture. */
  top: number;
  bottom: number;
  /** Mean length of the strokes' cuts along the rows, in pixels: their thickness. */
  stroke: number;
  /** The share of the pixels that differ from the ground the other way, as those of a shadow or an outline may. */
  opposite: number;
  /** Where the ground changes: what it is beneath each letter's pixels, without repetition. */
  grounds: Colour[];
  /** Where the ground changes: the letters' own colour, each at its strongest. */
  colours: Colour[];
}

/** Less than this is noise. Levels of 255. */
const leastShift = 5;
/** In an exact picture, a ground of one colour differs by no more. Levels of 255. */
const sameGround = 3;
/** Share of the ground around a run that must agree for it to be of one colour. */
const agreement = 0.6;

/**
 * What colour some letters have, smoothed or not.
 *
 * Every pixel of a letter lies between the ground and the ink, by how much of it is covered. Which way the ink
 * lies is the sum over all pixels: blurring, subpixel rendering and JPEG's coarser colours leave it as it is.
 * How far it lies is told by the pixels that are covered whole.
 *
 * @param letters of one colour
 * @param lossy whether the picture has been through JPEG or its like
 * @returns undefined where nothing differs from the ground
 */
export function measureInk(
  pixels: Rgb,
  map: Pick<Letters, "of" | "ground">,
  letters: readonly Letter[],
  lossy: boolean,
): Ink | undefined {
  const places = placesOf(pixels.width, map.of, letters);
  const { ground, even } = groundOf(pixels, places, map.ground, lossy);
  const shifts = shiftsOf(pixels, places, even ? ground : map.ground);
  const way = wayOf(shifts);
  if (!way) return undefined;
  // JPEG keeps brightness sharper than colour.
  const brightness = brightnessOf(...way);
  const weights: Vector =
    lossy && Math.abs(brightness) > 0.2 ? [0.299 / brightness, 0.587 / brightness, 0.114 / brightness] : way;
  const top = Math.min(...letters.map(({ y }) => y));
  const height = Math.max(...letters.map((letter) => letter.y + letter.height)) - top;
  const strengths = new Float32Array(places.length);
  const strongest = new Float32Array(height);
  let [count, runs, last, opposite] = [0, 0, -2, 0];
  for (let index = 0; index < places.length; index++) {
    const place = places[index] ?? 0;
    const strength =
      (shifts[index * 3] ?? 0) * weights[0] +
      (shifts[index * 3 + 1] ?? 0) * weights[1] +
      (shifts[index * 3 + 2] ?? 0) * weights[2];
    if (strength < -3 * leastShift) opposite++;
    if (strength < leastShift) continue;
    strengths[count++] = strength;
    if (place !== last + 1) runs++;
    last = place;
    const row = Math.floor(place / pixels.width) - top;
    if (strength > (strongest[row] ?? 0)) strongest[row] = strength;
  }
  if (count === 0) return undefined;
  const sorted = strengths.subarray(0, count).sort();
  const { full, below, above } = lossy ? fullOfLossy(sorted) : fullOfExact(sorted, letters.length);
  const exact = lossy || !even ? undefined : commonestShift(shifts, way, full);
  const covered = sorted.reduce((total, strength) => total + Math.min(1, strength / full), 0);
  const filled = [...strongest.keys()].filter((row) => (strongest[row] ?? 0) >= full * 0.45);
  return {
    ground,
    even,
    shift: exact ?? [way[0] * full, way[1] * full, way[2] * full],
    below: exact ? 0 : below,
    above: exact ? 0 : above,
    top: top + (filled[0] ?? 0),
    bottom: top + (filled.at(-1) ?? height - 1) + 1,
    stroke: covered / runs,
    opposite: opposite / places.length,
    ...(even
      ? { grounds: [], colours: [] }
      : changesOf(pixels, map, letters, (place) => {
          const from = map.ground[place] ?? place;
          let strength = 0;
          for (const channel of [0, 1, 2] as const)
            strength +=
              ((pixels.data[place * 3 + channel] ?? 0) - (pixels.data[from * 3 + channel] ?? 0)) *
              way[channel];
          return strength;
        })),
  };
}

/** The ink's colour on a ground. */
export const inkOn = (ground: Colour, { shift }: Pick<Ink, "shift">, strength = 1): Colour => [
  clampChannel(ground[0] + shift[0] * strength),
  clampChannel(ground[1] + shift[1] * strength),
  clampChannel(ground[2] + shift[2] * strength),
];

/** The pixels of the letters, row by row in each. */
function placesOf(width: number, of: Int32Array, letters: readonly Letter[]): Int32Array {
  const places = new Int32Array(letters.reduce((sum, { pixels }) => sum + pixels, 0));
  let to = 0;
  for (const { id, x, y, width: across, height } of letters) {
    for (let row = y; row < y + height; row++) {
      for (let index = row * width + x; index < row * width + x + across; index++)
        if (of[index] === id) places[to++] = index;
    }
  }
  return places.subarray(0, to);
}

/** The commonest colour beneath and around the letters; in a lossy picture, the mean of what is close to it. */
function groundOf(
  { data }: Rgb,
  places: Int32Array,
  sources: Int32Array,
  lossy: boolean,
): { ground: Colour; even: boolean } {
  const counts = new Map<number, number>();
  // JPEG leaves no two pixels alike: they are counted by their upper bits.
  const kept = lossy ? 0xf8f8f8 : 0xffffff;
  const colourAt = (place: number): number => {
    const index = (sources[place] ?? 0) * 3;
    return ((data[index] ?? 0) << 16) | ((data[index + 1] ?? 0) << 8) | (data[index + 2] ?? 0);
  };
  for (const place of places) {
    const key = colourAt(place) & kept;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let [best, most] = [0, 0];
  for (const [key, count] of counts) if (count > most) [best, most] = [key, count];
  const half = lossy ? 4 : 0;
  const commonest: Colour = [(best >> 16) + half, ((best >> 8) & 255) + half, (best & 255) + half];
  const sum: [number, number, number] = [0, 0, 0];
  let agreeing = 0;
  for (const place of places) {
    const key = colourAt(place);
    const colour: Colour = [key >> 16, (key >> 8) & 255, key & 255];
    if (differenceOf(colour, commonest) > (lossy ? sameColour : sameGround)) continue;
    agreeing++;
    for (const channel of [0, 1, 2] as const) sum[channel] += colour[channel];
  }
  const mean = (channel: 0 | 1 | 2) => Math.round(sum[channel] / agreeing);
  const ground: Colour = lossy && agreeing > 0 ? [mean(0), mean(1), mean(2)] : commonest;
  return { ground, even: agreeing >= places.length * agreement };
}

/** How each pixel differs from one ground, or from the pixel that shows its own. */
function shiftsOf({ data }: Rgb, places: Int32Array, ground: Colour | Int32Array): Int16Array {
  const shifts = new Int16Array(places.length * 3);
  let to = 0;
  for (const place of places) {
    for (const channel of [0, 1, 2] as const) {
      const behind =
        ground instanceof Int32Array ? (data[(ground[place] ?? place) * 3 + channel] ?? 0) : ground[channel];
      shifts[to++] = (data[place * 3 + channel] ?? 0) - behind;
    }
  }
  return shifts;
}

/** Which way the ink lies from the ground: a vector of length 1. */
function wayOf(shifts: Int16Array): Vector | undefined {
  const sum: [number, number, number] = [0, 0, 0];
  for (let offset = 0; offset < shifts.length; offset += 3) {
    sum[0] += shifts[offset] ?? 0;
    sum[1] += shifts[offset + 1] ?? 0;
    sum[2] += shifts[offset + 2] ?? 0;
  }
  const length = Math.hypot(...sum);
  return length === 0 ? undefined : [sum[0] / length, sum[1] / length, sum[2] / length];
}

/** On a ground that changes: the colour of each letter's strongest pixel, and every colour beneath the letters. */
function changesOf(
  { data, width }: Rgb,
  map: Pick<Letters, "of" | "ground">,
  letters: readonly Letter[],
  strengthAt: (place: number) => number,
): Pick<Ink, "grounds" | "colours"> {
  const grounds = new Set<number>();
  const colours: Colour[] = [];
  const colourAt = (place: number): Colour => [
    data[place * 3] ?? 0,
    data[place * 3 + 1] ?? 0,
    data[place * 3 + 2] ?? 0,
  ];
  for (const letter of letters) {
    let [strongest, most] = [-1, 0];
    for (const place of placesOf(width, map.of, [letter])) {
      const [red, green, blue] = colourAt(map.ground[place] ?? place);
      grounds.add((red << 16) | (green << 8) | blue);
      const strength = strengthAt(place);
      if (strength > most) [strongest, most] = [place, strength];
    }
    if (strongest >= 0 && letter.pixels >= leastPixels) colours.push(colourAt(strongest));
  }
  return { grounds: [...grounds].map((key) => [key >> 16, (key >> 8) & 255, key & 255]), colours };
}

/** Smaller patches are dots, which may be too thin to show their colour. */
const leastPixels = 8;

/** The strongest pixels of an exact picture that have one colour, to the level, are the ink itself. */
function commonestShift(shifts: Int16Array, way: Vector, full: number): Vector | undefined {
  const counts = new Map<number, number>();
  let [best, most] = [0, 0];
  for (let offset = 0; offset < shifts.length; offset += 3) {
    const [red, green, blue] = [shifts[offset] ?? 0, shifts[offset + 1] ?? 0, shifts[offset + 2] ?? 0];
    if (red * way[0] + green * way[1] + blue * way[2] < full * 0.985) continue;
    const key = ((red + 255) << 18) | ((green + 255) << 9) | (blue + 255);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) [best, most] = [key, count];
  }
  if (most < leastPixels) return undefined;
  return [(best >> 18) - 255, ((best >> 9) & 511) - 255, (best & 511) - 255];
}

/** In an exact picture the strongest pixels are the ink itself, if several agree. */
function fullOfExact(sorted: Float32Array, letters: number): { full: number; below: number; above: number } {
  const least = Math.max(2, Math.ceil(sorted.length * 0.004));
  const full = sorted[Math.max(0, sorted.length - least)] ?? 0;
  const near = share(sorted, full * 0.985);
  const thin = near < 0.02 || near * sorted.length < 8;
  // Of many thin letters, one shows its colour nearly in full.
  return { full, below: 0.015, above: !thin ? 0.015 : letters >= 12 ? 0.05 : letters >= 6 ? 0.1 : 0.2 };
}

/** After JPEG the ink is where strengths pile up; where they do not, it is near the upper end. */
function fullOfLossy(sorted: Float32Array): { full: number; below: number; above: number } {
  const quantile = (q: number) => sorted[Math.max(0, Math.floor(sorted.length * (1 - q)) - 1)] ?? 0;
  const peak = densest(sorted, quantile(0.03));
  const upper = quantile(0.07);
  if (peak > upper * 0.88) return { full: peak, below: 0.05, above: 0.02 };
  return { full: upper, below: 0.07, above: 0.03 };
}

const share = (sorted: Float32Array, least: number) => {
  let from = sorted.length;
  while (from > 0 && (sorted[from - 1] ?? 0) >= least) from--;
  return (sorted.length - from) / sorted.length;
};

/** Where the values near the upper end lie densest, counted with a Gaussian of 4% of that end. */
function densest(sorted: Float32Array, end: number): number {
  const counts = new Float64Array(Math.ceil(end * 1.5) + 2);
  for (const value of sorted) {
    const index = Math.min(counts.length - 1, Math.round(value));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const deviation = Math.max(1, end * 0.04);
  const reach = Math.ceil(deviation * 2.5);
  let [best, most] = [end, -1];
  for (let index = Math.floor(end * 0.7); index <= Math.ceil(end); index++) {
    let sum = 0;
    for (let off = -reach; off <= reach; off++) {
      sum += (counts[index + off] ?? 0) * Math.exp(-(off * off) / (2 * deviation * deviation));
    }
    if (sum > most) [best, most] = [index, sum];
  }
  return best;
}
