import { union } from "./clusters.js";
import type { Change } from "./comparison.js";
import { boxAfter, boxBefore, type Facing } from "./facing.js";

/** What only stands elsewhere, once for all that moved alike. */
export function shiftsOf(facings: readonly Facing[]): Change[] {
  const shifts = new Map<string, Change>();
  for (const facing of facings) {
    const by = { x: facing.after.x - facing.before.x, y: facing.after.y - facing.before.y };
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
