import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { brightnessOf, type Colour, clampChannel } from "./colour.js";
import type { Ground } from "./ground.js";

type Vector = [number, number, number];

/** How a text differs from its ground. */
export interface Ink {
  /** From the ground to the text's colour, in levels of 255. */
  shift: Vector;
  /**
   * How far the shift may be off, as a share of it: a stroke thinner than a pixel never shows its colour in
   * full, and JPEG smears it.
   */
  below: number;
  above: number;
  /** Pixels that hold any of the colour. */
  pixels: number;
  /** The rows that the letters fill, first and after the last. Pixels of the picture. */
  top: number;
  bottom: number;
  /** Mean length of the strokes' cuts along the rows, in pixels: their thickness. */
  stroke: number;
}

/** Less than this is noise. Levels of 255. */
const leastShift = 5;

/**
 * What colour the letters in these boxes have, anti-aliased or not.
 *
 * Every pixel of a letter lies between the ground and the ink, by how much of it is covered. Which way the ink
 * lies is the sum over all pixels: blurring, subpixel rendering and JPEG's coarser colours leave it as it is.
 * How far it lies is told by the pixels that are covered whole.
 *
 * @param boxes of words of one colour, in pixels of the picture
 * @param lossy whether the picture has been through JPEG or its like
 */
export function measureInk(
  pixels: Rgb,
  boxes: readonly Box[],
  ground: Ground,
  lossy: boolean,
): Ink | undefined {
  const shifts = shiftsOf(pixels, boxes, ground);
  const way = wayOf(shifts);
  if (!way) return undefined;
  // JPEG keeps brightness sharper than colour.
  const brightness = brightnessOf(...way);
  const weights: Vector =
    lossy && Math.abs(brightness) > 0.2 ? [0.299 / brightness, 0.587 / brightness, 0.114 / brightness] : way;
  const strengths = new Float32Array(shifts.length / 3);
  const strongest = new Float32Array(Math.max(...boxes.map(({ height }) => height)));
  const rows = rowsOf(boxes);
  let count = 0;
  let runs = 0;
  let inRun = false;
  for (let at = 0; at < shifts.length; at += 3) {
    const strength =
      (shifts[at] ?? 0) * weights[0] +
      (shifts[at + 1] ?? 0) * weights[1] +
      (shifts[at + 2] ?? 0) * weights[2];
    if (strength >= leastShift) {
      strengths[count++] = strength;
      if (!inRun) runs++;
      const row = rows[at / 3] ?? 0;
      if (strength > (strongest[row] ?? 0)) strongest[row] = strength;
    }
    inRun = strength >= leastShift;
  }
  if (count === 0) return undefined;
  const sorted = strengths.subarray(0, count).sort();
  const { full, below, above } = lossy ? fullOfLossy(sorted) : fullOfExact(sorted);
  const covered = sorted.reduce((total, strength) => total + Math.min(1, strength / full), 0);
  const filled = [...strongest.keys()].filter((row) => (strongest[row] ?? 0) >= full * 0.45);
  const y = boxes[0]?.y ?? 0;
  return {
    top: y + (filled[0] ?? 0),
    bottom: y + (filled.at(-1) ?? 0) + 1,
    shift: [way[0] * full, way[1] * full, way[2] * full],
    below,
    above,
    pixels: count,
    stroke: runs === 0 ? 0 : covered / runs,
  };
}

/** The ink's colour on one of its grounds. */
export const inkOn = (ground: Colour, { shift }: Pick<Ink, "shift">, strength = 1): Colour => [
  clampChannel(ground[0] + shift[0] * strength),
  clampChannel(ground[1] + shift[1] * strength),
  clampChannel(ground[2] + shift[2] * strength),
];

/** Which way the ink lies from the ground: a vector of length 1. */
function wayOf(shifts: Int16Array): Vector | undefined {
  const sum: Vector = [0, 0, 0];
  for (let at = 0; at < shifts.length; at += 3) {
    const [red, green, blue] = [shifts[at] ?? 0, shifts[at + 1] ?? 0, shifts[at + 2] ?? 0];
    sum[0] += red;
    sum[1] += green;
    sum[2] += blue;
  }
  const length = Math.hypot(...sum);
  return length === 0 ? undefined : [sum[0] / length, sum[1] / length, sum[2] / length];
}

/** For each pixel of the boxes, one after the other: its row in its box. */
function rowsOf(boxes: readonly Box[]): Uint16Array {
  const rows = new Uint16Array(boxes.reduce((sum, box) => sum + box.width * box.height, 0));
  let to = 0;
  for (const { width, height } of boxes)
    for (let row = 0; row < height; row++, to += width) rows.fill(row, to, to + width);
  return rows;
}

function shiftsOf({ data, width }: Rgb, boxes: readonly Box[], ground: Ground): Int16Array {
  const shifts = new Int16Array(boxes.reduce((sum, box) => sum + box.width * box.height * 3, 0));
  let to = 0;
  for (const box of boxes) {
    for (let y = box.y; y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++) {
        const at = (y * width + x) * 3;
        const behind = ground.at(x);
        for (const channel of [0, 1, 2] as const) shifts[to++] = (data[at + channel] ?? 0) - behind[channel];
      }
    }
  }
  return shifts;
}

/** In an exact picture the strongest pixels are the ink itself, if several agree. */
function fullOfExact(sorted: Float32Array): { full: number; below: number; above: number } {
  const least = Math.max(2, Math.ceil(sorted.length * 0.004));
  const full = sorted[Math.max(0, sorted.length - least)] ?? 0;
  const near = share(sorted, full * 0.985);
  const thin = near < 0.02 || near * sorted.length < 8;
  return { full, below: 0.01, above: thin ? 0.2 : 0.01 };
}

/** After JPEG the ink is where strengths pile up; where they do not, it is near the upper end. */
function fullOfLossy(sorted: Float32Array): { full: number; below: number; above: number } {
  const quantile = (q: number) => sorted[Math.max(0, Math.floor(sorted.length * (1 - q)) - 1)] ?? 0;
  const peak = densest(sorted, quantile(0.02));
  const upper = quantile(0.045);
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
    const at = Math.min(counts.length - 1, Math.round(value));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const deviation = Math.max(1, end * 0.04);
  const reach = Math.ceil(deviation * 2.5);
  let [best, most] = [end, -1];
  for (let at = Math.floor(end * 0.7); at <= Math.ceil(end); at++) {
    let sum = 0;
    for (let off = -reach; off <= reach; off++) {
      sum += (counts[at + off] ?? 0) * Math.exp(-(off * off) / (2 * deviation * deviation));
    }
    if (sum > most) [best, most] = [at, sum];
  }
  return best;
}
