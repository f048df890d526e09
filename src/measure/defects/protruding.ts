import type { Box } from "../../report.js";
import { around, overlapOf } from "../boxes.js";
import { differenceOf } from "../colour.js";
import { inkOn } from "../ink.js";
import type { DisplayDefect } from "../measurement.js";
import type { Patches } from "../patches.js";
import type { Segment } from "../segments.js";
import type { Scene } from "./scene.js";

/** In heights of the text: so high is a box at least, so much of the text is within, and so much beyond. */
const least = { box: 1.9, inside: 1.5, beyond: 0.8 };
/** Boxes are at least so large. CSS pixels. */
const smallest = { width: 32, height: 18 };
/** Letters on both sides of an edge stand no further apart than words. */
const widestGap = 0.55;

/** Text that goes on beyond the left or right edge of the box that holds it. */
export function findProtruding({ segments, patches, ratio }: Scene): DisplayDefect[] {
  const texts = segments.filter(({ height, letters }) => letters.length >= 2 && height >= 6 * ratio);
  const found: DisplayDefect[] = [];
  for (const box of boxesIn(patches, ratio)) {
    for (const text of texts) {
      if (box.height < text.height * least.box || !isBeside(text, box)) continue;
      const beyond = beyondEdge(text, texts, box);
      if (beyond) found.push({ kind: "protruding", box: beyond.whole, by: beyond.by / ratio });
    }
  }
  return found.filter(
    ({ box }, at) =>
      !found.some(
        (other, place) =>
          place < at &&
          overlapOf(other.box, box).down > 0 &&
          overlapOf(other.box, box).across > box.width / 2,
      ),
  );
}

/** The boxes of even patches that fill them for the most part: cards, buttons, panels. */
function boxesIn(patches: Patches, ratio: number): Box[] {
  const boxes: Box[] = [];
  for (let patch = 0; patch < patches.count; patch++) {
    if (patches.areaOf(patch) < smallest.width * smallest.height * ratio * ratio * 0.5) continue;
    const box = patches.boxOf(patch);
    if (box.width < smallest.width * ratio || box.height < smallest.height * ratio) continue;
    if (patches.areaOf(patch) >= 0.5 * box.width * box.height) boxes.push(box);
  }
  return boxes;
}

/** Whether a text stands between the upper and the lower edge of a box, with room. */
const isBeside = (text: Segment, box: Box): boolean =>
  text.y > box.y + 1 && text.y + text.height < box.y + box.height - 1;

/** The text with what of it is beyond the right edge of a box, and how far it reaches. */
function beyondEdge(
  text: Segment,
  texts: readonly Segment[],
  box: Box,
): { whole: Box; by: number } | undefined {
  const edge = box.x + box.width;
  const size = text.height;
  if (text.x < box.x + size * 0.2 || text.x > edge - least.inside * size) return undefined;
  const end = text.x + text.width;
  if (end > edge + least.beyond * size && gapAt(text.letters, edge) <= widestGap * size)
    return { whole: { x: text.x, y: text.y, width: text.width, height: text.height }, by: end - edge };
  if (end > edge + 1 || end < edge - widestGap * size) return undefined;
  const next = texts.find(
    (other) =>
      other !== text &&
      other.x >= edge - 1 &&
      other.x - end <= widestGap * size &&
      other.width >= least.beyond * size &&
      overlapOf(other, text).down >= Math.min(other.height, size) * 0.7 &&
      haveOneColour(text, other),
  );
  return next && { whole: around([text, next]), by: next.x + next.width - edge };
}

/** How far the letters on both sides of an edge are apart; 0 where one lies on it. */
function gapAt(letters: readonly Box[], edge: number): number {
  let [left, right] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { x, width } of letters) {
    if (x < edge && x + width > edge) return 0;
    if (x + width <= edge) left = Math.max(left, x + width);
    else right = Math.min(right, x);
  }
  return right - left;
}

function haveOneColour({ ink: one }: Segment, { ink: other }: Segment): boolean {
  if (!one || !other) return false;
  return differenceOf(inkOn(one.ground, one), inkOn(other.ground, other)) <= 24;
}
