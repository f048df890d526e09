import type { Box } from "../report.js";
import type { Blob } from "./blobs.js";

/** What may be a line of text. Pixels of the original. */
export interface TextLine extends Box {
  /** Its letters, or patches of several that touch, from left to right. */
  blobs: Blob[];
}

/** Text is at least so high, in pixels, edges included: five pixels of x-height are the least that can be read. */
const lowest = 5;
/** Text is at most so high. Pixels. */
const highest = 260;

/**
 * Joins patches that stand side by side into lines.
 *
 * @param blobs without frames, lines and pictures
 */
export function joinLines(blobs: readonly Blob[]): TextLine[] {
  const sorted = blobs.filter(({ height }) => height <= highest).sort((a, b) => a.x - b.x);
  const parents = sorted.map((_, at) => at);
  const find = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[at] = root;
    return root;
  };
  const cell = 32;
  const grid = new Map<number, number[]>();
  for (const [at, blob] of sorted.entries()) {
    for (let row = Math.floor(blob.y / cell); row <= Math.floor((blob.y + blob.height - 1) / cell); row++) {
      const neighbours = grid.get(row) ?? [];
      // Those that ended long ago are out of reach for everything that follows, too.
      for (let before = neighbours.length - 1; before >= 0; before--) {
        const index = neighbours[before] ?? 0;
        const other = sorted[index];
        if (!other) continue;
        if (blob.x - other.x - other.width > highest) {
          if (neighbours.length > 64) neighbours.splice(before, 1);
          continue;
        }
        if (find(index) !== find(at) && belongTogether(other, blob)) parents[find(at)] = find(index);
      }
      neighbours.push(at);
      grid.set(row, neighbours);
    }
  }
  const groups = new Map<number, Blob[]>();
  for (const [at, blob] of sorted.entries()) {
    const root = find(at);
    groups.set(root, [...(groups.get(root) ?? []), blob]);
  }
  return mergeOverlapping([...groups.values()].map(lineOf)).filter(({ height }) => height >= lowest);
}

function belongTogether(left: Blob, right: Blob): boolean {
  const overlap = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y);
  const [low, high] = [Math.min(left.height, right.height), Math.max(left.height, right.height)];
  if (overlap < low * 0.5) return false;
  const gap = right.x - (left.x + left.width);
  // A dot or a comma belongs to what is near; two words stand about a third of their height apart.
  if (low < high * 0.35) return gap <= high * 0.45;
  return gap <= Math.max(low, high * 0.6) * 0.8 && high <= low * 3;
}

function lineOf(blobs: Blob[]): TextLine {
  const x = Math.min(...blobs.map((blob) => blob.x));
  const y = Math.min(...blobs.map((blob) => blob.y));
  const right = Math.max(...blobs.map((blob) => blob.x + blob.width));
  const bottom = Math.max(...blobs.map((blob) => blob.y + blob.height));
  return { x, y, width: right - x, height: bottom - y, blobs };
}

/** Dots of an i, quotes and underlines stand above and below their line: they join the line that they lie on. */
function mergeOverlapping(lines: TextLine[]): TextLine[] {
  const sorted = lines.sort((a, b) => b.width * b.height - a.width * a.height);
  const kept: TextLine[] = [];
  for (const line of sorted) {
    const at = kept.findIndex((other) => {
      const across = Math.min(line.x + line.width, other.x + other.width) - Math.max(line.x, other.x);
      const reach = line.height < other.height * 0.5 ? other.height * 0.3 : 0;
      const down =
        Math.min(line.y + line.height, other.y + other.height + reach) - Math.max(line.y, other.y - reach);
      return across >= line.width * 0.5 && down >= line.height * 0.6;
    });
    const other = kept[at];
    if (other) kept[at] = lineOf([...other.blobs, ...line.blobs].sort((a, b) => a.x - b.x));
    else kept.push(line);
  }
  return kept;
}
