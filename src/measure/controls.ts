import type { Rgb } from "../image/palette.js";
import type { Box, ControlMark } from "../report.js";
import { around, overlapOf } from "./boxes.js";
import { type Colour, contrastRatio } from "./colour.js";
import type { Content, Outline } from "./outlines.js";

/** Sizes that controls have. CSS pixels. */
const sizes = {
  smallest: 10,
  largestCheckbox: 28,
  largestIcon: 64,
  lowestButton: 17,
  /** Lower ones with text in them are as often badges: they need a border or room, as buttons have. */
  surelyButton: 29,
  highestButton: 60,
  widestButton: 420,
  lowestField: 19,
  highestField: 60,
  narrowestField: 40,
  widestField: 1300,
};

/** The height of a line of text, in heights of what is drawn of it. */
const lineHeight = 1.25;

type Kind = ControlMark["kind"];

/**
 * The outlines that look like something to press or to fill in. What is doubtful, such as a badge, a row of a
 * table, a card or a window's own buttons, is none.
 *
 * @param all the outlines of the picture
 * @param ratio pixels of the original for each CSS pixel
 * @returns in pixels of the original, except for `width` and `height`, in CSS pixels
 */
export function findControls(pixels: Rgb, all: readonly Outline[], ratio: number): Omit<ControlMark, "id">[] {
  const likely = outermost(all.filter((outline) => !isCell(outline, all, ratio)));
  const found = likely
    .filter((outline) => !isLetter(pixels, outline))
    .flatMap((outline) => {
      const kind = kindOf(outline, ratio);
      if (!kind || ((kind === "radio" || kind === "checkbox") && !standsFree(pixels, outline, ratio)))
        return [];
      return [{ kind, outline }];
    })
    // The magnifying glass in a field is no radio button.
    .filter(({ outline: { box } }, at, those) =>
      those.every(({ outline: other }, place) => place === at || !isWithin(box, other.box)),
    );
  return found.map(({ kind, outline: { box, border, fill, ground } }) => ({
    kind,
    box,
    width: box.width / ratio,
    height: box.height / ratio,
    ...(kind === "checkbox" || kind === "radio" || kind === "switch"
      ? labelledTarget(pixels, box, ground, ratio)
      : {}),
    boundary: Math.max(contrastRatio(fill, ground), border ? contrastRatio(border, ground) : 1),
    gap:
      Math.min(
        ...found
          .filter(({ outline }) => outline.box !== box)
          .map(({ outline }) => gapBetween(box, outline.box)),
        9999,
      ) / ratio,
  }));
}

/** Of outlines within each other, as the rings of a border are, the outer one; of two with one box, the inner. */
function outermost(outlines: readonly Outline[]): Outline[] {
  const isPart = ({ box, inner }: Outline, other: Outline): boolean => {
    if (!isWithin(box, other.box)) return false;
    if (isWithin(other.box, box)) return area(other.inner) < area(inner);
    return (
      area(other.box) < area(box) * 12 &&
      (other.box.height < box.height * 2.2 || other.box.width < box.width * 1.3)
    );
  };
  return outlines.filter((outline) => !outlines.some((other) => other !== outline && isPart(outline, other)));
}

const area = ({ width, height }: Box) => width * height;

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 1 &&
  inner.y >= outer.y - 1 &&
  inner.x + inner.width <= outer.x + outer.width + 1 &&
  inner.y + inner.height <= outer.y + outer.height + 1;

/** Whether others like it touch it both beside and above or below: a cell of a table, a day of a calendar. */
function isCell({ box }: Outline, all: readonly Outline[], ratio: number): boolean {
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
function isLetter(pixels: Rgb, outline: Outline): boolean {
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

const isNear = (one: Colour, other: Colour): boolean =>
  one.every((value, channel) => Math.abs(value - (other[channel] ?? 0)) <= 24);

function kindOf(outline: Outline, ratio: number): Kind | undefined {
  const [width, height] = [outline.box.width / ratio, outline.box.height / ratio];
  if (Math.min(width, height) < sizes.smallest) return undefined;
  const square = Math.max(width, height) / Math.min(width, height);
  if (square <= 1.16 && width <= sizes.largestCheckbox) return smallKind(outline, ratio);
  if (square <= 1.5 && width <= sizes.largestIcon) return iconKind(outline, ratio);
  if (width < height) return undefined;
  return wideKind(outline, ratio);
}

/** Checkboxes, radios and small icon buttons; not a status dot, a legend's square, or a counter in a circle. */
function smallKind(outline: Outline, ratio: number): Kind | undefined {
  const { box, inner, border, fill, ground, content } = outline;
  const [only] = content;
  if (content.length > 1) return undefined;
  const ringed = border !== undefined && contrastRatio(border, fill) > 1.25;
  if (isRound(outline)) {
    // What was found may be the dot alone, with its ring around it.
    if (!only)
      return ringed || (inner.width < box.width * 0.7 && contrastRatio(fill, ground) > 1.5)
        ? "radio"
        : undefined;
    return isDot(only, outline, ratio) ? "radio" : undefined;
  }
  if (!only) return ringed && contrastRatio(border, ground) > 1.2 ? "checkbox" : undefined;
  // A drawn icon is made of outlines, too: what can be pressed has a ground of its own, or room.
  if (box.width < 16 * ratio && contrastRatio(fill, ground) < 1.03) return undefined;
  return standsOut(outline) && isCentred(box, only, ratio) ? "icon" : undefined;
}

const isRound = ({ inner, radius }: Outline): boolean => radius > Math.min(inner.width, inner.height) * 0.36;

/** Whether an icon button's border or fill can be told from a letter's shadow. */
const standsOut = ({ border, fill, ground }: Outline): boolean =>
  border !== undefined || contrastRatio(fill, ground) > 1.12;

/** Whether nothing touches it: a point on the line of a chart, or a part of an icon, is no radio button. */
function standsFree(pixels: Rgb, { box, ground }: Outline, ratio: number): boolean {
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

/** Whether what stands within is a radio's dot. */
function isDot(content: Content, { box }: Outline, ratio: number): boolean {
  const small = Math.max(content.width, content.height) <= box.width * 0.6;
  return (
    small &&
    content.share > 0.68 &&
    Math.abs(content.width - content.height) <= ratio &&
    isCentred(box, content, ratio)
  );
}

function iconKind(outline: Outline, ratio: number): Kind | undefined {
  const { box, content, border, fill, ground } = outline;
  const [only] = content;
  if (!standsOut(outline)) return undefined;
  if (!only || content.length > 1 || !isCentred(box, only, ratio)) return undefined;
  if (only.width > box.width * 0.8 || only.height > box.height * 0.8) return undefined;
  // A pill with a digit is a counter.
  if (isRound(outline) && !border && box.height < 24 * ratio && box.width > box.height * 1.08)
    return undefined;
  // A circle with letters is a person, one with a hole is a letter.
  const isFilled = contrastRatio(fill, ground) > 1.2;
  if (isRound(outline) && isFilled && (only.width > only.height * 1.15 || (!border && only.share > 0.7)))
    return undefined;
  return "icon";
}

function wideKind(outline: Outline, ratio: number): Kind | undefined {
  const { box, content } = outline;
  const [first] = content;
  const last = content.at(-1);
  if (!first || !last) return isField(outline, ratio) ? "field" : undefined;
  if (isSwitch(outline, ratio)) return "switch";
  const endsWith = (width: number, height: number, room: number) =>
    last.width <= width * ratio &&
    last.height <= height * ratio &&
    box.x + box.width - last.x - last.width <= room * ratio;
  const isTextArea =
    endsWith(16, 16, 6) &&
    box.y + box.height - last.y - last.height <= 6 * ratio &&
    last.y > box.y + box.height / 2;
  if (isTextArea && box.height > 36 * ratio)
    return isRinged(outline, 1.12) || outline.radius >= 2 ? "field" : undefined;
  if (Math.max(...content.map((group) => group.height)) > 26 * ratio) return undefined;
  const whole = around(content);
  // The arrow of a select stands apart from its text; a button's stands beside it.
  const apart = content.length > 1 && last.x - first.x - first.width > box.height * 0.8;
  const centred = !apart && isCentred(box, whole, ratio);
  if (centred && content.length <= 2 && isButton(outline, ratio)) return "button";
  if (centred && content.length === 1) return undefined;
  const near = Math.max(20 * ratio, box.height * 0.6);
  const startsLeft = first.x - box.x < near;
  const endsRight = box.x + box.width - last.x - last.width < near;
  if (!(startsLeft || endsRight) || !isField(outline, ratio)) return undefined;
  if (startsLeft && content.length >= 2 && content.length <= 3 && endsWith(18, 14, 20)) return "select";
  return content.length === 1 || (startsLeft && isIcon(first, ratio) && content.length === 2)
    ? "field"
    : undefined;
}

const saturationOf = (colour: Colour): number => Math.max(...colour) - Math.min(...colour);

const isIcon = ({ width, height }: Box, ratio: number): boolean =>
  Math.max(width, height) <= 24 * ratio && Math.abs(width - height) <= 6 * ratio;

/** A pill with nothing in it but a thumb at one end. */
function isSwitch({ box, content, radius }: Outline, ratio: number): boolean {
  const [thumb] = content;
  if (!thumb || content.length > 1 || box.height > 36 * ratio || box.width > box.height * 2.6) return false;
  const [left, right] = [thumb.x - box.x, box.x + box.width - thumb.x - thumb.width];
  const round = radius > box.height * 0.35 && Math.abs(thumb.width - thumb.height) <= 2 * ratio;
  return (
    round &&
    thumb.height > box.height * 0.4 &&
    Math.min(left, right) < box.height * 0.35 &&
    Math.abs(left - right) > box.height * 0.3
  );
}

const isRinged = ({ border, fill, ground }: Outline, least: number): boolean =>
  border !== undefined && contrastRatio(border, fill) > 1.12 && contrastRatio(border, ground) > least;

/** Low boxes with centred text are as often badges, or code in a sentence: a button has a border that shows. */
function isButton(outline: Outline, ratio: number): boolean {
  const [width, height] = [outline.box.width / ratio, outline.box.height / ratio];
  if (width > sizes.widestButton || height > sizes.highestButton || height < sizes.lowestButton) return false;
  const stands = contrastRatio(outline.fill, outline.ground);
  // A pale box of that height with a line of text is a note.
  if (height > 46 && stands > 1.03 && stands < 1.5) return false;
  if (height >= sizes.surelyButton) return true;
  if (height >= 24) return isRinged(outline, 1.12) || (height >= 25 && stands > 1.5);
  return outline.radius < outline.box.height * 0.3 && isRinged(outline, 1.45);
}

function isField(outline: Outline, ratio: number): boolean {
  const [width, height] = [outline.box.width / ratio, outline.box.height / ratio];
  if (width < sizes.narrowestField || width > sizes.widestField || width < height * 1.6) return false;
  if (height < sizes.lowestField || height > sizes.highestField) return false;
  if (height < 24 && outline.radius > outline.box.height * 0.3) return false;
  const stands = contrastRatio(outline.fill, outline.ground);
  // What is filled in stands on paper, be it grey or dark; notes, and bars of a chart, have a colour.
  if (stands > 1.15 && saturationOf(outline.fill) > 60) return false;
  const isNote = height > 50 && stands > 1.03 && outline.content.length > 0;
  if (isRinged(outline, height < 26 ? 1.3 : 1.04)) return !isNote;
  // Without a border it may be a row of a table: that has no round corners, and is pale.
  if (height < 26 || height > 46) return false;
  return outline.radius >= 2 * ratio || (stands >= 1.5 && outline.content.length === 0);
}

function isCentred(box: Box, content: Box, ratio: number): boolean {
  const left = content.x - box.x;
  const right = box.x + box.width - content.x - content.width;
  const top = content.y - box.y;
  const bottom = box.y + box.height - content.y - content.height;
  const slack = 3 * ratio;
  return (
    Math.abs(left - right) <= slack + Math.min(box.width * 0.06, 6 * ratio) &&
    Math.abs(top - bottom) <= slack + box.height * 0.14
  );
}

/** The target with the label that stands beside it; a label can usually be pressed, too. */
function labelledTarget(pixels: Rgb, box: Box, ground: Colour, ratio: number): Pick<ControlMark, "target"> {
  const label = labelBeside(pixels, box, ground, ratio, 1) ?? labelBeside(pixels, box, ground, ratio, -1);
  if (!label) return {};
  // A line of text is pressed from its ascenders to its descenders.
  const height = Math.max(box.height, label.height * lineHeight) / ratio;
  return { target: { width: (box.width + label.reach) / ratio, height } };
}

/** How far what stands on one side of a box reaches from it, and how high it is. Pixels. */
function labelBeside(
  pixels: Rgb,
  box: Box,
  ground: Colour,
  ratio: number,
  way: 1 | -1,
): { reach: number; height: number } | undefined {
  const top = Math.max(0, Math.round(box.y - box.height * 0.3));
  const bottom = Math.min(pixels.height, Math.round(box.y + box.height * 1.3));
  const edge = way === 1 ? box.x + box.width : box.x - 1;
  let [reach, first, last] = [0, bottom, top];
  for (let off = 1; off < reach + 14 * ratio; off++) {
    const x = edge + off * way;
    if (x < 0 || x >= pixels.width) break;
    for (let y = top; y < bottom; y++) {
      if (isNear(colourAt(pixels, x, y), ground)) continue;
      reach = off + 1;
      first = Math.min(first, y);
      last = Math.max(last, y + 1);
    }
  }
  return last - first < 5 * ratio ? undefined : { reach, height: last - first };
}

function colourAt({ data, width }: Rgb, x: number, y: number): Colour {
  const at = (y * width + x) * 3;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function gapBetween(one: Box, other: Box): number {
  const { across, down } = overlapOf(one, other);
  return Math.hypot(Math.max(0, -across), Math.max(0, -down));
}

/**
 * Whether a control is smaller than `least` CSS pixels, either way. Where an edge lies is known to the pixel: one
 * that is short by less is not called small.
 *
 * @param ratio pixels of the original for each CSS pixel
 */
export const isSmall = (
  { width, height }: Pick<ControlMark, "width" | "height">,
  least: number,
  ratio: number,
): boolean => Math.min(width, height) + 1 / ratio < least + 0.01;
