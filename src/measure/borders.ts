import { borderOf, boxOf, type Patch } from "./strokePatches.js";

/** Whether a patch is no letter but the outline of something, a rule, or the smoothed edge between two grounds. */
export const isBorder = (patch: Patch): boolean =>
  patch.onEdge > patch.pixels * 0.75 || isOutline(patch) || isRule(patch);

/** Whether a patch is the outline of something: a button, a field, a card, a table, a ring. */
function isOutline(patch: Patch): boolean {
  const { width, height } = boxOf(patch);
  if (Math.min(width, height) < 12) return false;
  const border = borderOf(patch);
  const inner = patch.inner / ((width - 2 * border) * (height - 2 * border));
  // A round letter is a ring, too, but a thicker one, and not straight along its box.
  if (inner > 0.1) return false;
  const [top, right, bottom, left] = patch.sides;
  const straight =
    Math.min(top, bottom) >= width * 0.55 && Math.min(left, right) >= height * (height < 40 ? 0.3 : 0.55);
  // The outline of a pill is thin for its height; that of an O is not, and no letter is so wide.
  const thickness = Math.max(1.3, height * (width > height * 1.4 ? 0.09 : 0.05));
  return inner < 0.02 && (straight || patch.pixels < (width + height) * 1.6 * thickness);
}

/** Whether a patch is a rule between things, or a bar; a long word whose letters touch is neither. */
function isRule(patch: Patch): boolean {
  const { width, height } = boxOf(patch);
  const [thin, long] = [Math.min(width, height), Math.max(width, height)];
  return long > thin * 15 && (thin <= 6 || patch.pixels < long * 5);
}
