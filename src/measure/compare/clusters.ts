import type { Box } from "../../report.js";

/** Whether two boxes stand no further apart than `reach`, across and down. */
export function areNear(one: Box, other: Box, reach: number): boolean {
  return (
    one.x <= other.x + other.width + reach &&
    other.x <= one.x + one.width + reach &&
    one.y <= other.y + other.height + reach &&
    other.y <= one.y + one.height + reach
  );
}

export function union(one: Box, other: Box): Box {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}
