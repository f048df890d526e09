import type { Point } from "../../image/photo/quad.js";

/** A stroke between two places where strokes meet or end, one pixel wide. */
export interface Stroke {
  /** From its one end to its other. Pixels of the map. */
  points: Point[];
  /** The vertices that it runs between. */
  from: number;
  to: number;
}

/** Where strokes meet or end. */
export interface Vertex extends Point {
  /** How many strokes' ends are here. */
  degree: number;
}

export interface Strokes {
  vertices: Vertex[];
  strokes: Stroke[];
}

/**
 * The strokes of a thinned drawing, each from one end, or place where it meets others, to the next.
 *
 * @param thin as `thinned` makes it
 */
export function strokesOf(thin: Uint8Array, width: number): Strokes {
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  const next = (index: number): number[] => around.map((by) => index + by).filter((to) => thin[to] === 1);
  const pointOf = (index: number): Point => ({ x: index % width, y: Math.floor(index / width) });
  const vertexAt = new Map<number, number>();
  const vertices: Vertex[] = [];
  const inked: number[] = [];
  for (let index = 0; index < thin.length; index++) if (thin[index] === 1) inked.push(index);
  // Pixels side by side where strokes meet are one vertex.
  const meets = new Set(inked.filter((index) => next(index).length !== 2));
  for (const start of meets) {
    if (vertexAt.has(start)) continue;
    const cluster = [start];
    vertexAt.set(start, vertices.length);
    for (const index of cluster)
      for (const to of next(index))
        if (meets.has(to) && !vertexAt.has(to)) {
          vertexAt.set(to, vertices.length);
          cluster.push(to);
        }
    const points = cluster.map(pointOf);
    vertices.push({ x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)), degree: 0 });
  }
  const strokes: Stroke[] = [];
  const walked = new Set<number>();
  for (const [start, from] of vertexAt) {
    for (const first of next(start)) {
      if (vertexAt.has(first) || walked.has(first)) continue;
      const path = [start, first];
      let [before, index] = [start, first];
      while (!vertexAt.has(index)) {
        walked.add(index);
        const ways = next(index).filter((to) => to !== before);
        // Straight into a vertex rather than on to a neighbour of it.
        const to = ways.find((way) => vertexAt.has(way) && way !== start) ?? ways[0];
        if (to === undefined || (walked.has(to) && !vertexAt.has(to))) break;
        [before, index] = [index, to];
        path.push(index);
      }
      const to = vertexAt.get(index);
      if (to === undefined) continue;
      strokes.push({ points: path.map(pointOf), from, to });
    }
  }
  const whole = merged(withoutBridges(withoutSpurs(strokes, vertices.length), vertices), vertices.length);
  for (const [index, degree] of degreesOf(whole, vertices.length).entries()) {
    const vertex = vertices[index];
    if (vertex) vertex.degree = degree;
  }
  return { vertices, strokes: whole };
}

/** Thinning leaves shorter ones where an outline is rough. Pixels. */
const shortest = 5;

function degreesOf(strokes: readonly Stroke[], count: number): number[] {
  const degrees = new Array<number>(count).fill(0);
  for (const { from, to } of strokes) for (const end of [from, to]) degrees[end] = (degrees[end] ?? 0) + 1;
  return degrees;
}

function withoutSpurs(strokes: Stroke[], count: number): Stroke[] {
  const degrees = degreesOf(strokes, count);
  const isSpur = ({ points, from, to }: Stroke): boolean => {
    const [one, other] = [degrees[from] ?? 0, degrees[to] ?? 0];
    // Around a corner, a vertex may be joined with itself.
    if (from === to) return points.length < 2 * shortest;
    return points.length < shortest && Math.min(one, other) === 1 && Math.max(one, other) > 2;
  };
  return strokes.filter((stroke) => !isSpur(stroke));
}

/** Where two lines cross, thinning makes two forks of them with a bridge between: not longer than this. Pixels. */
const longestBridge = 12;

function withoutBridges(strokes: Stroke[], vertices: readonly Vertex[]): Stroke[] {
  const degrees = degreesOf(strokes, vertices.length);
  const isFork = (vertex: number) => (degrees[vertex] ?? 0) > 2;
  const isBridge = ({ points, from, to }: Stroke): boolean =>
    points.length <= longestBridge && isFork(from) && isFork(to) && from !== to;
  const one = new Map<number, number>();
  const oneOf = (vertex: number): number => {
    const next = one.get(vertex);
    return next === undefined ? vertex : oneOf(next);
  };
  for (const { from, to } of strokes.filter(isBridge))
    if (oneOf(from) !== oneOf(to)) one.set(oneOf(to), oneOf(from));
  return strokes
    .filter((stroke) => !isBridge(stroke))
    .map((stroke) => ({ ...stroke, from: oneOf(stroke.from), to: oneOf(stroke.to) }));
}

/** Two strokes that meet where nothing else does are one. */
function merged(strokes: Stroke[], count: number): Stroke[] {
  const at: Stroke[][] = Array.from({ length: count }, () => []);
  for (const stroke of strokes) for (const end of [stroke.from, stroke.to]) at[end]?.push(stroke);
  const kept = new Set(strokes);
  for (const [vertex, [one, other, ...more]] of at.entries()) {
    if (!one || !other || more.length > 0 || one === other) continue;
    const first = one.to === vertex ? one : turned(one);
    const second = other.from === vertex ? other : turned(other);
    const both = { points: [...first.points, ...second.points], from: first.from, to: second.to };
    kept.delete(one);
    kept.delete(other);
    kept.add(both);
    for (const [end, old] of [
      [both.from, one],
      [both.to, other],
    ] as const) {
      const there = at[end];
      there?.splice(there.indexOf(old), 1, both);
    }
  }
  return [...kept];
}

/** The same stroke from its other end. */
export const turned = ({ points, from, to }: Stroke): Stroke => ({
  points: points.toReversed(),
  from: to,
  to: from,
});

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
