import type { Box } from "../report.js";

/** The smallest box that holds them all. */
export function around(boxes: readonly Box[]): Box {
  let [x, y, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const box of boxes) {
    x = Math.min(x, box.x);
    y = Math.min(y, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x, y, width: right - x, height: bottom - y };
}

/** How far two boxes overlap, across and down; negative by as much as they stand apart. */
export const overlapOf = (one: Box, other: Box): { across: number; down: number } => ({
  across: Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x),
  down: Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y),
});

/** How far two boxes stand apart; 0 where they touch. */
export function gapBetween(one: Box, other: Box): number {
  const { across, down } = overlapOf(one, other);
  return Math.hypot(Math.max(0, -across), Math.max(0, -down));
}

/** Whether all of a box lies in another. */
export const holds = (whole: Box, box: Box): boolean => {
  const { across, down } = overlapOf(whole, box);
  return across >= box.width && down >= box.height;
};

/** Whether the middle of a box lies in another. */
export const isWithin = (box: Box, whole: Box): boolean =>
  Math.abs(box.x + box.width / 2 - whole.x - whole.width / 2) <= whole.width / 2 &&
  Math.abs(box.y + box.height / 2 - whole.y - whole.height / 2) <= whole.height / 2;
