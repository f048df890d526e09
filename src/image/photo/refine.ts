import { type Grey, levelAt } from "./grey.js";
import { type Line, quadOf } from "./lines.js";
import { isPlausible, type Point, pointOn, type Quad, type QuadSide, sidesOf } from "./quad.js";

/** Less of a step is none. Levels. */
const leastStep = 8;

/**
 * The same sides, drawn through where the picture is steepest along each.
 *
 * @param isFixed of each side, whether it stays
 * @param leastArea share of the picture
 */
export function refined(quad: Quad, isFixed: boolean[], grey: Grey, leastArea: number): Quad {
  let fitted = quad;
  for (const reach of [10, 5, 3]) {
    const [top, right, bottom, left] = sidesOf(fitted).map((side, index) =>
      isFixed[index] ? lineOf(side.from, side.to) : steepestLine(side, reach, grey),
    );
    const next = top && right && bottom && left ? quadOf(top, right, bottom, left) : undefined;
    if (!next || !isPlausible(next, grey, leastArea)) return fitted;
    fitted = next;
  }
  return fitted;
}

/** A line through the steepest points near a side, without those that lie far from it. */
function steepestLine(side: QuadSide, reach: number, grey: Grey): Line | undefined {
  const points: Array<{ share: number; away: number }> = [];
  for (let sample = 2; sample < 62; sample++) {
    const share = sample / 64;
    let best = { away: 0, step: leastStep };
    for (let away = -reach; away <= reach; away += 0.5) {
      const step =
        levelAt(grey, pointOn(side, share, away + 1)) - levelAt(grey, pointOn(side, share, away - 1));
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
  return lineOf(pointOn(side, 0, start), pointOn(side, 1, start + slope));
}

function lineOf(from: Point, to: Point): Line {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [cos, sin] = [-(to.y - from.y) / length, (to.x - from.x) / length];
  return { cos, sin, distance: from.x * cos + from.y * sin };
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
