import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import { type Envelopes, envelopesOf } from "./envelopes.js";
import type { Facing } from "./facing.js";
import { emptyMask, type Mask } from "./mask.js";

/** Two pictures, and what counts as a difference between their pixels. */
export class Scene {
  /** Pixels of after that nothing in before explains. */
  readonly changed: Mask;
  /** Pixels of after that stand on inserted lines, and are more than their ground. */
  readonly added: Mask;
  /** The same of before, on removed lines. */
  readonly removed: Mask;
  private ranges: { before: Envelopes; after: Envelopes } | undefined;

  /** @param noisy whether they were drawn in different ways, so that no edge is exactly the same */
  constructor(
    readonly before: Rgb,
    readonly after: Rgb,
    readonly noisy: boolean,
  ) {
    this.changed = emptyMask(after.width, after.height);
    this.added = emptyMask(after.width, after.height);
    this.removed = emptyMask(before.width, before.height);
  }

  /** How many pixels differ; counting ends at `limit`. */
  count(facing: Facing, limit = Number.POSITIVE_INFINITY): number {
    return this.look(facing, undefined, limit);
  }

  /** Marks the pixels of after that differ. */
  mark(facing: Facing): number {
    return this.look(facing, this.changed.marked, Number.POSITIVE_INFINITY);
  }

  private look(facing: Facing, marked: Uint8Array | undefined, limit: number): number {
    if (!this.noisy && facing.loose !== true)
      return lookExactly(this.before, this.after, facing, marked, limit);
    this.ranges ??= { before: envelopesOf(this.before), after: envelopesOf(this.after) };
    return lookTolerantly(this.before, this.after, this.ranges, facing, marked, limit);
  }

  /** Takes back what was marked in two boxes that face each other. */
  clear(before: Box, after: Box): void {
    unmark(this.changed, after);
    unmark(this.added, after);
    unmark(this.removed, before);
  }
}

export function unmark({ marked, width, height }: Mask, box: Box): void {
  const [left, right] = [Math.max(0, box.x), Math.min(width, box.x + box.width)];
  if (left >= right) return;
  for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y++)
    marked.fill(0, y * width + left, y * width + right);
}

/** Rounding may change a colour by so much, where pictures are drawn in one way. Levels of 255. */
const rounding = 2;

function lookExactly(
  before: Rgb,
  after: Rgb,
  facing: Facing,
  marked: Uint8Array | undefined,
  limit: number,
): number {
  let found = 0;
  const [one, other] = [before.data, after.data];
  for (let y = 0; y < facing.height; y++) {
    let from = ((facing.before.y + y) * before.width + facing.before.x) * 3;
    let place = (facing.after.y + y) * after.width + facing.after.x;
    let to = place * 3;
    for (let x = 0; x < facing.width; x++, from += 3, to += 3, place++) {
      const red = (one[from] ?? 0) - (other[to] ?? 0);
      const green = (one[from + 1] ?? 0) - (other[to + 1] ?? 0);
      const blue = (one[from + 2] ?? 0) - (other[to + 2] ?? 0);
      if (red === 0 && green === 0 && blue === 0) continue;
      if (Math.max(red, -red, green, -green, blue, -blue) <= rounding) continue;
      found++;
      if (marked) marked[place] = 1;
    }
    if (found >= limit) return found;
  }
  return found;
}

/** What JPEG makes of a flat ground. Levels of 255. */
const flatNoise = 3;
/** Beside an edge, noise is a part of its height. */
const edgeNoise = 0.3;

function lookTolerantly(
  before: Rgb,
  after: Rgb,
  ranges: { before: Envelopes; after: Envelopes },
  facing: Facing,
  marked: Uint8Array | undefined,
  limit: number,
): number {
  let found = 0;
  const [one, other] = [before.data, after.data];
  for (let y = 0; y < facing.height; y++) {
    let from = ((facing.before.y + y) * before.width + facing.before.x) * 3;
    let place = (facing.after.y + y) * after.width + facing.after.x;
    let to = place * 3;
    for (let x = 0; x < facing.width; x++, from += 3, to += 3, place++) {
      for (let channel = 0; channel < 3; channel++) {
        const [a, b] = [one[from + channel] ?? 0, other[to + channel] ?? 0];
        if (a - b <= flatNoise && b - a <= flatNoise) continue;
        const [lowA, highA] = [
          ranges.before.low[from + channel] ?? 0,
          ranges.before.high[from + channel] ?? 0,
        ];
        const [lowB, highB] = [ranges.after.low[to + channel] ?? 0, ranges.after.high[to + channel] ?? 0];
        const most = flatNoise + edgeNoise * Math.max(highA - lowA, highB - lowB);
        if (b < lowA - most || b > highA + most || a < lowB - most || a > highB + most) {
          found++;
          if (marked) marked[place] = 1;
          break;
        }
      }
    }
    if (found >= limit) return found;
  }
  return found;
}
