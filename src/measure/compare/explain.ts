import type { Box } from "../../report.js";
import { alignLines } from "./alignLines.js";
import type { Aligned } from "./comparison.js";
import { boxAfter, boxBefore, type Facing } from "./facing.js";
import { type Gap, gapsOf, linesOf, markContent } from "./gaps.js";
import { explainByShifts } from "./localShifts.js";
import { clustersOf, countIn } from "./mask.js";
import { refineSteps } from "./refineSteps.js";
import type { Scene } from "./scene.js";
import { type Axis, binsFor, signaturesOf } from "./signatures.js";

/** How two parts face each other. */
interface Alignment {
  axis: Axis;
  aligned: Aligned[];
  facings: Facing[];
  gaps: Gap[];
  /** Pixels that it leaves unexplained, in both pictures. */
  cost: number;
}

/** What was found out about two pictures. */
export interface Explanation {
  /** Later ones hold where they overlap earlier ones. */
  facings: Facing[];
  gaps: Gap[];
  /** The outermost rows, of the whole pictures. */
  rows: Aligned[];
  /** What moved between two parts that did not. */
  moved: Facing[];
}

/** Parts that are smaller are not aligned by lines. Pixels. */
const smallest = 32;
/** Another alignment has to leave so much less unexplained. */
const worthwhile = 0.6;
/** Differences that stand no further apart are aligned together. Pixels. */
const reach = 24;
const margin = 12;
const deepest = 4;

/** Aligns two pictures, then what still differs in them by itself, and so on. */
export function explain(scene: Scene): Explanation {
  const found: Explanation = { facings: [], gaps: [], rows: [], moved: [] };
  const before = { x: 0, y: 0, width: scene.before.width, height: scene.before.height };
  const after = { x: 0, y: 0, width: scene.after.width, height: scene.after.height };
  explainPart(scene, { before, after }, deepest, found);
  return found;
}

function explainPart(
  scene: Scene,
  { before, after, within, stays }: Part,
  depth: number,
  found: Explanation,
): void {
  const best = bestAlignment(scene, before, after, stays);
  const isWhole = depth === deepest;
  if (!isWhole && best.cost >= unexplainedIn(scene, before, after) * worthwhile) return;
  if (isWhole) found.rows = best.axis === "rows" ? best.aligned : straightRows(before, after);
  take(scene, before, after, best, found);
  // What surrounds a part did not move with it.
  if (within) found.moved.push(...best.facings.filter((facing) => !isAlike(facing, within)));
  else found.moved.push(...movedBetween(best.facings));
  if (best.cost === 0) return;
  const parts = [{ before, after, facings: best.facings, from: 0, to: Number.POSITIVE_INFINITY }];
  const other: Axis = best.axis === "rows" ? "columns" : "rows";
  for (const [from, to] of stripsOf(scene, before, after, best)) {
    const [one, two] = [linesOf(before, other, from, to), linesOf(after, other, from, to)];
    const alignment = alignmentBy(scene, one, two, best.axis, best.facings[0]);
    if (alignment.cost >= unexplainedIn(scene, one, two) * worthwhile) continue;
    take(scene, one, two, alignment, found);
    found.moved.push(...movedBetween(alignment.facings));
    parts.push({ before: one, after: two, facings: alignment.facings, from, to });
  }
  const isTaken = ({ x, y, width, height }: Box): boolean => {
    const middle = other === "columns" ? x + width / 2 - after.x : y + height / 2 - after.y;
    return parts.some(({ from, to }, index) => index > 0 && middle >= from && middle < to);
  };
  for (const [index, part] of parts.entries()) {
    for (const facing of part.facings) {
      for (const { box } of clustersOf(scene.changed, reach, boxAfter(facing))) {
        if (index === 0 && isTaken(box)) continue;
        explainCluster(scene, box, facing, part, depth, found);
      }
    }
  }
}

/** Two boxes whose contents are aligned. */
interface Part {
  before: Box;
  after: Box;
  /** What they are a part of, where that goes on after them. */
  within?: Facing | undefined;
  /** How their surroundings face each other; absent for the whole pictures. */
  stays?: Facing | undefined;
}

const straightRows = (before: Box, after: Box): Aligned[] => [
  { before: 0, after: 0, length: Math.min(before.height, after.height) },
];

function explainCluster(
  scene: Scene,
  box: Box,
  facing: Facing,
  part: { before: Box; after: Box },
  depth: number,
  found: Explanation,
): void {
  const { before: one, after: other, goesOn } = around(box, facing, part.before, part.after);
  const isSmaller = other.width * other.height < part.after.width * part.after.height * 0.8;
  const from = found.facings.length;
  if (depth > 0 && isSmaller && Math.max(box.width, box.height) >= smallest)
    explainPart(
      scene,
      { before: one, after: other, within: goesOn ? facing : undefined, stays: facing },
      depth - 1,
      found,
    );
  if (found.facings.length === from)
    found.facings.push(...explainByShifts(scene, facing, box, found.facings.length > 1 || scene.noisy));
}

/** Marks what an alignment leaves unexplained. */
function take(scene: Scene, before: Box, after: Box, alignment: Alignment, found: Explanation): void {
  scene.clear(before, after);
  for (const facing of alignment.facings) scene.mark(facing);
  for (const gap of alignment.gaps) {
    markContent(scene.before, gap.before, gap.axis, before, scene.removed);
    markContent(scene.after, gap.after, gap.axis, after, scene.added);
  }
  found.facings.push(...alignment.facings);
  found.gaps.push(...alignment.gaps);
}

/** What moved between two stretches that did not, or did alike. */
function movedBetween(facings: readonly Facing[]): Facing[] {
  const [first, last] = [facings[0], facings.at(-1)];
  return first && last && isAlike(first, last) ? facings.filter((facing) => !isAlike(facing, first)) : [];
}

const isAlike = (one: Facing, other: Facing): boolean =>
  one.after.x - one.before.x === other.after.x - other.before.x &&
  one.after.y - one.before.y === other.after.y - other.before.y;

const unexplainedIn = (scene: Scene, before: Box, after: Box): number =>
  countIn(scene.changed, after) + countIn(scene.added, after) + countIn(scene.removed, before);

/**
 * Strips of the part, across its lines, in which something differs: what moved in one column need not have moved in
 * the next.
 */
function stripsOf(
  scene: Scene,
  before: Box,
  after: Box,
  { axis }: Alignment,
): Array<[from: number, to: number]> {
  const byRow = axis === "rows";
  const length = byRow ? Math.min(before.width, after.width) : Math.min(before.height, after.height);
  const hit = new Uint8Array(length);
  const [atAfter, atBefore] = byRow ? [after.x, before.x] : [after.y, before.y];
  for (const [mask, part, start] of [
    [scene.changed, after, atAfter],
    [scene.added, after, atAfter],
    [scene.removed, before, atBefore],
  ] as const)
    for (const { box } of clustersOf(mask, reach, part)) {
      const from = (byRow ? box.x : box.y) - start;
      hit.fill(1, Math.max(0, from), from + (byRow ? box.width : box.height));
    }
  const strips: Array<[number, number]> = [];
  for (let place = 0; place < length; place++) {
    if (!hit[place]) continue;
    const last = strips.at(-1);
    if (last && place - last[1] <= reach) last[1] = place + 1;
    else strips.push([place, place + 1]);
  }
  return strips
    .map(([from, to]): [number, number] => [Math.max(0, from - margin), Math.min(length, to + margin)])
    .filter(([from, to]) => to - from < length * 0.85);
}

/** The box with its surroundings, in both pictures; as far as the whole part, where it reaches the end of what faces it. */
function around(
  box: Box,
  facing: Facing,
  before: Box,
  after: Box,
): { before: Box; after: Box; goesOn: boolean } {
  const right = box.x + box.width + margin;
  const bottom = box.y + box.height + margin;
  const isAtRight = right >= facing.after.x + facing.width;
  const isAtBottom = bottom >= facing.after.y + facing.height;
  const x = Math.max(facing.after.x, box.x - margin);
  const y = Math.max(facing.after.y, box.y - margin);
  const [dx, dy] = [facing.after.x - facing.before.x, facing.after.y - facing.before.y];
  const ends = (part: Box, byX: number, byY: number): Box => ({
    x: x - byX,
    y: y - byY,
    width: (isAtRight ? part.x + part.width : right - byX) - (x - byX),
    height: (isAtBottom ? part.y + part.height : bottom - byY) - (y - byY),
  });
  return { before: ends(before, dx, dy), after: ends(after, 0, 0), goesOn: !isAtRight && !isAtBottom };
}

function bestAlignment(scene: Scene, before: Box, after: Box, stays?: Facing): Alignment {
  const length = Math.min(before.height, after.height);
  const straight = measured(scene, before, after, "rows", [{ before: 0, after: 0, length }], stays);
  if (straight.cost === 0) return straight;
  let best = straight;
  for (const axis of ["rows", "columns"] as const) {
    const alignment = alignmentBy(scene, before, after, axis, stays);
    if (alignment.cost < (best === straight ? best.cost * worthwhile : best.cost)) best = alignment;
  }
  return best;
}

function alignmentBy(scene: Scene, before: Box, after: Box, axis: Axis, stays?: Facing): Alignment {
  const bins = binsFor(
    axis === "rows" ? Math.min(before.width, after.width) : Math.min(before.height, after.height),
  );
  const [one, other] = common(before, after, axis);
  const aligned = alignLines(
    signaturesOf(scene.before, one, axis, bins),
    signaturesOf(scene.after, other, axis, bins),
  );
  const steps = refineSteps(aligned, (from, to) => scene.count(lineOf(before, after, axis, from, to)));
  return measured(scene, before, after, axis, steps, stays);
}

/** One line of each part; of no length where there is none. */
function lineOf(before: Box, after: Box, axis: Axis, from: number, to: number): Facing {
  const [width, height] = [Math.min(before.width, after.width), Math.min(before.height, after.height)];
  const byRow = axis === "rows";
  const isOutside =
    from < 0 ||
    to < 0 ||
    from >= (byRow ? before.height : before.width) ||
    to >= (byRow ? after.height : after.width);
  return {
    before: { x: before.x + (byRow ? 0 : from), y: before.y + (byRow ? from : 0) },
    after: { x: after.x + (byRow ? 0 : to), y: after.y + (byRow ? to : 0) },
    width: isOutside ? 0 : byRow ? width : 1,
    height: byRow ? 1 : height,
  };
}

/** The same two parts, with lines of one length. */
function common(before: Box, after: Box, axis: Axis): [Box, Box] {
  const width = Math.min(before.width, after.width);
  const height = Math.min(before.height, after.height);
  return axis === "rows"
    ? [
        { ...before, width },
        { ...after, width },
      ]
    : [
        { ...before, height },
        { ...after, height },
      ];
}

function measured(
  scene: Scene,
  before: Box,
  after: Box,
  axis: Axis,
  aligned: Aligned[],
  stays: Facing | undefined,
): Alignment {
  const width = Math.min(before.width, after.width);
  const height = Math.min(before.height, after.height);
  const facings = aligned.map((lines): Facing => {
    const byRow = axis === "rows";
    const facing = {
      before: { x: before.x + (byRow ? 0 : lines.before), y: before.y + (byRow ? lines.before : 0) },
      after: { x: after.x + (byRow ? 0 : lines.after), y: after.y + (byRow ? lines.after : 0) },
      width: byRow ? width : lines.length,
      height: byRow ? lines.length : height,
    };
    return stays && !isAlike(facing, stays) ? { ...facing, loose: true } : facing;
  });
  const gaps = gapsOf(aligned, before, after, axis);
  // Where one picture is larger the other way, too.
  const other: Axis = axis === "rows" ? "columns" : "rows";
  const shared = axis === "rows" ? width : height;
  const [longBefore, longAfter] =
    axis === "rows" ? [before.width, after.width] : [before.height, after.height];
  if (longBefore !== longAfter)
    gaps.push({
      axis: other,
      before: linesOf(before, other, shared, longBefore),
      after: linesOf(after, other, shared, longAfter),
    });
  let cost = 0;
  for (const facing of facings) cost += scene.count(facing);
  for (const gap of gaps) {
    cost += markContent(scene.before, gap.before, gap.axis, before);
    cost += markContent(scene.after, gap.after, gap.axis, after);
  }
  return { axis, aligned, facings, gaps, cost };
}

/** Where a box of after is in before, by the last facing that holds its middle. */
export function placeBefore(facings: readonly Facing[], box: Box): Box {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const facing = facings.findLast((one) => {
    const { x: left, y: top, width, height } = boxAfter(one);
    return x >= left && x <= left + width && y >= top && y <= top + height;
  });
  if (!facing) return box;
  const { x: left, y: top } = boxBefore(facing);
  return { ...box, x: box.x - facing.after.x + left, y: box.y - facing.after.y + top };
}
