import type { Box } from "../../report.js";
import { areNear, union } from "./clusters.js";
import { placeBefore } from "./explain.js";
import { boxAfter, boxBefore, type Facing } from "./facing.js";
import { clustersOf, type Mask } from "./mask.js";
import type { Scene } from "./scene.js";

/** What differs, as a person would draw a box around it: one element. */
export interface Region {
  before?: Box;
  after?: Box;
  /** Where it is, or would be, in the picture after: by it, neighbours are joined. */
  box: Box;
  /** How many pixels differ. */
  pixels: number;
}

/** Groups what was left unexplained into regions. */
export function regionsOf(scene: Scene, facings: readonly Facing[], reach: number): Region[] {
  const whole = ({ width, height }: Mask): Box => ({ x: 0, y: 0, width, height });
  const regions: Region[] = [];
  for (const { box, pixels } of clustersOf(scene.changed, reach, whole(scene.changed)))
    regions.push({ before: within(placeBefore(facings, box), scene.removed), after: box, box, pixels });
  for (const { box, pixels } of clustersOf(scene.added, reach, whole(scene.added)))
    regions.push({ after: box, box, pixels });
  for (const { box, pixels } of clustersOf(scene.removed, reach, whole(scene.removed)))
    regions.push({ before: box, box: placeAfter(facings, box), pixels });
  return joined(regions, reach);
}

function within(box: Box, { width, height }: Mask): Box {
  const [x, y] = [Math.min(width - 1, Math.max(0, box.x)), Math.min(height - 1, Math.max(0, box.y))];
  return {
    x,
    y,
    width: Math.max(1, Math.min(box.width, width - x)),
    height: Math.max(1, Math.min(box.height, height - y)),
  };
}

/** Where what was removed would be: beside what stood above it, or to its left. */
function placeAfter(facings: readonly Facing[], box: Box): Box {
  const isIn = (facing: Facing, x: number, y: number) => {
    const { x: left, y: top, width, height } = boxBefore(facing);
    return x >= left && x < left + width && y >= top && y < top + height;
  };
  const facing =
    facings.findLast((one) => isIn(one, box.x + box.width / 2, box.y - 1)) ??
    facings.findLast((one) => isIn(one, box.x - 1, box.y + box.height / 2));
  if (!facing) return box;
  const { x, y } = boxAfter(facing);
  return { ...box, x: box.x - facing.before.x + x, y: box.y - facing.before.y + y };
}

/** Joins regions that stand close to each other, until none do. */
function joined(regions: readonly Region[], reach: number): Region[] {
  let kept: Region[] = [];
  for (let [from, more] = [regions, true]; more; from = kept) {
    more = false;
    kept = [];
    for (const region of from) {
      const near = kept.findIndex(({ box }) => areNear(box, region.box, reach));
      const other = kept[near];
      if (other) {
        kept[near] = both(other, region);
        more = true;
      } else kept.push(region);
    }
  }
  return kept;
}

export function both(one: Region, other: Region): Region {
  const before = one.before && other.before ? union(one.before, other.before) : (one.before ?? other.before);
  const after = one.after && other.after ? union(one.after, other.after) : (one.after ?? other.after);
  return {
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
    box: union(one.box, other.box),
    pixels: one.pixels + other.pixels,
  };
}
