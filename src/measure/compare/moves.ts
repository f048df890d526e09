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
 * The one thing that moved by itself, where nothing else changed: undefined where what moved was pushed.
 */
export function movedAlone(scene: Scene, { moved }: Explanation): Change | undefined {
  const found = moved
    .map((facing): Change | undefined => {
      const by = vectorOf(facing);
      if (Math.max(Math.abs(by.x), Math.abs(by.y)) <= least) return undefined;
      const [before, after] = [
        inkBox(scene.before, boxBefore(facing)),
        inkBox(scene.after, boxAfter(facing)),
      ];
      return before && after && { kind: "moved", before, after, by, differing: 1 };
    })
    .filter((change) => change !== undefined);
  return found.length === 1 ? found[0] : undefined;
}

/** Where there is more than ground in a box. */
function inkBox(picture: Rgb, box: Box): Box | undefined {
  const { ground } = lookAt(picture, box);
  let found: Box | undefined;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const place = (y * picture.width + x) * 3;
      const { data } = picture;
      const colour = [data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0] as const;
      if (distance(colour, ground) <= 12) continue;
      const dot = { x, y, width: 1, height: 1 };
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
