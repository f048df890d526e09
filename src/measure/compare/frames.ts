import type { Rgb } from "../../image/palette.js";
import { both, type Region } from "./regions.js";
import type { Scene } from "./scene.js";

/**
 * Joins fragments of one frame: rounded corners, the ends of a pill. Between two of them runs a straight edge.
 *
 * @param scene whose pictures are looked at
 */
export function joinFrames(scene: Scene, regions: readonly Region[]): Region[] {
  const kept = [...regions];
  for (let index = 0; index < kept.length; index++) {
    const one = kept[index];
    const partner = kept.findIndex((two, place) => place > index && one && areOfOneFrame(scene, one, two));
    const other = kept[partner];
    if (!one || !other) continue;
    kept[index] = both(one, other);
    kept.splice(partner, 1);
    // A side that was joined may be one with another side.
    index = -1;
  }
  return kept;
}

/** Corners and ends are alike in size. Pixels. */
const alike = 4;
const largestEnd = 80;

function areOfOneFrame({ before, after }: Scene, one: Region, other: Region): boolean {
  const pairs = [
    [before, one.before, other.before],
    [after, one.after, other.after],
  ] as const;
  return pairs.some(([picture, a, b]) => {
    if (!a || !b) return false;
    if (
      Math.abs(a.y - b.y) <= alike &&
      Math.abs(a.height - b.height) <= alike &&
      Math.min(a.width, b.width) <= largestEnd
    ) {
      const [left, right] = a.x < b.x ? [a, b] : [b, a];
      const [from, to] = [left.x + left.width, right.x];
      return range(a.y - 1, a.y + a.height + 1).some((y) => isEdge(picture, "across", y, from, to));
    }
    if (
      Math.abs(a.x - b.x) <= alike &&
      Math.abs(a.width - b.width) <= alike &&
      Math.min(a.height, b.height) <= largestEnd
    ) {
      const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
      const [from, to] = [upper.y + upper.height, lower.y];
      return range(a.x - 1, a.x + a.width + 1).some((x) => isEdge(picture, "down", x, from, to));
    }
    return false;
  });
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** A border or a ground may be as faint as this. Levels of 255. */
const faintest = 3;

/** Whether pixels differ from those before them, all along a line. */
function isEdge(
  { data, width, height }: Rgb,
  way: "across" | "down",
  line: number,
  from: number,
  to: number,
): boolean {
  if (line < 1 || line >= (way === "across" ? height : width) || to - from < 6) return false;
  let steps = 0;
  for (let place = from; place < to; place++) {
    const here = (way === "across" ? line * width + place : place * width + line) * 3;
    const there = here - (way === "across" ? width * 3 : 3);
    const step = Math.max(
      Math.abs((data[here] ?? 0) - (data[there] ?? 0)),
      Math.abs((data[here + 1] ?? 0) - (data[there + 1] ?? 0)),
      Math.abs((data[here + 2] ?? 0) - (data[there + 2] ?? 0)),
    );
    if (step >= faintest) steps++;
  }
  return steps >= (to - from) * 0.9;
}
