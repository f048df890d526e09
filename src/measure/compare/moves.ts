import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import { union } from "./clusters.js";
import type { Change } from "./comparison.js";
import type { Explanation } from "./explain.js";
import { boxAfter, boxBefore, type Facing } from "./facing.js";
import { distance, lookAt } from "./look.js";
import type { Scene } from "./scene.js";

/** What moved less is rounding. Pixels. */
const least = 3;

const vectorOf = ({ before, after }: Facing) => ({ x: after.x - before.x, y: after.y - before.y });

/**
 * The one thing that moved by itself, where nothing else changed and nothing else moved alike: undefined where what
 * moved was pushed.
 */
export function movedAlone(scene: Scene, { moved, rows }: Explanation): Change | undefined {
  const [only, more] = moved.filter(({ parts, facing }) => parts.some((part) => isFurther(part, facing)));
  if (!only || more || rows.length > 1) return undefined;
  const part = only.parts.find((one) => isFurther(one, only.facing));
  if (!part) return undefined;
  const by = vectorOf(part);
  const before = inkBox(scene.before, boxBefore(part), only.box, { x: -by.x, y: -by.y });
  const after = inkBox(scene.after, boxAfter(part), only.box, { x: 0, y: 0 });
  if (!before || !after) return undefined;
  return { kind: "moved", before, after, by, differing: 1 };
}

function isFurther(part: Facing, facing: Facing): boolean {
  const [one, other] = [vectorOf(part), vectorOf(facing)];
  return Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y)) > least;
}

/** Where there is more than ground, of a box and within what differed. */
function inkBox(picture: Rgb, box: Box, differed: Box, step: { x: number; y: number }): Box | undefined {
  const x = Math.max(box.x, differed.x + step.x);
  const y = Math.max(box.y, differed.y + step.y);
  const right = Math.min(box.x + box.width, differed.x + step.x + differed.width);
  const bottom = Math.min(box.y + box.height, differed.y + step.y + differed.height);
  if (right <= x || bottom <= y) return undefined;
  const whole = { x, y, width: right - x, height: bottom - y };
  const { ground } = lookAt(picture, whole);
  let found: Box | undefined;
  for (let row = y; row < bottom; row++) {
    for (let column = x; column < right; column++) {
      const place = (row * picture.width + column) * 3;
      const { data } = picture;
      const colour = [data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0] as const;
      if (distance(colour, ground) <= 12) continue;
      const dot = { x: column, y: row, width: 1, height: 1 };
      found = found ? union(found, dot) : dot;
    }
  }
  return found;
}

/** What only stands elsewhere, once for all that moved alike. */
export function shiftsOf(facings: readonly Facing[]): Change[] {
  const shifts = new Map<string, Change>();
  for (const facing of facings) {
    const by = vectorOf(facing);
    if (by.x === 0 && by.y === 0) continue;
    const key = `${by.x} ${by.y}`;
    const known = shifts.get(key);
    const [before, after] = [boxBefore(facing), boxAfter(facing)];
    shifts.set(key, {
      kind: "shifted",
      before: known?.before ? union(known.before, before) : before,
      after: known?.after ? union(known.after, after) : after,
      by,
      differing: 0,
    });
  }
  return [...shifts.values()];
}
