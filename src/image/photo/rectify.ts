import type { Size } from "../limits.js";
import type { Rgb } from "../palette.js";
import { type Point, type Quad, sidesOf } from "./quad.js";

/** A plane seen from elsewhere: the nine numbers of a projective map, row by row. */
export type Projection = readonly number[];

/** The straightened board is no larger: more is not in any photo's detail. Pixels. */
const longEdge = 2600;

/** A phone's usual focal length, in longer sides of its picture: 27 mm where that is 36 mm. */
const focalLength = 0.75;

/**
 * How large a quadrilateral is once it is straightened: at least as its longer sides, and of the shape that it has
 * when the camera's lens is a phone's.
 *
 * @param picture that it lies in; its middle is where the camera pointed
 */
export function rectifiedSize(quad: Quad, picture: Size): Size {
  const [top, right, bottom, left] = sidesOf(quad);
  const width = Math.max(top.length, bottom.length);
  const height = Math.max(left.length, right.length);
  const shape = shapeOf(quad, picture) ?? width / height;
  const wide = Math.max(width, height * shape);
  const scale = Math.min(1, longEdge / Math.max(wide, wide / shape));
  return {
    width: Math.max(1, Math.round(wide * scale)),
    height: Math.max(1, Math.round((wide / shape) * scale)),
  };
}

/**
 * The width of a rectangle for each unit of its height, from how a camera sees it (Zhang and He, Whiteboard Scanning
 * and Image Enhancement, 2003, section 4); undefined when it is seen from too flat.
 */
function shapeOf([a, b, c, d]: Quad, picture: Size): number | undefined {
  const focal = Math.max(picture.width, picture.height) * focalLength;
  const ray = ({ x, y }: Point): Ray => [
    (x - picture.width / 2) / focal,
    (y - picture.height / 2) / focal,
    1,
  ];
  const [m1, m2, m3, m4] = [ray(a), ray(b), ray(d), ray(c)];
  const k2 = dot(cross(m1, m4), m3) / dot(cross(m2, m4), m3);
  const k3 = dot(cross(m1, m4), m2) / dot(cross(m3, m4), m2);
  const along = (k: number, m: Ray) => Math.hypot(k * m[0] - m1[0], k * m[1] - m1[1], k * m[2] - m1[2]);
  const shape = along(k2, m2) / along(k3, m3);
  return shape > 1 / 8 && shape < 8 ? shape : undefined;
}

type Ray = readonly [number, number, number];

const cross = (a: Ray, b: Ray): Ray => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

const dot = (a: Ray, b: Ray): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

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
export function rectify({ data, width, height }: Rgb, quad: Quad): Rgb {
  const size = rectifiedSize(quad, { width, height });
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
      let index = top * row + left * 3;
      for (let channel = 0; channel < 3; channel++, index++, to++) {
        const above = (data[index] ?? 0) * (1 - u) + (data[index + 3] ?? 0) * u;
        const below = (data[index + row] ?? 0) * (1 - u) + (data[index + row + 3] ?? 0) * u;
        straight[to] = above * (1 - v) + below * v + 0.5;
      }
    }
  }
  return { data: straight, ...size };
}
