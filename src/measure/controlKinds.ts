import type { Box, ControlMark } from "../report.js";
import { around } from "./boxes.js";
import { type Colour, contrastRatio } from "./colour.js";
import { type Content, isRound, type Outline } from "./outlines.js";

/** Sizes that controls have. CSS pixels. */
const sizes = {
  smallest: 10,
  largestCheckbox: 28,
  largestIcon: 64,
  lowestButton: 17,
  /** Lower ones with text in them are as often badges: they need a border or room, as buttons have. */
  surelyButton: 29,
  highestButton: 60,
  widestButton: 340,
  lowestField: 19,
  highestField: 60,
  narrowestField: 40,
  widestField: 1300,
};

export type Kind = ControlMark["kind"];

/** What kind of control an outline looks like; undefined for what looks like none. @param ratio pixels for each CSS pixel */
export function kindOf(outline: Outline, ratio: number): Kind | undefined {
  const [width, height] = [outline.box.width / ratio, outline.box.height / ratio];
  if (Math.min(width, height) < sizes.smallest) return undefined;
  const square = Math.max(width, height) / Math.min(width, height);
  if (square <= 1.16 && width <= sizes.largestCheckbox) return smallKind(outline, ratio);
  if (square <= 1.5 && width <= sizes.largestIcon) {
    const icon = iconKind(outline, ratio);
    if (icon || square < 1.3) return icon;
  }
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

/** Whether an icon button's border or fill can be told from a letter's shadow. */
const standsOut = ({ border, fill, ground }: Outline): boolean =>
  border !== undefined || contrastRatio(fill, ground) > 1.12;

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
  // Several digits or letters are a label.
  if (only.width > only.height * 1.5) return undefined;
  // A pill with a digit is a counter.
  if (isRound(outline) && !border && box.height < 24 * ratio && box.width > box.height * 1.08)
    return undefined;
  // A circle with letters is a person, one with a hole is a letter.
  const isFilled = contrastRatio(fill, ground) > 1.2;
  if (isRound(outline) && isFilled && (only.width > only.height * 1.15 || (!border && only.share > 0.7)))
    return undefined;
  // Letters are lower in their circle than icons are, and fuller.
  if (isRound(outline) && isFilled && !border && only.height < box.height * 0.42 && only.share > 0.35)
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
