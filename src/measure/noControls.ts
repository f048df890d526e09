import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { gapBetween, overlapOf } from "./boxes.js";
import { contrastRatio } from "./colour.js";
import { colourAt, isNear, isRound, type Outline } from "./outlines.js";

/** Of outlines within each other, as the rings of a border are, the outer one; of two with one box, the inner. */
export function outermost(outlines: readonly Outline[]): Outline[] {
  const isPart = ({ box, inner }: Outline, other: Outline): boolean => {
    if (!isWithin(box, other.box)) return false;
    if (isWithin(other.box, box)) return area(other.inner) < area(inner);
    return (
      area(other.box) < area(box) * 12 &&
      (other.box.height < box.height * 2.2 ||
        (other.box.width < box.width * 1.3 && other.box.height < box.height * 4))
    );
  };
  return outlines.filter((outline) => !outlines.some((other) => other !== outline && isPart(outline, other)));
}

const area = ({ width, height }: Box) => width * height;

export const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 1 &&
  inner.y >= outer.y - 1 &&
  inner.x + inner.width <= outer.x + outer.width + 1 &&
  inner.y + inner.height <= outer.y + outer.height + 1;

/** Whether others like it touch it both beside and above or below: a cell of a table, a day of a calendar. */
export function isCell({ box }: Outline, all: readonly Outline[], ratio: number): boolean {
  const reach = 2.5 * ratio;
  const touching = all.filter((other) => other.box !== box && gapBetween(box, other.box) <= reach);
  const beside = touching.some(
    (other) => overlapOf(box, other.box).across <= 0 && Math.abs(other.box.height - box.height) <= 2 * ratio,
  );
  const below = touching.some(
    (other) => overlapOf(box, other.box).down <= 0 && Math.abs(other.box.width - box.width) <= 2 * ratio,
  );
  return beside && below;
}

/** Whether it is a letter: thick strokes around a hole, or strokes of its own, close to others of their colour. */
export function isLetter(pixels: Rgb, outline: Outline): boolean {
  const { box, inner, border, fill, ground } = outline;
  const { share } = outline;
  if (box.width > box.height * 1.7) return false;
  const stroke = (box.width - inner.width) / box.width;
  if (border && stroke > 0.34) return true;
  const round = isRound(outline);
  if (!border && ((share > 0.68 && !round) || contrastRatio(fill, ground) < 1.2)) return false;
  if (border && stroke < 0.1) return false;
  const ink = border ?? fill;
  const reach = Math.ceil(box.height * (stroke > 0.2 && stroke < 0.34 ? 0.45 : 0.25));
  for (let y = box.y; y < box.y + box.height; y += 2) {
    for (let off = 1; off <= reach; off++) {
      for (const x of [box.x - off - 1, box.x + box.width + off])
        if (x >= 0 && x < pixels.width && isNear(colourAt(pixels, x, y), ink)) return true;
    }
  }
  return !border && !round;
}

/** Whether nothing touches it: a point on the line of a chart, or a part of an icon, is no radio button. */
export function standsFree(pixels: Rgb, { box, ground }: Outline, ratio: number): boolean {
  const off = Math.max(1, Math.round(1.5 * ratio));
  const [left, right] = [box.x - off, box.x + box.width - 1 + off];
  const [top, bottom] = [box.y - off, box.y + box.height - 1 + off];
  if (left < 0 || top < 0 || right >= pixels.width || bottom >= pixels.height) return false;
  let [free, all] = [0, 0];
  const look = (x: number, y: number) => {
    all++;
    if (isNear(colourAt(pixels, x, y), ground)) free++;
  };
  for (let x = left; x <= right; x++) for (const y of [top, bottom]) look(x, y);
  for (let y = top; y <= bottom; y++) for (const x of [left, right]) look(x, y);
  return free >= all * 0.95;
}

/** Whether it is one of a stack: an item of a list, a row of a table. Fields and buttons stand apart. */
export function isRow({ box }: Outline, all: readonly Outline[], ratio: number): boolean {
  const slack = 2 * ratio;
  return all.some(
    ({ box: other }) =>
      other !== box &&
      Math.abs(other.x - box.x) <= slack &&
      Math.abs(other.width - box.width) <= slack &&
      Math.abs(overlapOf(box, other).down) <= slack &&
      other.height >= box.height * 0.5 &&
      other.height <= box.height * 2,
  );
}

/** Whether it is the head or the foot of a card: it reaches from the left edge of something larger to its right one. */
export function isSection({ box }: Outline, all: readonly Outline[], ratio: number): boolean {
  const slack = 3 * ratio;
  return all.some(
    ({ box: other }) =>
      other.height > box.height * 1.6 &&
      isWithin(box, other) &&
      box.x - other.x <= slack &&
      other.x + other.width - box.x - box.width <= slack,
  );
}

/** CSS pixels. */
const inline = { highest: 25, space: 7, touching: 2.5, reach: 8 };

/** Whether it stands in a line of text, as code or the name of a key does. */
export function isInline(pixels: Rgb, outline: Outline, all: readonly Outline[], ratio: number): boolean {
  if (outline.box.height > inline.highest * ratio) return false;
  const [left, right] = [
    gapBeside(pixels, outline, all, ratio, -1),
    gapBeside(pixels, outline, all, ratio, 1),
  ];
  return Math.max(left, right) <= inline.space * ratio || Math.min(left, right) <= inline.touching * ratio;
}

/**
 * How far the nearest letter beside an outline is; infinite where there is none within reach, or another box first.
 */
function gapBeside(
  pixels: Rgb,
  { box, ground }: Outline,
  all: readonly Outline[],
  ratio: number,
  way: 1 | -1,
): number {
  const edge = way === 1 ? box.x + box.width : box.x - 1;
  const [top, bottom] = [box.y + Math.round(box.height * 0.1), box.y + Math.round(box.height * 0.95)];
  for (let off = 1; off <= inline.reach * ratio; off++) {
    const x = edge + off * way;
    if (x < 0 || x >= pixels.width) break;
    let [inked, last] = [0, 0];
    for (let y = top; y < bottom; y++) {
      if (isNear(colourAt(pixels, x, y), ground)) continue;
      inked++;
      last = y;
    }
    if (inked === 0) continue;
    // A border goes all the way down; no letter does.
    if (inked > (bottom - top) * 0.85) return Number.POSITIVE_INFINITY;
    const isOther = all.some(
      ({ box: other }) =>
        other.height > box.height * 0.7 &&
        !isWithin(box, other) &&
        holds(other, x, last, Math.ceil(2 * ratio)),
    );
    return isOther ? Number.POSITIVE_INFINITY : off - 1;
  }
  return Number.POSITIVE_INFINITY;
}

/** Whether a place lies in a box, or next to it: a raised border reaches beyond what was found of it. */
const holds = (box: Box, x: number, y: number, slack: number): boolean =>
  x >= box.x - slack && x < box.x + box.width + slack && y >= box.y - slack && y < box.y + box.height + slack;
