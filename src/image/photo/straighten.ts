import type { Size } from "../limits.js";
import type { Rgb } from "../palette.js";
import type { Point, Quad } from "./quad.js";

/** A plane seen from elsewhere: the nine numbers of a projective map, row by row. */
export type Projection = readonly number[];

/** The straightened board is no larger: more is not in any photo's detail. Pixels. */
const longEdge = 2600;

/** How large a quadrilateral is once it is straightened: as its longer sides. */
export function straightSize([a, b, c, d]: Quad): Size {
  const distance = (from: Point, to: Point) => Math.hypot(to.x - from.x, to.y - from.y);
  const width = Math.max(distance(a, b), distance(d, c));
  const height = Math.max(distance(a, d), distance(b, c));
  const scale = Math.min(1, longEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * The map from a rectangle at the origin to a quadrilateral (Heckbert, Fundamentals of Texture Mapping, 1989).
 */
export function projectionTo({ width, height }: Size, [a, b, c, d]: Quad): Projection {
  const [sx, sy] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y];
  const [dx1, dy1, dx2, dy2] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  return [
    (b.x - a.x + g * b.x) / width,
    (d.x - a.x + h * d.x) / height,
    a.x,
    (b.y - a.y + g * b.y) / width,
    (d.y - a.y + h * d.y) / height,
    a.y,
    g / width,
    h / height,
    1,
  ];
}

export function projected(
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1]: Projection,
  { x, y }: Point,
): Point {
  const w = g * x + h * y + i;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/** The quadrilateral as a rectangle, each pixel between the four that it falls among. */
export function straighten({ data, width, height }: Rgb, quad: Quad): Rgb {
  const size = straightSize(quad);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = projectionTo(size, quad);
  const straight = new Uint8Array(size.width * size.height * 3);
  const row = width * 3;
  let to = 0;
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const [px, py] = [x + 0.5, y + 0.5];
      const w = g * px + h * py + i;
      const fx = Math.min(Math.max((a * px + b * py + c) / w - 0.5, 0), width - 1.001);
      const fy = Math.min(Math.max((d * px + e * py + f) / w - 0.5, 0), height - 1.001);
      const [left, top] = [fx | 0, fy | 0];
      const [u, v] = [fx - left, fy - top];
      let at = top * row + left * 3;
      for (let channel = 0; channel < 3; channel++, at++, to++) {
        const above = (data[at] ?? 0) * (1 - u) + (data[at + 3] ?? 0) * u;
        const below = (data[at + row] ?? 0) * (1 - u) + (data[at + row + 3] ?? 0) * u;
        straight[to] = above * (1 - v) + below * v + 0.5;
      }
    }
  }
  return { data: straight, ...size };
}
