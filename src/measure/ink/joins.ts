import type { Point } from "../../image/photo/quad.js";
import type { Box } from "../../report.js";
import { headAt } from "./heads.js";
import type { InkMap } from "./inkMap.js";
import { Queue } from "./queue.js";
import { type Stroke, type Strokes, strokesOf, turned, type Vertex } from "./strokes.js";
import { thinned } from "./thin.js";

/** A line that can be followed from one place to another. */
export interface Route {
  /** From 0 to 1: 1 for a stroke that runs through, less for each gap that it jumps and each corner that it takes. */
  sureness: number;
  /** How much more ink than the line's own is at its start and at its end, as a share of that: heads. */
  heads: { from: number; to: number };
  /** From start to end, in pixels of the original. */
  points: Point[];
}

/** Shares of the usual place's shorter side. */
const reach = {
  /** A line that ends so near to a place touches it. */
  contact: 0.3,
  /** A line that points to a place from so far may have been meant to reach it. */
  pointing: 1.2,
  /** Two ends in line may be one line with a gap, or dashes. */
  gap: 1,
};
/** A smaller gap costs nothing: thinning shortens strokes. Pixels. */
const freeGap = 8;
/** How much doubt passing another place adds, as its outline may be followed. */
const passing = 0.7;
/** How many times more doubt a corner is where lines cross than where one forks. */
const cornerAtCrossing = 2.5;
/** More doubt than this is no line. */
const mostDoubt = 2.3;
/** Another route that is in this much more doubt is looked at, too: two lines may run between the same places. */
const otherRoutes = 0.4;

/** One way along a stroke. */
interface Way {
  points: Point[];
  from: number;
  to: number;
  /** Where it leaves to and arrives from. Unit vectors. */
  leaves: Point;
  arrives: Point;
}

/**
 * What lines run between places of a drawing.
 *
 * @param map its ink
 * @param boxes the places, in pixels of the original; what is drawn inside them is no line
 * @param texts where words stand outside of them: a line may be interrupted by its label
 * @returns looks up the routes from one of the places to another, by their numbers, the surest first
 */
export function joinsIn(
  map: InkMap,
  boxes: readonly Box[],
  texts: readonly Box[],
): (from: number, to: number) => Route[] {
  const places = boxes.map((box) => scaled(box, map.scale));
  const ink = map.ink.slice();
  for (const place of places) erase(ink, map, place);
  const strokes = strokesOf(thinned(ink, map.width, map.height), map.width);
  const usual = usualSide(places);
  const ways = waysOf(strokes);
  const leaving = groupedBy(ways, ({ from }) => from, strokes.vertices.length);
  const links = gapsBetween(
    strokes,
    ways,
    texts.map((box) => scaled(box, map.scale)),
    usual * reach.gap,
  );
  const crossings = new Set(
    [...strokes.vertices.keys()].filter((index) => (strokes.vertices[index]?.degree ?? 0) > 3),
  );
  const contacts = strokes.vertices.map((vertex, index) =>
    contactsOf(vertex, leaving[index]?.[0], places, usual),
  );
  const known = new Map<number, Route[][]>();
  return (from, to) => {
    let routes = known.get(from);
    if (!routes) {
      routes = routesFrom(from, { leaving, links, contacts, crossings, count: places.length }).map((found) =>
        found.map(({ doubt, points }) => ({
          sureness: Math.exp(-doubt),
          heads: { from: headAt(map, ink, points, usual), to: headAt(map, ink, points.toReversed(), usual) },
          points: points.map(({ x, y }) => ({ x: x / map.scale, y: y / map.scale })),
        })),
      );
      known.set(from, routes);
    }
    return routes[to] ?? [];
  };
}

/** The shorter side that a drawing's places usually have: all that is drawn by the same hand goes with it. */
function usualSide(places: readonly Box[]): number {
  const sides = places.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  return Math.max(8, sides[sides.length >> 1] ?? 0);
}

const scaled = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x * by,
  y: y * by,
  width: width * by,
  height: height * by,
});

function erase(ink: Uint8Array, { width, height }: InkMap, box: Box): void {
  const [left, right] = [
    Math.max(0, Math.floor(box.x) - 1),
    Math.min(width, Math.ceil(box.x + box.width) + 2),
  ];
  const [top, bottom] = [
    Math.max(0, Math.floor(box.y) - 1),
    Math.min(height, Math.ceil(box.y + box.height) + 2),
  ];
  for (let y = top; y < bottom; y++) ink.fill(0, y * width + left, y * width + Math.max(left, right));
}

/** How far along a stroke its direction at an end is taken. Pixels. */
const tangent = 10;

function waysOf({ strokes }: Strokes): Way[] {
  const way = ({ points, from, to }: Stroke): Way => {
    const [first, last] = [points[0], points.at(-1)];
    const inward = points[Math.min(points.length - 1, tangent)];
    const outward = points[Math.max(0, points.length - 1 - tangent)];
    return { points, from, to, leaves: direction(first, inward), arrives: direction(outward, last) };
  };
  return strokes.flatMap((stroke) => [way(stroke), way(turned(stroke))]);
}

function direction(from: Point | undefined, to: Point | undefined): Point {
  const [x, y] = [(to?.x ?? 0) - (from?.x ?? 0), (to?.y ?? 0) - (from?.y ?? 0)];
  const length = Math.hypot(x, y) || 1;
  return { x: x / length, y: y / length };
}

/** Doubt from a corner between two directions: none up to 30 degrees, and more and more beyond. */
function turning(one: Point, other: Point): number {
  const degrees = (Math.acos(Math.min(1, Math.max(-1, one.x * other.x + one.y * other.y))) * 180) / Math.PI;
  return degrees < 30 ? 0 : 0.5 * ((degrees - 30) / 60) ** 2;
}

function groupedBy<Item>(items: readonly Item[], key: (item: Item) => number, count: number): Item[][] {
  const groups: Item[][] = Array.from({ length: count }, () => []);
  for (const item of items) groups[key(item)]?.push(item);
  return groups;
}

interface Link {
  way: Way;
  doubt: number;
}

/** From each loose end, the ways that go on in its direction beyond a gap. */
function gapsBetween(
  { vertices }: Strokes,
  ways: readonly Way[],
  texts: readonly Box[],
  longest: number,
): Link[][] {
  const isLoose = (vertex: number) => vertices[vertex]?.degree === 1;
  const ends = ways.filter(({ to }) => isLoose(to));
  const starts = ways.filter(({ from }) => isLoose(from));
  const links: Link[][] = vertices.map(() => []);
  for (const end of ends) {
    const at = vertices[end.to];
    if (!at) continue;
    // Words beside the end may stand on the line.
    const words = texts.filter((text) => distanceTo(text, at) < longest / 4);
    for (const start of starts) {
      const on = vertices[start.from];
      if (!on || start.from === end.to) continue;
      const gap = Math.hypot(on.x - at.x, on.y - at.y);
      const text = words.find((one) => distanceTo(one, on) < longest / 4);
      if (gap > (text ? Math.max(longest, Math.hypot(text.width, text.height) * 1.2) : longest)) continue;
      const across = gap > freeGap ? direction(at, on) : end.arrives;
      const corners = turning(end.arrives, across) + turning(across, start.leaves);
      const jump = text ? 0.15 : (0.6 * Math.max(0, gap - freeGap)) / longest;
      if (corners < 0.5) links[end.to]?.push({ way: start, doubt: corners + jump });
    }
  }
  return links;
}

const distanceTo = ({ x, y, width, height }: Box, point: Point): number =>
  Math.hypot(Math.max(x - point.x, 0, point.x - x - width), Math.max(y - point.y, 0, point.y - y - height));

/** The places that a line which ends here may be meant to reach, with the doubt of it. */
function contactsOf(
  vertex: Vertex,
  away: Way | undefined,
  places: readonly Box[],
  usual: number,
): Map<number, number> {
  const found = new Map<number, number>();
  for (const [index, place] of places.entries()) {
    const distance = distanceTo(place, vertex);
    if (distance <= usual * reach.contact) found.set(index, 0);
    else if (vertex.degree === 1 && away && distance <= usual * reach.pointing) {
      const ahead = { x: vertex.x - away.leaves.x * distance, y: vertex.y - away.leaves.y * distance };
      const aside = distanceTo(place, ahead) / distance;
      if (aside < 0.7) found.set(index, 0.1 + (0.8 * distance) / (usual * reach.pointing) + aside);
    }
  }
  return found;
}

interface Net {
  leaving: readonly Way[][];
  links: readonly Link[][];
  contacts: ReadonlyArray<ReadonlyMap<number, number>>;
  /** The vertices where lines cross. */
  crossings: ReadonlySet<number>;
  /** How many places there are. */
  count: number;
}

interface Followed {
  way: Way;
  doubt: number;
  before: Followed | undefined;
}

/** For each place, the routes that lead to it with the least doubt, one for each stroke that ends there. */
function routesFrom(
  from: number,
  { leaving, links, contacts, crossings, count }: Net,
): Array<Array<{ doubt: number; points: Point[] }>> {
  const best = new Map<Way, Followed>();
  const queue = new Queue<Followed>(({ doubt }) => doubt);
  const follow = (way: Way, doubt: number, before: Followed | undefined) => {
    const known = best.get(way);
    if (doubt > mostDoubt || (known && known.doubt <= doubt)) return;
    const followed = { way, doubt, before };
    best.set(way, followed);
    queue.push(followed);
  };
  for (const [vertex, places] of contacts.entries()) {
    const doubt = places.get(from);
    if (doubt !== undefined) for (const way of leaving[vertex] ?? []) follow(way, doubt, undefined);
  }
  const reached: Followed[][] = Array.from({ length: count }, () => []);
  for (let followed = queue.take(); followed; followed = queue.take()) {
    const { way, doubt } = followed;
    if (best.get(way) !== followed) continue;
    const here = contacts[way.to];
    let isPassing = false;
    for (const [place, more] of here ?? []) {
      if (place !== from) reached[place]?.push({ ...followed, doubt: doubt + more });
      if (more === 0 && place !== from) isPassing = true;
    }
    const on = doubt + (isPassing ? passing : 0.005);
    // Lines that cross go straight on.
    const weight = crossings.has(way.to) ? cornerAtCrossing : 1;
    for (const next of leaving[way.to] ?? [])
      if (next.to !== way.from || next.points.length !== way.points.length)
        follow(next, on + weight * turning(way.arrives, next.leaves), followed);
    for (const link of links[way.to] ?? []) follow(link.way, on + link.doubt, followed);
  }
  return reached.map((found) => {
    const least = Math.min(...found.map(({ doubt }) => doubt));
    return found
      .filter(({ doubt }) => doubt <= least + otherRoutes)
      .sort((a, b) => a.doubt - b.doubt)
      .slice(0, 4)
      .map((last) => ({ doubt: last.doubt, points: pointsOf(last) }));
  });
}

function pointsOf(last: Followed): Point[] {
  const ways: Way[] = [];
  for (let at: Followed | undefined = last; at; at = at.before) ways.push(at.way);
  return ways.reverse().flatMap(({ points }) => points);
}
