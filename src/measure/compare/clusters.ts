import type { Box } from "../../report.js";

/** Joins boxes that stand no further apart than `reach`, until none do. */
export function joinBoxes<T extends { box: Box }>(items: readonly T[], reach: number): T[][] {
  let groups = items.map((item) => ({ box: item.box, items: [item] }));
  for (let joined = true; joined; ) {
    joined = false;
    const kept: typeof groups = [];
    for (const group of groups) {
      const near = kept.find(({ box }) => areNear(box, group.box, reach));
      if (near) {
        near.box = union(near.box, group.box);
        near.items.push(...group.items);
        joined = true;
      } else kept.push(group);
    }
    groups = kept;
  }
  return groups.map((group) => group.items);
}

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
