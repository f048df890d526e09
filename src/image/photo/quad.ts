import type { Size } from "../limits.js";

export interface Point {
  x: number;
  y: number;
}

/** Corners: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

/** A side from one corner to the next, clockwise. */
export interface QuadSide {
  from: Point;
  to: Point;
  length: number;
  /** One pixel across the side, into the quadrilateral. */
  inward: Point;
}

export function sidesOf([a, b, c, d]: Quad): [QuadSide, QuadSide, QuadSide, QuadSide] {
  return [side(a, b), side(b, c), side(c, d), side(d, a)];
}

function side(from: Point, to: Point): QuadSide {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { from, to, length, inward: { x: -(to.y - from.y) / length, y: (to.x - from.x) / length } };
}

/** A point of a side, moved inwards. */
export function pointOn({ from, to, inward }: QuadSide, share: number, into: number): Point {
  return {
    x: from.x + (to.x - from.x) * share + inward.x * into,
    y: from.y + (to.y - from.y) * share + inward.y * into,
  };
}

export function areaOf(quad: Quad): number {
  return Math.abs(
    quad.reduce((sum, { x, y }, index) => {
      const next = quad[(index + 1) % 4] ?? { x, y };
      return sum + x * next.y - next.x * y;
    }, 0) / 2,
  );
}

/** How far beyond the picture a corner may lie, as a share of the picture's sides. */
const margin = 0.01;
/** No corner is sharper, nor the one beside it blunter. Degrees. */
const sharpest = 45;

/**
 * Whether this may be a board as a camera sees it: in the picture, convex, no corner sharp, and each corner where
 * its name says, so that nothing is ever turned upside down or mirrored.
 *
 * @param leastArea share of the picture
 */
export function isPlausible(quad: Quad, { width, height }: Size, leastArea: number): boolean {
  const [a, b, c, d] = quad;
  const isUpright =
    b.x - a.x > Math.abs(b.y - a.y) &&
    c.x - d.x > Math.abs(c.y - d.y) &&
    d.y - a.y > Math.abs(d.x - a.x) &&
    c.y - b.y > Math.abs(c.x - b.x);
  if (!isUpright) return false;
  for (const { x, y } of quad)
    if (x < -width * margin || y < -height * margin || x > width * (1 + margin) || y > height * (1 + margin))
      return false;
  if (areaOf(quad) < leastArea * width * height) return false;
  return quad.every((corner, index) => {
    const before = quad[(index + 3) % 4] ?? corner;
    const after = quad[(index + 1) % 4] ?? corner;
    const [ax, ay, bx, by] = [
      after.x - corner.x,
      after.y - corner.y,
      before.x - corner.x,
      before.y - corner.y,
    ];
    const sine = (ax * by - ay * bx) / (Math.hypot(ax, ay) * Math.hypot(bx, by));
    return sine > Math.sin((sharpest * Math.PI) / 180);
  });
}
