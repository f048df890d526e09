import type { Rgb } from "../image/palette.js";
import type { Box, ControlMark } from "../report.js";
import { type Blob, isFrame } from "./blobs.js";
import { overlapOf } from "./boxes.js";
import { type Colour, contrastRatio, differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";

/** Sizes that controls have. CSS pixels. */
const sizes = {
  smallest: 10,
  largestBox: 26,
  largestIcon: 64,
  lowestButton: 30,
  highest: 56,
  widestButton: 420,
  narrowestField: 80,
  widestField: 900,
};

/** What is known of a text that may stand in a control. Pixels of the original. */
export interface Content {
  box: Box;
  /** How many letters and digits were read. */
  letters: number;
}

/**
 * The outlines that look like something to press or to fill in. What is doubtful, such as a badge, a row of a
 * table or a card, is none.
 *
 * @param ratio pixels of the original for each CSS pixel
 * @returns in pixels of the original, except for `width` and `height`, in CSS pixels
 */
export function findControls(
  pixels: Rgb,
  blobs: readonly Blob[],
  contents: readonly Content[],
  ratio: number,
): Omit<ControlMark, "id">[] {
  const found = blobs
    .filter((blob) => isFrame(blob) && blob.height / ratio <= sizes.highest + 2)
    .flatMap((blob) => {
      const box = edgesOf(blob);
      // A round letter of a headline is an outline, too.
      if (contents.some((content) => within(box, content.box) || isNextLetter(box, content.box))) return [];
      const inside = contents.filter((content) => within(content.box, box));
      const kind = kindOf(box, inside, ratio, hasOddParts(pixels, box), isHollow(pixels, box));
      if (!kind) return [];
      return [
        { kind, box, width: box.width / ratio, height: box.height / ratio, ...boundaryOf(pixels, box) },
      ];
    })
    .filter((control, at, all) => !all.some((other, place) => place !== at && within(control.box, other.box)))
    .filter(({ boundary }) => boundary > 1.04);
  return found.map((control) => ({
    ...control,
    gap:
      Math.min(
        ...found.filter((other) => other !== control).map((other) => gapBetween(control.box, other.box)),
        9999,
      ) / ratio,
  }));
}

/** An edge has two sides, one of them outside. */
const edgesOf = ({ x, y, width, height }: Box): Box => ({
  x: x + 1,
  y: y + 1,
  width: width - 2,
  height: height - 2,
});

/** Whether an outline stands as close to a text, and is as high, as a letter of it. */
function isNextLetter(box: Box, text: Box): boolean {
  const { across, down } = overlapOf(box, text);
  return (
    across < box.width * 0.3 &&
    -across < box.height * 0.25 &&
    down > box.height * 0.7 &&
    text.height > box.height * 0.8
  );
}

const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 1 &&
  inner.y >= outer.y - 1 &&
  inner.x + inner.width <= outer.x + outer.width + 1 &&
  inner.y + inner.height <= outer.y + outer.height + 1 &&
  inner.width * inner.height < outer.width * outer.height;

function kindOf(
  box: Box,
  inside: readonly Content[],
  ratio: number,
  odd: boolean,
  hollow: boolean,
): ControlMark["kind"] | undefined {
  const [width, height] = [box.width / ratio, box.height / ratio];
  if (Math.min(width, height) < sizes.smallest) return undefined;
  const square = Math.max(width, height) / Math.min(width, height);
  const [content] = inside;
  if (inside.length > 2 || (inside.length === 2 && square < 3)) return undefined;
  if (square <= 1.15 && width <= sizes.largestBox && !content && !odd) return hollow ? "checkbox" : "icon";
  if (
    square <= 1.5 &&
    width <= sizes.largestIcon &&
    content &&
    content.letters <= 1 &&
    isCentred(box, content.box, ratio)
  ) {
    return "icon";
  }
  if (height < sizes.lowestButton || height > sizes.highest) return undefined;
  if (
    inside.length === 1 &&
    content &&
    content.letters > 1 &&
    width <= sizes.widestButton &&
    isCentred(box, content.box, ratio)
  ) {
    return "button";
  }
  if (width < sizes.narrowestField || width > sizes.widestField || odd) return undefined;
  const left = inside.every((one) => one.box.x - box.x < Math.max(24 * ratio, box.height));
  return left && inside.length <= 1 ? "field" : undefined;
}

function isCentred(box: Box, content: Box, ratio: number): boolean {
  const left = content.x - box.x;
  const right = box.x + box.width - content.x - content.width;
  const top = content.y - box.y;
  const bottom = box.y + box.height - content.y - content.height;
  const slack = 3 * ratio;
  return (
    Math.abs(left - right) <= slack + box.width * 0.06 && Math.abs(top - bottom) <= slack + box.height * 0.12
  );
}

/** Whether what is inside differs from the outline: an empty box, not a filled square. */
function isHollow(pixels: Rgb, box: Box): boolean {
  const y = Math.round(box.y + box.height / 2);
  const inside = colourAt(pixels, Math.round(box.x + box.width / 2), y);
  return [0, 1].some((deep) => !isClose(colourAt(pixels, box.x + deep, y), inside));
}

/** Whether an empty-looking outline is filled with something that is not of one colour. */
function hasOddParts(pixels: Rgb, box: Box): boolean {
  const x = Math.round(box.x + box.width / 2);
  const y = Math.round(box.y + box.height / 2);
  const middle = colourAt(pixels, x, y);
  const right = colourAt(pixels, Math.round(box.x + box.width * 0.8), y);
  const upper = colourAt(pixels, x, Math.round(box.y + box.height * 0.25));
  return !(isClose(middle, right) || isClose(middle, upper) || isClose(right, upper));
}

const isClose = (one: Colour, other: Colour): boolean => differenceOf(one, other) <= sameColour;

function colourAt({ data, width, height }: Rgb, x: number, y: number): Colour {
  const at = (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 3;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

/**
 * How a control stands out from what surrounds it: by its border or by its fill, whichever does so more
 * (WCAG 2.2, 1.4.11).
 */
function boundaryOf(pixels: Rgb, box: Box): Pick<ControlMark, "boundary"> {
  const middle = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const sides = [
    { x: middle.x, y: box.y, dx: 0, dy: 1 },
    { x: middle.x, y: box.y + box.height - 1, dx: 0, dy: -1 },
    { x: box.x, y: middle.y, dx: 1, dy: 0 },
    { x: box.x + box.width - 1, y: middle.y, dx: -1, dy: 0 },
  ];
  const ratios = sides
    .map(({ x, y, dx, dy }) => {
      const outside = colourAt(pixels, x - 3 * dx, y - 3 * dy);
      return Math.max(
        ...[0, 1, 2, 4].map((deep) => contrastRatio(colourAt(pixels, x + deep * dx, y + deep * dy), outside)),
      );
    })
    .sort((a, b) => a - b);
  // Three sides must show it; a field may stand on a line that all fields share.
  return { boundary: ratios[1] ?? 1 };
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
