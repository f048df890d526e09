import type { Box } from "../../report.js";
import type { Facing } from "./facing.js";
import { isRedrawn } from "./redrawn.js";
import { type Scene, unmark } from "./scene.js";

/** A part of a page may stand so far from where it is expected, since browsers round. Pixels. */
const furthest = 3;
/** Smaller pieces find their like everywhere. Pixels. */
const smallest = 20;
const margin = 2;

/** Steps to try, the shortest first. */
const steps = Array.from({ length: (2 * furthest + 1) ** 2 }, (_, index) => ({
  x: (index % (2 * furthest + 1)) - furthest,
  y: Math.floor(index / (2 * furthest + 1)) - furthest,
}))
  .filter(({ x, y }) => x !== 0 || y !== 0)
  .sort((one, other) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y));

/**
 * Takes back the marks of what only stands a few pixels from where it is expected: as a whole, or else piece by piece.
 *
 * @param facing what the box lies in
 * @param box pixels of after
 * @param isLoose whether something moved, or was drawn otherwise: then edges may have been smoothed anew
 * @returns how the pieces face their like
 */
export function explainByShifts(scene: Scene, facing: Facing, box: Box, isLoose: boolean): Facing[] {
  const piece = facingOf(facing, box);
  if (scene.count(piece, 1) === 0) {
    unmark(scene.changed, box);
    return [];
  }
  const least = Math.floor(piece.width * piece.height * 0.002);
  for (const step of steps) {
    const moved = shifted(scene, piece, step);
    if (!moved || scene.count(moved, least + 1) > least) continue;
    unmark(scene.changed, { ...moved.after, width: moved.width, height: moved.height });
    return [moved];
  }
  if (isLoose) {
    for (const step of [{ x: 0, y: 0 }, ...steps.slice(0, 8)]) {
      const moved = shifted(scene, piece, step);
      if (!moved || !isRedrawn(scene.before, scene.after, moved)) continue;
      unmark(scene.changed, { ...moved.after, width: moved.width, height: moved.height });
      return [moved];
    }
  }
  if (Math.max(box.width, box.height) < 2 * smallest) return [];
  const across = box.width >= box.height;
  const half = Math.floor((across ? box.width : box.height) / 2);
  const halves = across
    ? [
        { ...box, width: half },
        { ...box, x: box.x + half, width: box.width - half },
      ]
    : [
        { ...box, height: half },
        { ...box, y: box.y + half, height: box.height - half },
      ];
  return halves.flatMap((part) => explainByShifts(scene, facing, part, isLoose));
}

/** The box with its margin, as far as the facing reaches. */
function facingOf(facing: Facing, box: Box): Facing {
  const x = Math.max(facing.after.x, box.x - margin);
  const y = Math.max(facing.after.y, box.y - margin);
  const right = Math.min(facing.after.x + facing.width, box.x + box.width + margin);
  const bottom = Math.min(facing.after.y + facing.height, box.y + box.height + margin);
  return {
    before: { x: x - facing.after.x + facing.before.x, y: y - facing.after.y + facing.before.y },
    after: { x, y },
    width: right - x,
    height: bottom - y,
  };
}

/** The same part of after, facing another part of before; undefined outside of it. */
function shifted(scene: Scene, piece: Facing, step: { x: number; y: number }): Facing | undefined {
  const [x, y] = [piece.before.x + step.x, piece.before.y + step.y];
  if (x < 0 || y < 0 || x + piece.width > scene.before.width || y + piece.height > scene.before.height)
    return undefined;
  return { ...piece, before: { x, y } };
}
