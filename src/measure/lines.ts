import type { Box } from "../report.js";
import { around, overlapOf } from "./boxes.js";
import type { Letter } from "./letters.js";
import { joinNeighbours, pointReach } from "./runs.js";
import type { Segment } from "./segments.js";

/** What stands on one line, in whatever colours. Pixels of the picture. */
export interface TextLine extends Box {
  /** From left to right. */
  segments: Segment[];
  letters: Letter[];
}

/** Text is at least so high, in pixels: three pixels of x-height are the least that can be told from dirt. */
const lowest = 3;

/** Nothing is a part of what is higher. Pixels. */
const highest = 80;

/** Joins what stands side by side into lines. */
export const joinLines = (segments: readonly Segment[]): TextLine[] =>
  joinNeighbours(segments, isNext)
    .map((group) => ({
      ...around(group),
      segments: group,
      letters: group.flatMap(({ letters }) => letters),
    }))
    .filter(({ height }) => height >= lowest);

function isNext(left: Segment, right: Segment): boolean {
  const { across, down } = overlapOf(left, right);
  const [small, large] = left.height < right.height ? [left, right] : [right, left];
  const [low, high] = [small.height, large.height];
  // A dot, a dash or an ellipsis beside a word; a label within a drawing is no part of it.
  if (low < high * 0.4) {
    const isPoint = small.letters.length === 1 || (small.letters.length === 3 && low < high * 0.25);
    return isPoint && high < highest && down >= low * 0.5 && -across <= high * pointReach;
  }
  // Two lines beside one high thing are not one line. In code, words stand further apart than elsewhere.
  return down >= high * 0.5 && -across <= Math.max(low, high * 0.6) * 1.5;
}
