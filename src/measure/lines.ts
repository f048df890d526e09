import type { Box } from "../report.js";
import type { Blob } from "./blobs.js";
import { around, overlapOf } from "./boxes.js";

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
    const group = groups.get(find(at));
    if (group) group.push(blob);
    else groups.set(find(at), [blob]);
  }
  return mergeOverlapping([...groups.values()].map(lineOf)).filter(({ height }) => height >= lowest);
}

function belongTogether(left: Blob, right: Blob): boolean {
  const { across, down } = overlapOf(left, right);
  const [low, high] = [Math.min(left.height, right.height), Math.max(left.height, right.height)];
  if (down < low * 0.5) return false;
  // A dot or a comma belongs to what is near; two words stand about a third of their height apart.
  if (low < high * 0.35) return -across <= high * 0.45;
  return -across <= Math.max(low, high * 0.6) * 0.8 && high <= low * 3;
}

const lineOf = (blobs: Blob[]): TextLine => ({ ...around(blobs), blobs });

/** Dots of an i, quotes and underlines stand above and below their line: they join the line that they lie on. */
function mergeOverlapping(lines: TextLine[]): TextLine[] {
  const sorted = lines.sort((a, b) => b.width * b.height - a.width * a.height);
  const kept: TextLine[] = [];
  const nearby = new Map<number, number[]>();
  for (const line of sorted) {
    const rows = rowsOf(line);
    const at = rows
      .flatMap((row) => nearby.get(row) ?? [])
      .find((index) => {
        const other = kept[index];
        return other !== undefined && liesOn(line, other);
      });
    const other = at === undefined ? undefined : kept[at];
    const index = at ?? kept.length;
    kept[index] = other ? lineOf([...other.blobs, ...line.blobs].sort((a, b) => a.x - b.x)) : line;
    for (const row of rows) {
      const there = nearby.get(row);
      if (!there) nearby.set(row, [index]);
      else if (!there.includes(index)) there.push(index);
    }
  }
  return kept;
}

function liesOn(line: Box, other: Box): boolean {
  const reach = line.height < other.height * 0.5 ? other.height * 0.3 : 0;
  const within = { ...other, y: other.y - reach, height: other.height + 2 * reach };
  const { across, down } = overlapOf(line, within);
  return across >= line.width * 0.5 && down >= line.height * 0.6;
}

const cell = 32;

/** The rows of cells that a box and its surroundings touch. */
function rowsOf({ y, height }: Box): number[] {
  const [first, last] = [Math.floor(y / cell) - 1, Math.floor((y + height) / cell) + 1];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
