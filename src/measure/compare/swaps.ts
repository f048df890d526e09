import type { Box } from "../../report.js";
import { areNear, union } from "./clusters.js";
import type { Change } from "./comparison.js";
import type { Facing } from "./facing.js";
import { isRedrawn } from "./redrawn.js";
import type { Region } from "./regions.js";
import { both } from "./regions.js";
import type { Scene } from "./scene.js";

/**
 * What was removed in one place and added in another is one thing that moved; and so are two things that changed
 * places.
 */
export function pairMoved(
  scene: Scene,
  regions: readonly Region[],
  facings: readonly Facing[],
): { moved: Change[]; rest: Region[] } {
  const rest = [...regions];
  const shifts = facings.map(({ before, after }) => ({ x: after.x - before.x, y: after.y - before.y }));
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
    // It faces its like already: what differs is how it was drawn anew.
    if (partner === index && shifts.some(({ x, y }) => Math.abs(x - by.x) <= 1 && Math.abs(y - by.y) <= 1)) {
      rest.splice(index, 1);
      index = -1;
      continue;
    }
    // Two that changed places are told once, by what both cover.
    const isSwap = partner !== index && isMoved(scene, other, one);
    const { before, after } = isSwap ? both(one, other) : { before: one.before, after: other.after };
    if (before && after) moved.push({ kind: "moved", before, after, by, differing: 1 });
    for (const place of [...new Set([index, partner])].sort((a, b) => b - a)) rest.splice(place, 1);
    index = -1;
  }
  return { moved: withoutPushed(moved), rest };
}

/** Whether two moved alike from one row to another. */
const isOneRow = (one: Change, other: Change): boolean =>
  one.by?.x === other.by?.x &&
  one.by?.y === other.by?.y &&
  Math.abs((one.before?.y ?? 0) - (other.before?.y ?? 0)) < 24;

/** What stood on the way of what moved, and moved the other way, was pushed. */
function withoutPushed(moved: readonly Change[]): Change[] {
  const far = ({ by }: Change) => Math.abs(by?.x ?? 0) + Math.abs(by?.y ?? 0);
  const kept: Change[] = [];
  for (const change of [...moved].sort((one, other) => far(other) - far(one))) {
    const row = kept.find((one) => isOneRow(one, change));
    if (row?.before && row.after && change.before && change.after) {
      row.before = union(row.before, change.before);
      row.after = union(row.after, change.after);
      continue;
    }
    const isPushed = kept.some(({ before, after }) => {
      if (!before || !after || !change.before) return false;
      return areNear(union(before, after), change.before, slack);
    });
    if (!isPushed) kept.push(change);
  }
  return kept;
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
      if (!facing) continue;
      if (scene.count(facing, most + 1) <= most) return true;
      if (isRedrawn(scene.before, scene.after, facing)) return true;
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
