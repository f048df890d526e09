import type { Rgb } from "./palette.js";
import { sharp } from "./sharp.js";

/** Letters are looked for in a picture of this size: those that are not found there are too small for any model. */
const longEdge = 2000;
/** Neighbours that differ by more are an edge. Levels. */
const faintestEdge = 28;
/** On paper, edges are at least this share of the strong ones: its own grid is fainter than what is written on it. */
const inkShare = 0.4;
/** Pixels at that size. */
const [leastHeight, greatestHeight] = [5, 120];
/** Letters are full of edges, the outlines of boxes are not. Share of the pixels around them. */
const fewestEdges = 0.18;
/** The smallest text that matters: below it is no more than this share of the letters. */
const negligible = 0.08;
/** Fewer letters are none. */
const fewestLetters = 6;

/**
 * How high the letters of the smallest text that matters are, by blobs of edges that stand in lines: no text is read.
 *
 * @param isPhoto of something drawn on paper or a board, rather than of a screen
 * @returns pixels of the picture, from the foot of a letter to the top of a tall one; undefined when no text is found
 */
export async function letterHeight(
  { data, width, height }: Rgb,
  isPhoto: boolean,
): Promise<number | undefined> {
  const scale = Math.min(1, longEdge / Math.max(width, height));
  const { data: grey, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), { fit: "fill" })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const edge = isPhoto ? Math.max(faintestEdge, inkShare * strongEdge(grey)) : faintestEdge;
  const lines = linesOf(outermost(blobsIn(grey, info.width, info.height, edge).filter(isLetters)));
  // A letter is about as wide as half its height, with the space beside it.
  const counted = lines
    .map((line) => ({ height: line.height, letters: line.width / (line.height * 0.6) }))
    .sort((a, b) => a.height - b.height);
  const all = counted.reduce((sum, { letters }) => sum + letters, 0);
  if (all < fewestLetters) return undefined;
  let below = 0;
  const smallest = counted.find(({ letters }) => {
    below += letters;
    return below > all * negligible;
  });
  return smallest && smallest.height / scale;
}

/** The step across the edge of a usual stroke, of all that are no grain. */
function strongEdge(grey: Uint8Array): number {
  const counts = new Uint32Array(256);
  let all = 0;
  for (let index = 1; index < grey.length; index++) {
    const step = Math.abs((grey[index] ?? 0) - (grey[index - 1] ?? 0));
    if (step <= faintestEdge) continue;
    counts[step] = (counts[step] ?? 0) + 1;
    all++;
  }
  let left = all * 0.1;
  for (let step = 255; step > 0; step--) {
    left -= counts[step] ?? 0;
    if (left < 0) return step;
  }
  return 0;
}

interface Blob {
  left: number;
  top: number;
  right: number;
  bottom: number;
  edges: number;
}

/** What hangs together of the edges, also by its corners, found run by run. */
function blobsIn(grey: Uint8Array, width: number, height: number, edge: number): Blob[] {
  const blobs: Blob[] = [];
  const parents: number[] = [];
  const rootOf = (of: number): number => {
    let root = of;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[of] = root;
    return root;
  };
  interface Run {
    from: number;
    to: number;
    blob: number;
  }
  let above: Run[] = [];
  for (let y = 0; y + 1 < height; y++) {
    const runs: Run[] = [];
    let from = -1;
    let next = 0;
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      const level = grey[index] ?? 0;
      const isEdge =
        x + 1 < width &&
        (Math.abs(level - (grey[index + 1] ?? 0)) > edge ||
          Math.abs(level - (grey[index + width] ?? 0)) > edge);
      if (isEdge && from < 0) from = x;
      if (isEdge || from < 0) continue;
      const blob = blobs.push({ left: from, top: y, right: x, bottom: y + 1, edges: x - from }) - 1;
      parents.push(blob);
      const run = { from, to: x, blob };
      from = -1;
      while ((above[next]?.to ?? Number.POSITIVE_INFINITY) < run.from) next++;
      for (let index = next; (above[index]?.from ?? Number.POSITIVE_INFINITY) <= run.to; index++) {
        const [one, other] = [rootOf(above[index]?.blob ?? blob), rootOf(run.blob)];
        if (one === other) continue;
        parents[other] = one;
        join(blobs[one], blobs[other]);
      }
      runs.push(run);
    }
    above = runs;
  }
  return blobs.filter((_, index) => parents[index] === index);
}

function join(into: Blob | undefined, other: Blob | undefined): void {
  if (!into || !other) return;
  into.left = Math.min(into.left, other.left);
  into.top = Math.min(into.top, other.top);
  into.right = Math.max(into.right, other.right);
  into.bottom = Math.max(into.bottom, other.bottom);
  into.edges += other.edges;
}

const heightOf = ({ top, bottom }: Blob): number => bottom - top;

/** Whether a blob may be a letter, or some that touch. */
function isLetters(blob: Blob): boolean {
  const [width, height] = [blob.right - blob.left, heightOf(blob)];
  return (
    height >= leastHeight &&
    height <= greatestHeight &&
    width >= height * 0.15 &&
    width <= height * 25 &&
    blob.edges >= width * height * fewestEdges
  );
}

/** Without those that lie within another, as the inside of an o does. Sorted by their left side. */
function outermost(blobs: Blob[]): Blob[] {
  const sorted = blobs.sort((a, b) => a.left - b.left || b.right - a.right);
  return sorted.filter((blob, index) => {
    for (let before = index - 1; before >= 0; before--) {
      const other = sorted[before];
      if (!other || blob.left - other.left > greatestHeight) return true;
      if (other.right >= blob.right && other.top <= blob.top && other.bottom >= blob.bottom) return false;
    }
    return true;
  });
}

/** Blobs of about the same height side by side, with the height of its tall letters. What stands alone is no text. */
function linesOf(blobs: Blob[]): Array<{ width: number; height: number }> {
  const open: Blob[][] = [];
  const lines: Blob[][] = [];
  for (const blob of blobs) {
    const line = open.find((candidate) => {
      const last = candidate[candidate.length - 1];
      return last !== undefined && isBeside(last, blob);
    });
    if (line) line.push(blob);
    else {
      const started = [blob];
      lines.push(started);
      open.push(started);
    }
    // Lines that ended far to the left are not looked at again.
    if (open.length > 400)
      open.splice(
        0,
        open.length,
        ...open.filter((one) => (one[one.length - 1]?.right ?? 0) > blob.left - greatestHeight),
      );
  }
  return lines.flatMap((line) => {
    const width = line.reduce((sum, { left, right }) => sum + right - left, 0);
    const heights = line.map(heightOf).sort((a, b) => a - b);
    const height = heights[Math.floor(heights.length * 0.7)] ?? 0;
    // Edges reach a pixel beyond the letters.
    return width >= height * 1.5 ? [{ width, height: height - 1 }] : [];
  });
}

function isBeside(one: Blob, other: Blob): boolean {
  const [small, large] = [heightOf(one), heightOf(other)].sort((a, b) => a - b);
  if (small === undefined || large === undefined || small < large * 0.45) return false;
  const common = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return common >= small * 0.5 && other.left - one.right <= large * 1.2 && other.left >= one.left;
}
