import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import type { LineReader } from "../ocr.js";
import { alignLines } from "./alignLines.js";
import type { Aligned, Change, Comparison } from "./comparison.js";
import { markDifferences } from "./difference.js";
import { clustersOf, emptyMask } from "./mask.js";
import { binsFor, signaturesOf } from "./signatures.js";

export interface CompareOptions {
  /** What lies in these is not compared: pixels of the picture after. */
  ignore?: readonly Box[] | undefined;
  /** Reads lines of text; words are not read without it. */
  read?: LineReader | undefined;
}

/** Fragments that stand no further apart are one element. Pixels. */
const reach = 20;

/**
 * What differs between two pictures of one screen: aligned first, so that what only moved is no change.
 *
 * @param before upright and opaque
 * @param after likewise, of whatever size
 * @returns places in pixels of each picture
 */
export async function comparePictures(
  before: Rgb,
  after: Rgb,
  { ignore = [] }: CompareOptions = {},
): Promise<Comparison> {
  const isSameSize = before.width === after.width && before.height === after.height;
  if (isSameSize && Buffer.compare(before.data, after.data) === 0)
    return { scale: 1, rows: [{ before: 0, after: 0, length: after.height }], changes: [], noise: 0 };
  const width = Math.min(before.width, after.width);
  const bins = binsFor(width);
  const signatures = [before, after].map((picture) =>
    signaturesOf(picture, { x: 0, y: 0, width, height: picture.height }, "rows", bins),
  );
  const [one, other] = signatures;
  const rows = one && other ? alignLines(one, other) : [];
  const mask = emptyMask(after.width, after.height);
  const changes: Change[] = [];
  for (const { before: from, after: to, length } of rows) {
    const facing = { before: { x: 0, y: from }, after: { x: 0, y: to }, width, height: length };
    markDifferences(before, after, facing, 3, mask);
  }
  for (const box of ignore) unmark(mask.marked, after.width, box);
  for (const { box, pixels } of clustersOf(mask, reach, { x: 0, y: 0, width, height: after.height })) {
    const differing = pixels / (box.width * box.height);
    changes.push({
      kind: "recoloured",
      before: { ...box, y: placeBefore(rows, box.y) },
      after: box,
      differing,
    });
  }
  return { scale: 1, rows, changes: [...changes, ...gapsOf(rows, before, after)], noise: 0 };
}

/** Where a row of after is in before. */
function placeBefore(rows: readonly Aligned[], y: number): number {
  const facing = rows.findLast(({ after }) => after <= y) ?? { before: 0, after: 0 };
  return y - facing.after + facing.before;
}

function unmark(marked: Uint8Array, width: number, box: Box): void {
  for (let y = box.y; y < box.y + box.height; y++)
    marked.fill(0, y * width + box.x, y * width + box.x + box.width);
}

/** Rows that were inserted or removed. */
function gapsOf(rows: readonly Aligned[], before: Rgb, after: Rgb): Change[] {
  const changes: Change[] = [];
  let [from, to] = [0, 0];
  const end = { before: before.height, after: after.height, length: 0 };
  for (const facing of [...rows, end]) {
    if (facing.after > to) {
      const box = { x: 0, y: to, width: after.width, height: facing.after - to };
      changes.push({ kind: "added", after: box, differing: 1 });
    }
    if (facing.before > from) {
      const box = { x: 0, y: from, width: before.width, height: facing.before - from };
      changes.push({ kind: "removed", before: box, differing: 1 });
    }
    [from, to] = [facing.before + facing.length, facing.after + facing.length];
  }
  return changes;
}
