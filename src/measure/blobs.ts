import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { brightnessOf } from "./colour.js";

/** A patch of connected edges: a letter or several, an icon, a border. Pixels of the original. */
export interface Blob extends Box {
  /** How many of its pixels lie on an edge. */
  edges: number;
  /** How many of them lie well inside its box: next to none in a frame. */
  inner: number;
}

/** Two neighbours that differ by more are an edge. Levels of 255; text of 1.3:1 differs by 12 and more. */
const leastStep = 7;
/** Beside a strong edge, JPEG leaves ripples of up to this share of it. */
const ripples = 0.24;
/** How far the ripples reach: the size of a JPEG block. Pixels. */
const rippleReach = 8;

/**
 * Where neighbouring pixels differ: 1 on both sides of every edge.
 *
 * @param lossy whether the picture has been through JPEG or its like, so that faint edges beside strong ones
 * are no edges
 */
export function findEdges({ data, width, height }: Rgb, lossy: boolean): Uint8Array {
  const steps = new Uint8Array(width * height);
  const row = width * 3;
  const difference = lossy ? brightnessDifference : channelDifference;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      const pixel = index * 3;
      if (x + 1 < width) {
        const step = difference(data, pixel, pixel + 3);
        if (step > (steps[index] ?? 0)) steps[index] = step;
        if (step > (steps[index + 1] ?? 0)) steps[index + 1] = step;
      }
      if (y + 1 < height) {
        const step = difference(data, pixel, pixel + row);
        if (step > (steps[index] ?? 0)) steps[index] = step;
        if (step > (steps[index + width] ?? 0)) steps[index + width] = step;
      }
    }
  }
  const least = Math.max(leastStep, grain(steps) * 4);
  const strongest = lossy ? windowMaximum(steps, width, height, rippleReach) : undefined;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? 0;
    const weak = strongest !== undefined && step < (strongest[index] ?? 0) * ripples;
    steps[index] = step >= least && !weak ? 1 : 0;
  }
  return steps;
}

function channelDifference(data: Uint8Array, one: number, other: number): number {
  const red = Math.abs((data[one] ?? 0) - (data[other] ?? 0));
  const green = Math.abs((data[one + 1] ?? 0) - (data[other + 1] ?? 0));
  const blue = Math.abs((data[one + 2] ?? 0) - (data[other + 2] ?? 0));
  return Math.max(red, green, blue);
}

/** How much a difference in colour counts, beside one in brightness, once JPEG has coarsened the colours. */
const colourWeight = 0.35;

/** JPEG's ripples are in the colours, over twice the distance, before they are in the brightness. */
function brightnessDifference(data: Uint8Array, one: number, other: number): number {
  const red = (data[one] ?? 0) - (data[other] ?? 0);
  const green = (data[one + 1] ?? 0) - (data[other + 1] ?? 0);
  const blue = (data[one + 2] ?? 0) - (data[other + 2] ?? 0);
  const brightness = Math.abs(brightnessOf(red, green, blue));
  return Math.max(brightness, colourWeight * Math.max(Math.abs(red), Math.abs(green), Math.abs(blue)));
}

/** The median step: nothing on a screen, the sensor's noise in a photo. */
function grain(steps: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const step of steps) counts[step] = (counts[step] ?? 0) + 1;
  let seen = 0;
  for (let step = 0; step < 256; step++) {
    seen += counts[step] ?? 0;
    if (seen * 2 >= steps.length) return step;
  }
  return 0;
}

/** The largest value within `reach` of each pixel, along the rows and then along the columns. */
export function windowMaximum(values: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const along = new Uint8Array(values.length);
  const both = new Uint8Array(values.length);
  slide(values, along, width, 1, height, width, reach);
  slide(along, both, height, width, width, 1, reach);
  return both;
}

function slide(
  from: Uint8Array,
  to: Uint8Array,
  length: number,
  step: number,
  lines: number,
  lineStep: number,
  reach: number,
): void {
  // Indices of falling values: the first is always the largest within reach.
  const queue = new Int32Array(length);
  for (let line = 0; line < lines; line++) {
    const base = line * lineStep;
    let [head, tail] = [0, 0];
    for (let index = 0; index < length + reach; index++) {
      if (index < length) {
        const value = from[base + index * step] ?? 0;
        while (tail > head && (from[base + (queue[tail - 1] ?? 0) * step] ?? 0) <= value) tail--;
        queue[tail++] = index;
      }
      const middle = index - reach;
      if (middle < 0) continue;
      while ((queue[head] ?? 0) < middle - reach) head++;
      to[base + middle * step] = from[base + (queue[head] ?? 0) * step] ?? 0;
    }
  }
}

/** The connected patches of edges, diagonals included. */
export function findBlobs(edges: Uint8Array, width: number, height: number): Blob[] {
  // Runs of edge pixels, row by row; runs that touch the row above join its patch.
  const parents: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const rows: number[] = [];
  const find = (run: number): number => {
    let index = run;
    while (parents[index] !== index) {
      const above = parents[index] ?? index;
      parents[index] = parents[above] ?? above;
      index = parents[index] ?? index;
    }
    return index;
  };
  let [previous, previousEnd] = [0, 0];
  for (let y = 0; y < height; y++) {
    const first = starts.length;
    let above = previous;
    for (let x = 0; x < width; x++) {
      if (edges[y * width + x] !== 1) continue;
      const start = x;
      while (x < width && edges[y * width + x] === 1) x++;
      const run = starts.length;
      starts.push(start);
      ends.push(x);
      rows.push(y);
      parents.push(run);
      while (above < previousEnd && (ends[above] ?? 0) < start) above++;
      for (let other = above; other < previousEnd && (starts[other] ?? 0) <= x; other++) {
        const [a, b] = [find(run), find(other)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
    [previous, previousEnd] = [first, starts.length];
  }
  const roots = new Int32Array(starts.length);
  const blobs = new Map<number, Blob>();
  for (let run = 0; run < starts.length; run++) {
    const [left, right, y] = [starts[run] ?? 0, ends[run] ?? 0, rows[run] ?? 0];
    const root = find(run);
    roots[run] = root;
    const blob = blobs.get(root);
    if (!blob) {
      blobs.set(root, { x: left, y, width: right - left, height: 1, edges: right - left, inner: 0 });
      continue;
    }
    const end = Math.max(blob.x + blob.width, right);
    blob.x = Math.min(blob.x, left);
    blob.width = end - blob.x;
    blob.height = y + 1 - blob.y;
    blob.edges += right - left;
  }
  for (let run = 0; run < starts.length; run++) {
    const blob = blobs.get(roots[run] ?? 0);
    if (!blob) continue;
    const border = borderOf(blob);
    const y = rows[run] ?? 0;
    if (y < blob.y + border || y >= blob.y + blob.height - border) continue;
    const left = Math.max(starts[run] ?? 0, blob.x + border);
    const right = Math.min(ends[run] ?? 0, blob.x + blob.width - border);
    if (right > left) blob.inner += right - left;
  }
  return [...blobs.values()];
}

const borderOf = ({ width, height }: Box) => Math.max(3, Math.round(Math.min(width, height) * 0.15));

/** Whether a patch is the outline of something: a button, a field, a card, a table. */
export function isFrame(blob: Blob): boolean {
  const { width, height, inner } = blob;
  if (width < 12 || height < 12) return false;
  const border = borderOf(blob);
  const share = inner / ((width - 2 * border) * (height - 2 * border));
  // A large round letter is a ring, too.
  return share < (width > height * 1.4 || height > 80 ? 0.1 : 0.02);
}

/** Whether a patch is a rule between things, or a bar; a long word whose letters touch is neither. */
export function isRule({ width, height, edges }: Blob): boolean {
  const [thin, long] = [Math.min(width, height), Math.max(width, height)];
  return long > thin * 15 && (thin <= 6 || edges < long * 5);
}
