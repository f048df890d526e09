import { contrastRatio, hex } from "../colour.js";
import type { Change, ChangeKind, ColourChange } from "./comparison.js";
import { deltaE2000 } from "./deltaE2000.js";
import { type InkProfile, inkOf, likeness } from "./inkProfile.js";
import { distance, type Look, lookAt } from "./look.js";
import { isOnlyRecoloured } from "./recoloured.js";
import type { Region } from "./regions.js";
import type { Scene } from "./scene.js";

/** Says what became of a region, with numbers. */
export function nameRegion(scene: Scene, { before, after, pixels }: Region): Change {
  const area = Math.max(
    (before?.width ?? 0) * (before?.height ?? 0),
    (after?.width ?? 0) * (after?.height ?? 0),
    1,
  );
  const differing = Math.min(1, pixels / area);
  if (!before || !after) {
    const kind = before ? "removed" : "added";
    return { kind, ...(before ? { before } : {}), ...(after ? { after } : {}), differing };
  }
  const [one, other] = [lookAt(scene.before, before), lookAt(scene.after, after)];
  // Nothing but ground was there, or is.
  if (isBare(one, other)) return { kind: "added", after, differing };
  if (isBare(other, one)) return { kind: "removed", before, differing };
  const kind = kindOf(scene, one, other, differing);
  const change: Change = { kind, before, after, differing };
  if (kind === "recoloured") {
    change.colours = coloursOf(one, other);
    const contrast = {
      before: contrastRatio(one.ink, one.ground),
      after: contrastRatio(other.ink, other.ground),
    };
    if (contrast.before > 1.1 && contrast.after > 1.1) change.contrast = contrast;
  }
  if (kind === "restyled") {
    const style = styleOf(inkOf(scene.before, one), inkOf(scene.after, other));
    if (style.length > 0) change.style = style;
  }
  return change;
}

/** A few pixels may belong to what stands beside it. */
const isBare = (one: Look, other: Look): boolean =>
  distance(one.ground, one.around) <= 3 &&
  one.content <= Math.min(other.content * 0.08, Math.max(2, one.box.width * one.box.height * 0.003));

/** More colours than this, and it is a picture. */
const manyColours = 14;

/** Strokes of letters are thinner. Pixels. */
const thickest = 7;

function kindOf(scene: Scene, one: Look, other: Look, differing: number): ChangeKind {
  if (differing < 0.7 && isRing(scene, other)) return "restyled";
  if (isOnlyRecoloured(scene, one.box, other.box)) return "recoloured";
  if (Math.max(one.colours, other.colours) > manyColours) return "imageChanged";
  const [ink, inkAfter] = [inkOf(scene.before, one), inkOf(scene.after, other)];
  const alike = likeness(ink, inkAfter);
  if (alike > 0.9 || (alike > 0.75 && styleOf(ink, inkAfter).length > 0)) return "restyled";
  if (isIcon(one) && isIcon(other)) return "imageChanged";
  if (Math.min(ink.weight, inkAfter.weight) > thickest) return "imageChanged";
  return "retexted";
}

/** Whether what differs lies along the edges of the box, on all sides: a border, corners, a shadow. */
function isRing(scene: Scene, { box }: Look): boolean {
  if (Math.min(box.width, box.height) < 12) return false;
  const { marked, width } = scene.changed;
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const [insetX, insetY] = [box.width * 0.3, box.height * 0.3];
  let [inner, all, atLeft, atRight, atTop, atBottom] = [0, 0, 0, 0, 0, 0];
  for (let y = box.y; y < bottom; y++) {
    for (let x = box.x; x < right; x++) {
      if (!marked[y * width + x]) continue;
      all++;
      if (x < box.x + insetX) atLeft++;
      if (x >= right - insetX) atRight++;
      if (y < box.y + insetY) atTop++;
      if (y >= bottom - insetY) atBottom++;
      if (x >= box.x + insetX && x < right - insetX && y >= box.y + insetY && y < bottom - insetY) inner++;
    }
  }
  return inner <= all * 0.02 && Math.min(atLeft, atRight) > all * 0.08 && atTop + atBottom > all * 0.3;
}

const isIcon = ({ box: { width, height } }: Look): boolean =>
  height >= 9 && width >= 9 && width < height * 1.6 && height < width * 1.6;

function coloursOf(one: Look, other: Look): ColourChange[] {
  const changes: ColourChange[] = [];
  const add = (of: "ink" | "ground", from: Look["ink"], to: Look["ink"]) => {
    if (distance(from, to) > 1)
      changes.push({ of, from: hex(from), to: hex(to), deltaE: deltaE2000(from, to) });
  };
  add("ground", one.ground, other.ground);
  if (distance(one.ink, one.ground) > 12 || distance(other.ink, other.ground) > 12)
    add("ink", one.ink, other.ink);
  return changes;
}

function styleOf(one: InkProfile, other: InkProfile): NonNullable<Change["style"]> {
  const style: NonNullable<Change["style"]> = [];
  const size = other.height / Math.max(1, one.height);
  const weight = other.weight / Math.max(0.1, one.weight);
  if (Math.abs(other.height - one.height) >= 1 && Math.abs(Math.log(size)) > 0.04)
    style.push({ of: "size", from: one.height, to: other.height });
  if (Math.abs(Math.log(weight / size)) > 0.03)
    style.push({ of: "weight", from: one.weight, to: other.weight });
  return style;
}
