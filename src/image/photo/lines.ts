import type { Grey } from "./grey.js";
import type { Point, Quad } from "./quad.js";

/** x·cos + y·sin = distance, with the bright side where the normal points. */
export interface Line {
  cos: number;
  sin: number;
  distance: number;
}

export type Side = "left" | "top" | "right" | "bottom";

/** Directions in a full turn. */
const angles = 360;
/** Fainter steps of the ground are none. Levels, over two pixels. */
const faintest = 6;

/**
 * The clearest straight edges of the ground by a Hough transform with signed gradients: those with their bright side
 * to the right (left), below (top), to the left (right) and above (bottom).
 *
 * @param count at most so many of each
 */
export function findLines({ data, width, height }: Grey, count: number): Record<Side, Line[]> {
  const reach = Math.ceil(Math.hypot(width, height));
  const row = 2 * reach + 1;
  const votes = new Float32Array(angles * row);
  const cosines = Float64Array.from({ length: angles }, (_, index) =>
    Math.cos((index / angles) * 2 * Math.PI),
  );
  const sines = Float64Array.from({ length: angles }, (_, index) => Math.sin((index / angles) * 2 * Math.PI));
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const index = y * width + x;
      const gx = (data[index + 1] ?? 0) - (data[index - 1] ?? 0);
      const gy = (data[index + width] ?? 0) - (data[index - width] ?? 0);
      const strength = Math.hypot(gx, gy);
      if (strength < faintest) continue;
      const angle = Math.round((Math.atan2(gy, gx) / (2 * Math.PI)) * angles);
      // Between pixels a gradient is some degrees off.
      for (let turn = angle - 6; turn <= angle + 6; turn++) {
        const direction = (turn + angles) % angles;
        const distance = Math.round(
          (x + 0.5) * (cosines[direction] ?? 0) + (y + 0.5) * (sines[direction] ?? 0),
        );
        const cell = direction * row + distance + reach;
        votes[cell] = (votes[cell] ?? 0) + Math.min(strength, 40);
      }
    }
  }
  const quarter = angles / 4;
  const clearest = (middle: number) => peaks(votes, reach, middle * quarter, quarter * 0.4, count);
  return { left: clearest(0), top: clearest(1), right: clearest(2), bottom: clearest(3) };
}

function peaks(votes: Float32Array, reach: number, middle: number, spread: number, count: number): Line[] {
  const row = 2 * reach + 1;
  const found: Array<{ direction: number; distance: number; votes: number }> = [];
  for (let turn = Math.ceil(middle - spread); turn <= middle + spread; turn++) {
    const direction = (turn + angles) % angles;
    for (let cell = 0; cell < row; cell++) {
      const sum = votes[direction * row + cell] ?? 0;
      if (sum > 0) found.push({ direction, distance: cell - reach, votes: sum });
    }
  }
  found.sort((a, b) => b.votes - a.votes);
  const kept: typeof found = [];
  for (const one of found) {
    if (kept.length === count) break;
    const turned = (other: number) =>
      Math.min((other - one.direction + angles) % angles, (one.direction - other + angles) % angles);
    if (!kept.some((other) => turned(other.direction) <= 8 && Math.abs(other.distance - one.distance) <= 8))
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

/** The quadrilateral between four lines; undefined when two that should meet do not. */
export function quadOf(top: Line, right: Line, bottom: Line, left: Line): Quad | undefined {
  const [a, b, c, d] = [
    crossing(top, left),
    crossing(top, right),
    crossing(bottom, right),
    crossing(bottom, left),
  ];
  return a && b && c && d ? [a, b, c, d] : undefined;
}
