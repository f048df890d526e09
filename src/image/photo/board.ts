import type { Rgb } from "../palette.js";
import { type Grey, shrunk } from "./grey.js";

export interface Point {
  x: number;
  y: number;
}

/** Corners: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

/** Boards are found in a picture of this size. Pixels. */
const longEdge = 480;
/** So many of the clearest lines of each side are tried with those of the others. */
const candidates = 6;
/** A side is clear when this share of it divides bright from dark. */
const leastSupport = 0.6;
/** The board is at least this share of the picture. */
const leastArea = 0.2;
/** How much brighter it is inside than outside, beyond its frame. Levels. */
const leastStep = 12;

/**
 * The four corners of a bright board or sheet before darker surroundings, by the straight edges between the two
 * (a Hough transform with signed gradients); undefined when they are not clear.
 *
 * @returns pixels of the picture
 */
export function findBoard(pixels: Rgb): Quad | undefined {
  const grey = shrunk(pixels, longEdge);
  const sides = findLines(grey);
  let best: { quad: Quad; score: number } | undefined;
  for (const top of sides.top)
    for (const bottom of sides.bottom)
      for (const left of sides.left)
        for (const right of sides.right) {
          const quad = quadOf(top, right, bottom, left);
          if (!quad || !isPlausible(quad, grey)) continue;
          const support = supportOf(quad, grey);
          if (support < leastSupport) continue;
          const score = support * areaOf(quad) ** 0.25;
          if (!best || score > best.score) best = { quad, score };
        }
  if (!best) return undefined;
  const [a, b, c, d] = refined(best.quad, grey);
  // The middle of a small pixel, in the picture.
  const scaled = ({ x, y }: Point): Point => ({ x: (x + 0.5) * grey.step, y: (y + 0.5) * grey.step });
  return [scaled(a), scaled(b), scaled(c), scaled(d)];
}

/** x·cos + y·sin = distance, with the bright side where the normal points. */
interface Line {
  cos: number;
  sin: number;
  distance: number;
}

type Side = "left" | "top" | "right" | "bottom";

const angles = 180;

/** The clearest lines with their bright side to the right (left), below (top), to the left (right) and above (bottom). */
function findLines({ data, width, height }: Grey): Record<Side, Line[]> {
  const reach = Math.ceil(Math.hypot(width, height));
  const votes = new Float32Array(angles * (2 * reach + 1));
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const gx = (data[at + 1] ?? 0) - (data[at - 1] ?? 0);
      const gy = (data[at + width] ?? 0) - (data[at - width] ?? 0);
      const strength = Math.hypot(gx, gy);
      if (strength < 10) continue;
      const angle = Math.round((Math.atan2(gy, gx) / (2 * Math.PI)) * angles);
      // Noise turns a gradient by a few degrees.
      for (let turn = angle - 2; turn <= angle + 2; turn++) {
        const direction = (turn + angles) % angles;
        const radians = (direction / angles) * 2 * Math.PI;
        const distance = Math.round(x * Math.cos(radians) + y * Math.sin(radians));
        const cell = direction * (2 * reach + 1) + distance + reach;
        votes[cell] = (votes[cell] ?? 0) + Math.min(strength, 40);
      }
    }
  }
  const quarter = angles / 4;
  const clearest = (middle: number) => peaks(votes, reach, middle * quarter, quarter * 0.4);
  return { left: clearest(0), top: clearest(1), right: clearest(2), bottom: clearest(3) };
}

function peaks(votes: Float32Array, reach: number, middle: number, spread: number): Line[] {
  const row = 2 * reach + 1;
  const found: Array<{ direction: number; distance: number; votes: number }> = [];
  for (let turn = Math.ceil(middle - spread); turn <= middle + spread; turn++) {
    const direction = (turn + angles) % angles;
    for (let cell = 0; cell < row; cell++) {
      const count = votes[direction * row + cell] ?? 0;
      if (count > 0) found.push({ direction, distance: cell - reach, votes: count });
    }
  }
  found.sort((a, b) => b.votes - a.votes);
  const kept: typeof found = [];
  for (const one of found) {
    if (kept.length === candidates) break;
    const turned = (other: number) =>
      Math.min((other - one.direction + angles) % angles, (one.direction - other + angles) % angles);
    if (!kept.some((other) => turned(other.direction) <= 4 && Math.abs(other.distance - one.distance) <= 8))
      kept.push(one);
  }
  return kept.map(({ direction, distance }) => {
    const radians = (direction / angles) * 2 * Math.PI;
    return { cos: Math.cos(radians), sin: Math.sin(radians), distance };
  });
}

function crossing(a: Line, b: Line): Point | undefined {
  const determinant = a.cos * b.sin - a.sin * b.cos;
  if (Math.abs(determinant) < 0.2) return undefined;
  return {
    x: (a.distance * b.sin - a.sin * b.distance) / determinant,
    y: (a.cos * b.distance - a.distance * b.cos) / determinant,
  };
}

function quadOf(top: Line, right: Line, bottom: Line, left: Line): Quad | undefined {
  const [a, b, c, d] = [
    crossing(top, left),
    crossing(top, right),
    crossing(bottom, right),
    crossing(bottom, left),
  ];
  return a && b && c && d ? [a, b, c, d] : undefined;
}

/** Inside the picture, convex, large, and without sharp corners. */
function isPlausible(quad: Quad, { width, height }: Grey): boolean {
  const margin = 0.01;
  for (const { x, y } of quad)
    if (x < -width * margin || y < -height * margin || x > width * (1 + margin) || y > height * (1 + margin))
      return false;
  if (areaOf(quad) < leastArea * width * height) return false;
  return quad.every((corner, at) => {
    const before = quad[(at + 3) % 4] ?? corner;
    const after = quad[(at + 1) % 4] ?? corner;
    const [ax, ay, bx, by] = [
      after.x - corner.x,
      after.y - corner.y,
      before.x - corner.x,
      before.y - corner.y,
    ];
    const sine = (ax * by - ay * bx) / (Math.hypot(ax, ay) * Math.hypot(bx, by));
    return sine > Math.sin((45 * Math.PI) / 180);
  });
}

/** The same sides, drawn through where the picture is steepest along each. */
function refined(quad: Quad, grey: Grey): Quad {
  let fitted = quad;
  for (const reach of [14, 6, 3]) {
    const lines = fitted.map((from, at) => steepestLine(from, fitted[(at + 1) % 4] ?? from, reach, grey));
    const [top, right, bottom, left] = lines;
    const next = top && right && bottom && left ? quadOf(top, right, bottom, left) : undefined;
    if (!next || !isPlausible(next, grey)) return fitted;
    fitted = next;
  }
  return fitted;
}

/** A line through the steepest points near a side, without those that lie far from it. */
function steepestLine(from: Point, to: Point, reach: number, grey: Grey): Line | undefined {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const inward = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
  const points: Array<{ share: number; away: number }> = [];
  for (let sample = 2; sample < 62; sample++) {
    const share = sample / 64;
    const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    let best = { away: 0, step: leastStep };
    for (let away = -reach; away <= reach; away += 0.5) {
      const [x, y] = [at.x + inward.x * away, at.y + inward.y * away];
      const step = level(grey, x + inward.x, y + inward.y) - level(grey, x - inward.x, y - inward.y);
      if (step > best.step) best = { away, step };
    }
    if (best.step > leastStep) points.push({ share, away: best.away });
  }
  let kept = points;
  let [start, slope] = [0, 0];
  for (let round = 0; round < 3; round++) {
    if (kept.length < 12) return undefined;
    [start, slope] = leastSquares(kept);
    const off = ({ share, away }: (typeof points)[number]) => Math.abs(away - start - slope * share);
    const usual = kept.map(off).sort((a, b) => a - b)[kept.length >> 1] ?? 0;
    kept = kept.filter((point) => off(point) <= Math.max(0.7, usual * 2));
  }
  const a = { x: from.x + inward.x * start, y: from.y + inward.y * start };
  const b = { x: to.x + inward.x * (start + slope), y: to.y + inward.y * (start + slope) };
  const long = Math.hypot(b.x - a.x, b.y - a.y);
  const [cos, sin] = [-(b.y - a.y) / long, (b.x - a.x) / long];
  return { cos, sin, distance: a.x * cos + a.y * sin };
}

/** Least squares: where the line begins, and how far it has moved at the end. */
function leastSquares(
  points: ReadonlyArray<{ share: number; away: number }>,
): [start: number, slope: number] {
  const mean = (value: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  const [share, away] = [mean((point) => point.share), mean((point) => point.away)];
  const slope =
    mean((point) => (point.share - share) * (point.away - away)) /
    Math.max(
      1e-9,
      mean((point) => (point.share - share) ** 2),
    );
  return [away - slope * share, slope];
}

function areaOf(quad: Quad): number {
  return Math.abs(
    quad.reduce((sum, { x, y }, at) => {
      const next = quad[(at + 1) % 4] ?? { x, y };
      return sum + x * next.y - next.x * y;
    }, 0) / 2,
  );
}

/** The share of the least clear side that is brighter inside than outside. */
function supportOf(quad: Quad, grey: Grey): number {
  const samples = 48;
  // Beyond a frame, and beyond any stroke that is drawn.
  const away = Math.max(grey.width, grey.height) * 0.018;
  let least = 1;
  for (const [at, from] of quad.entries()) {
    const to = quad[(at + 1) % 4] ?? from;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const inward = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
    let clear = 0;
    for (let sample = 1; sample < samples; sample++) {
      const share = sample / samples;
      const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
      const inside = level(grey, x + inward.x * away, y + inward.y * away);
      const outside = level(grey, x - inward.x * away, y - inward.y * away);
      if (inside - outside > leastStep) clear++;
    }
    least = Math.min(least, clear / (samples - 1));
  }
  return least;
}

function level({ data, width, height }: Grey, x: number, y: number): number {
  const clamp = (value: number, most: number) => Math.min(Math.max(Math.round(value), 0), most);
  return data[clamp(y, height - 1) * width + clamp(x, width - 1)] ?? 0;
}
