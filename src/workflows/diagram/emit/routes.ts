import type { Place } from "./drawio/layout.js";

export interface Point {
  x: number;
  y: number;
}

/** How far a line goes around a box, at most. Pixels of the page. */
const clearance = 20;
/** What a line costs, in pixels of its length: a box that it crosses, and a bend. */
const costs = { crossing: 2000, bend: 40 };

/**
 * A line of horizontal and vertical parts from the border of one box to that of another, which crosses as few other
 * boxes as can be, and is short.
 *
 * @param others the boxes that it should not cross
 */
export function routeBetween(from: Place, to: Place, others: readonly Place[]): Point[] {
  if (from === to) return loopAt(from);
  const near = boundsOf([from, to]);
  const step = clearanceBetween(from, to);
  const direct = cheapest(
    facing(from, to).flatMap(([start, end]) => pathsOf(from, start, to, end, step)),
    [from, to, ...others.filter((box) => isNear(box, near))],
  );
  if (direct.crossed.length === 0) return direct.path;
  const around = boundsOf([from, to, ...direct.crossed]);
  return cheapest([direct.path, ...sides.map((side) => pathAround(from, to, side, around, step))], others)
    .path;
}

/** The shortest line, with few bends, and across as few boxes as can be. */
function cheapest(paths: readonly Point[][], boxes: readonly Place[]): { path: Point[]; crossed: Place[] } {
  let least = { path: paths[0] ?? [], crossed: [...boxes], cost: Number.POSITIVE_INFINITY };
  for (const path of paths) {
    const base = lengthOf(path) + (path.length - 2) * costs.bend;
    if (base >= least.cost) continue;
    const crossed = boxes.filter((box) => isCrossed(box, path));
    const cost = base + crossed.length * costs.crossing;
    if (cost < least.cost) least = { path, crossed, cost };
  }
  return least;
}

/** Boxes that stand close to one another leave less room to turn. */
function clearanceBetween(a: Place, b: Place): number {
  const across = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  const along = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height);
  const room = Math.min(...[across, along].filter((gap) => gap > 0));
  return Number.isFinite(room) ? Math.min(clearance, room / 2) : clearance;
}

const sides = ["right", "bottom", "left", "top"] as const;
type Side = (typeof sides)[number];

/** The sides that two boxes turn to one another. */
function facing(from: Place, to: Place): Array<[Side, Side]> {
  const [dx, dy] = [
    to.x + to.width / 2 - from.x - from.width / 2,
    to.y + to.height / 2 - from.y - from.height / 2,
  ];
  const [across, back]: [Side, Side] = dx >= 0 ? ["right", "left"] : ["left", "right"];
  const [along, up]: [Side, Side] = dy >= 0 ? ["bottom", "top"] : ["top", "bottom"];
  return [
    [across, back],
    [along, up],
    [across, up],
    [along, back],
  ];
}

function loopAt({ x, y, width, height }: Place): Point[] {
  const [right, top] = [x + width, y - clearance];
  return [
    { x: right, y: y + height / 2 },
    { x: right + clearance, y: y + height / 2 },
    { x: right + clearance, y: top },
    { x: x + width / 2, y: top },
    { x: x + width / 2, y },
  ];
}

const portOf = ({ x, y, width, height }: Place, side: Side): Point =>
  ({
    right: { x: x + width, y: y + height / 2 },
    bottom: { x: x + width / 2, y: y + height },
    left: { x, y: y + height / 2 },
    top: { x: x + width / 2, y },
  })[side];

const outwards = ({ x, y }: Point, side: Side, step: number): Point =>
  ({
    right: { x: x + step, y },
    bottom: { x, y: y + step },
    left: { x: x - step, y },
    top: { x, y: y - step },
  })[side];

interface Bounds {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const boundsOf = (boxes: readonly Place[]): Bounds => ({
  left: Math.min(...boxes.map(({ x }) => x)) - clearance,
  right: Math.max(...boxes.map(({ x, width }) => x + width)) + clearance,
  top: Math.min(...boxes.map(({ y }) => y)) - clearance,
  bottom: Math.max(...boxes.map(({ y, height }) => y + height)) + clearance,
});

const isNear = ({ x, y, width, height }: Place, { left, right, top, bottom }: Bounds): boolean =>
  x < right && x + width > left && y < bottom && y + height > top;

/** Lines that leave and arrive at right angles: straight, with one bend and with two. */
function pathsOf(from: Place, start: Side, to: Place, end: Side, step: number): Point[][] {
  const [first, last] = [portOf(from, start), portOf(to, end)];
  const [out, into] = [outwards(first, start, step), outwards(last, end, step)];
  const middle = { x: (out.x + into.x) / 2, y: (out.y + into.y) / 2 };
  const between: Point[][] = [
    ...(out.x === into.x || out.y === into.y ? [[]] : []),
    [{ x: into.x, y: out.y }],
    [{ x: out.x, y: into.y }],
    [
      { x: middle.x, y: out.y },
      { x: middle.x, y: into.y },
    ],
    [
      { x: out.x, y: middle.y },
      { x: into.x, y: middle.y },
    ],
  ];
  return between.map((bends) => straightened([first, out, ...bends, into, last]));
}

/** A line that leaves and arrives at the same side of both, past everything that is in the way. */
function pathAround(from: Place, to: Place, side: Side, bounds: Bounds, step: number): Point[] {
  const [first, last] = [portOf(from, side), portOf(to, side)];
  const [out, into] = [outwards(first, side, step), outwards(last, side, step)];
  const isAcross = side === "left" || side === "right";
  const far = { right: bounds.right, bottom: bounds.bottom, left: bounds.left, top: bounds.top }[side];
  const turns = isAcross
    ? [
        { x: far, y: out.y },
        { x: far, y: into.y },
      ]
    : [
        { x: out.x, y: far },
        { x: into.x, y: far },
      ];
  return straightened([first, out, ...turns, into, last]);
}

/** The length of a line of horizontal and vertical parts; endless where one is slanted. */
function lengthOf(path: readonly Point[]): number {
  let length = 0;
  for (let index = 1; index < path.length; index++) {
    const [a, b] = [path[index - 1], path[index]];
    if (!a || !b || (a.x !== b.x && a.y !== b.y)) return Number.POSITIVE_INFINITY;
    length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }
  return length;
}

/** Without points on the way of a straight part; a line that turns back on itself keeps its point. */
function straightened(path: Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of path.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last.x === point.x && last.y === point.y) continue;
    const isBetween = (a: number, b: number, c: number) => (a <= b && b <= c) || (a >= b && b >= c);
    if (
      before &&
      last &&
      ((before.x === last.x && last.x === point.x && isBetween(before.y, last.y, point.y)) ||
        (before.y === last.y && last.y === point.y && isBetween(before.x, last.x, point.x)))
    )
      kept.pop();
    kept.push(point);
  }
  return kept;
}

/** Whether a line of horizontal and vertical parts runs through the inside of a box. */
function isCrossed({ x, y, width, height }: Place, path: readonly Point[]): boolean {
  for (let index = 1; index < path.length; index++) {
    const [a, b] = [path[index - 1], path[index]];
    if (
      a &&
      b &&
      Math.max(a.x, b.x) > x &&
      Math.min(a.x, b.x) < x + width &&
      Math.max(a.y, b.y) > y &&
      Math.min(a.y, b.y) < y + height
    )
      return true;
  }
  return false;
}
