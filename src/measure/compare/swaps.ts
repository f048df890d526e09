import type { Box } from "../../report.js";
import type { Change } from "./comparison.js";
import type { Region } from "./regions.js";
import { both } from "./regions.js";
import type { Scene } from "./scene.js";

/**
 * What was removed in one place and added in another is one thing that moved; and so are two things that changed
 * places.
 */
export function pairMoved(scene: Scene, regions: readonly Region[]): { moved: Change[]; rest: Region[] } {
  const rest = [...regions];
  const moved: Change[] = [];
  for (let index = 0; index < rest.length; index++) {
    const one = rest[index];
    if (!one) continue;
    const partner = rest.findIndex(
      (other, place) => (place !== index || one.before !== undefined) && isMoved(scene, one, other),
    );
    const other = rest[partner];
    if (!other?.after || !one.before) continue;
    const by = { x: other.after.x - one.before.x, y: other.after.y - one.before.y };
    if (by.x === 0 && by.y === 0) continue;
    // Two that changed places are told once, by what both cover.
    const isSwap = partner !== index && isMoved(scene, other, one);
    const { before, after } = isSwap ? both(one, other) : { before: one.before, after: other.after };
    if (before && after) moved.push({ kind: "moved", before, after, by, differing: 1 });
    for (const place of [...new Set([index, partner])].sort((a, b) => b - a)) rest.splice(place, 1);
    index = -1;
  }
  return { moved, rest };
}

/** A box may be cut a little otherwise in its new place. Pixels. */
const slack = 4;

/** Whether what is in the one's place before is in the other's place after. */
function isMoved(scene: Scene, { before }: Region, { after }: Region): boolean {
  if (!before || !after) return false;
  if (before.x === after.x && before.y === after.y) return false;
  if (
    Math.abs(before.width - after.width) > slack ||
    Math.abs(before.height - after.height) > slack ||
    before.width * before.height < 60
  )
    return false;
  const most = before.width * before.height * 0.02;
  for (const y of [0, -1, 1, -2, 2, -3, 3]) {
    for (const x of [0, -1, 1, -2, 2, -3, 3]) {
      const facing = facingOf(scene, before, { ...after, x: after.x + x, y: after.y + y });
      if (facing && scene.count(facing, most + 1) <= most) return true;
    }
  }
  return false;
}

function facingOf(scene: Scene, before: Box, after: Box) {
  const width = Math.min(before.width, after.width, scene.after.width - after.x);
  const height = Math.min(before.height, after.height, scene.after.height - after.y);
  if (after.x < 0 || after.y < 0 || width <= 0 || height <= 0) return undefined;
  return { before, after, width, height };
}
