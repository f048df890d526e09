import type { Rgb } from "../image/palette.js";
import type { Box, Contrast, TextMark } from "../report.js";
import { around } from "./boxes.js";
import { brightnessOf, type Colour, contrastRatio, hex, nearestPassing } from "./colour.js";
import { type Ink, inkOn, measureInk } from "./contrast.js";
import { type Ground, groundBeneath, groundWithin, isGradient } from "./ground.js";
import type { TextLine } from "./lines.js";

import type { Word } from "./ocr.js";

/** Below this the OCR is guessing. Of 100. */
const surelyRead = 45;

/** One or more words of a line that have one colour. */
interface Segment {
  line: TextLine;
  words: Word[];
  boxes: Box[];
  ground: Ground;
  ink: Ink | undefined;
}

/** A mark before the whole picture is known: without number, and without the size that a CSS pixel has. */
export interface MeasuredText extends Omit<TextMark, "id" | "contrast" | "fontSize"> {
  /** Pixels of the original. */
  em: number;
  colours: { foreground: Colour; worst: Colour; best: Colour; below: number; above: number } | undefined;
}

/** What a line says and looks like: one part for each colour in it. */
export function measureLine(
  pixels: Rgb,
  line: TextLine,
  words: readonly Word[],
  lossy: boolean,
): MeasuredText[] {
  const readable = words.filter(({ text }) => text.trim() !== "");
  return segmentsOf(pixels, line, readable, lossy).map((segment) => measureSegment(pixels, segment, lossy));
}

function segmentsOf(pixels: Rgb, line: TextLine, words: readonly Word[], lossy: boolean): Segment[] {
  if (words.length === 0) {
    const ground = groundBeneath(pixels, line);
    return [{ line, words: [], boxes: [line], ground, ink: measureInk(pixels, [line], ground, lossy) }];
  }
  const segments: Segment[] = [];
  const beneathLine = groundBeneath(pixels, line);
  const groundOf = (box: Box): Ground =>
    isGradient(beneathLine) ? groundWithin(beneathLine, box) : groundBeneath(pixels, box);
  for (const word of words) {
    const box = boxOf(word, line);
    const ground = groundOf(box);
    const ink = measureInk(pixels, [box], ground, lossy);
    const segment = segments.at(-1);
    if (segment && alike(segment, { ground, ink }, lossy)) {
      segment.words.push(word);
      segment.boxes.push(box);
      if ((ink?.pixels ?? 0) > (segment.ink?.pixels ?? 0)) segment.ink = ink;
    } else segments.push({ line, words: [word], boxes: [box], ground, ink });
  }
  for (const segment of segments) {
    if (segment.boxes.length === 1) continue;
    segment.ground = groundOf(around(segment.boxes));
    segment.ink = measureInk(pixels, segment.boxes, segment.ground, lossy);
  }
  return segments;
}

function boxOf(word: Word, line: TextLine): Box {
  const x = Math.max(line.x, Math.floor(word.x));
  const right = Math.min(line.x + line.width, Math.ceil(word.x + word.width));
  return { x, y: line.y, width: Math.max(1, right - x), height: line.height };
}

/** Whether two words may have one colour on one ground. */
function alike(
  one: Pick<Segment, "ground" | "ink">,
  other: Pick<Segment, "ground" | "ink">,
  lossy: boolean,
): boolean {
  const changing = one.ground.colours.length > 1 || other.ground.colours.length > 1;
  if (!changing && distance(one.ground.colours[0], other.ground.colours[0]) > 12) return false;
  if (!one.ink || !other.ink) return true;
  const off = distance(one.ink.shift, other.ink.shift);
  const most = Math.max(Math.hypot(...one.ink.shift), Math.hypot(...other.ink.shift));
  const unsure = lossy || changing || one.ink.above > 0.1 || other.ink.above > 0.1;
  return off <= most * (unsure ? 0.3 : 0.08);
}

const distance = (one: readonly number[], other: readonly number[]): number =>
  Math.hypot(...one.map((value, at) => value - (other[at] ?? 0)));

function measureSegment(pixels: Rgb, segment: Segment, lossy: boolean): MeasuredText {
  const { words, boxes, ground, ink } = segment;
  const text = words.map((word) => word.text).join(" ");
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  const confidence =
    words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / (letters || 1);
  const box = around(boxes);
  const size = letterSize(text, ink ? ink.bottom - ink.top : box.height);
  const colours =
    ink &&
    (ground.colours.length === 1
      ? evenColours(ground, ink, lossy ? size.em : undefined)
      : changingColours(pixels, boxes, ground, lossy));
  return {
    box,
    text,
    confidence,
    letterHeight: size.height,
    em: size.em,
    bold: ink !== undefined && ink.stroke > size.em * 0.155,
    colours,
  };
}

/** @param lossyEm the font's size in pixels, when the picture has been through JPEG or its like */
function evenColours(
  ground: Ground,
  ink: Ink,
  lossyEm: number | undefined,
): NonNullable<MeasuredText["colours"]> {
  const [only] = ground.colours;
  if (lossyEm === undefined) {
    return { foreground: inkOn(only, ink), worst: only, best: only, below: ink.below, above: ink.above };
  }
  const colour = inkOn(only, ink, 1 / keptByJpeg(lossyEm));
  const brightness = brightnessOf(...colour);
  // JPEG's ripples around white are cut off at 255: what is left of them makes white look tinted and dull.
  if (brightness > 243)
    return { foreground: [255, 255, 255], worst: only, best: only, below: ink.below, above: 0 };
  const toWhite =
    brightness > 222 ? contrastRatio([255, 255, 255], only) / contrastRatio(colour, only) - 1 : 0;
  // How much is lost is told apart less and less surely as letters shrink.
  const below = lossyEm < 12.5 ? Math.max(0.12, ink.below) : ink.below;
  return { foreground: colour, worst: only, best: only, below, above: Math.max(ink.above, toWhite) };
}

/**
 * The share of a small letter's strength that is left after JPEG has smeared its strokes: measured on pages
 * rendered at 11 to 40 pixels and saved at quality 85.
 */
const keptByJpeg = (em: number): number => 1 - Math.min(0.1, 130 / em ** 3);

/** On a ground that changes, the ink is found piece by piece, and compared with every ground beneath the text. */
function changingColours(
  pixels: Rgb,
  boxes: readonly Box[],
  ground: Ground,
  lossy: boolean,
): MeasuredText["colours"] {
  const found: Colour[] = [];
  for (const box of boxes) {
    const step = box.height * 2;
    for (let x = box.x; x < box.x + box.width; x += step) {
      const piece = { ...box, x, width: Math.min(step, box.x + box.width - x) };
      const ink = measureInk(pixels, [piece], ground, lossy);
      if (ink && ink.pixels > box.height) found.push(inkOn(ground.at(x + piece.width / 2), ink));
    }
  }
  if (found.length === 0) return undefined;
  const middle = (channel: 0 | 1 | 2) =>
    found.map((one) => one[channel]).sort((a, b) => a - b)[found.length >> 1] ?? 0;
  const foreground: Colour = [middle(0), middle(1), middle(2)];
  const sorted = [...ground.colours].sort(
    (a, b) => contrastRatio(foreground, a) - contrastRatio(foreground, b),
  );
  const [worst = ground.colours[0]] = sorted;
  return { foreground, worst, best: sorted.at(-1) ?? worst, below: 0.04, above: 0.04 };
}

/**
 * The size of the letters, from the height that they fill and from which letters they are.
 *
 * @returns the height of capitals or, without any, of small letters, and the font's size; in pixels
 */
function letterSize(text: string, whole: number): { height: number; em: number } {
  const tall = text === "" || /[\p{Lu}\p{N}bdfhklß!?()[\]{}/|@#$%&]/u.test(text);
  const middling = !tall && /[tij]/.test(text);
  const deep = /[gjpqyçQ,;()[\]{}|@$]/u.test(text);
  // Shares of the font's size, as in Arial, Roboto, Inter and DejaVu Sans.
  const above = tall ? 0.73 : middling ? 0.66 : 0.54;
  const em = whole / (above + (deep ? 0.2 : 0));
  return { height: em * (tall ? 0.72 : 0.53), em };
}

/** How many letters and digits a text has. */
export const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** What is known of a text's contrast, once the size of a CSS pixel is. */
export function judgeContrast(measured: MeasuredText, fontSize: number): Contrast {
  const { colours, confidence, text } = measured;
  if (text === "") return { status: "unmeasured", reason: "It looks like text, but could not be read." };
  if (confidence < surelyRead)
    return { status: "unmeasured", reason: "It could not be read with certainty." };
  if (!colours) return { status: "unmeasured", reason: "It hardly differs from what it stands on." };
  const { foreground, worst, best, below, above } = colours;
  const needed = fontSize >= 24 || (measured.bold && fontSize >= 18.66) ? 3 : 4.5;
  const ratio = contrastRatio(foreground, worst);
  const stretched = (by: number) =>
    contrastRatio(
      inkOn(
        worst,
        { shift: [foreground[0] - worst[0], foreground[1] - worst[1], foreground[2] - worst[2]] },
        by,
      ),
      worst,
    );
  const low = stretched(1 - below);
  const high = stretched(1 + above);
  // As in axe-core: what is so short cannot be told from an icon or a rule.
  if (lettersIn(text) < 2 && low < 4.5) {
    return { status: "unmeasured", reason: "It is a single sign, perhaps an icon." };
  }
  if (low < needed && high >= needed && above > 0.011) {
    return {
      status: "unmeasured",
      reason: `Its contrast lies between ${low.toFixed(1)}:1 and ${high.toFixed(1)}:1: too close to ${needed}:1 to tell in this picture.`,
    };
  }
  return {
    status: "measured",
    worst: ratio,
    best: contrastRatio(foreground, best),
    needed,
    passes: ratio >= needed,
    foreground: hex(foreground),
    background: hex(worst),
    ...(ratio >= needed ? {} : { passing: hex(nearestPassing(foreground, worst, needed)) }),
  };
}
