import type { Box, Contrast, TextMark } from "../report.js";
import { brightnessOf, type Colour, contrastRatio, differenceOf, hex, nearestPassing } from "./colour.js";
import { type Ink, inkOn } from "./ink.js";
import type { TextLine } from "./lines.js";
import type { Word } from "./ocr.js";
import type { Segment } from "./segments.js";
import { boldStrokes, type LetterSize, letterSize } from "./size.js";
import { largeText, neededContrast } from "./thresholds.js";

/** A mark before the whole picture is known: without number, and without the size that a CSS pixel has. */
export interface MeasuredText extends Pick<TextMark, "box" | "text" | "confidence"> {
  size: LetterSize;
  /** Whether the letters look like text, read or not. */
  shape: Shape;
  /** Whether some of it differs from the ground the other way. */
  outlined: boolean;
  /** How many letters the longest word has that it is a part of: a part is text where the whole is. */
  signs: number;
  colours: Colours | undefined;
}

/** The colours of a text, and how far its contrast may be off, as shares of the shift from ground to ink. */
export interface Colours {
  foreground: Colour;
  /** The grounds where the contrast is lowest and highest. */
  worst: Colour;
  best: Colour;
  below: number;
  above: number;
}

/** What a segment looks like before it is read: surely letters, perhaps, or rather one sign or an icon. */
export type Shape = "text" | "perhaps" | "sign";

/** @param lossy whether the picture has been through JPEG or its like */
export function measureSegment(segment: Segment, words: readonly Part[], lossy: boolean): MeasuredText {
  const text = words.map((word) => word.text).join(" ");
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  const confidence =
    words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / (letters || 1);
  const { ink } = segment;
  const size = letterSize(confidence >= surelyRead.many ? text : "", segment);
  return {
    box: boxOf(segment),
    text,
    confidence,
    size,
    shape: shapeOf(segment),
    outlined: ink !== undefined && ink.opposite > 0.12,
    signs: Math.max(0, ...words.map((word) => word.signs)),
    colours: ink && (ink.even ? evenColours(ink, lossy ? size.em : undefined) : changingColours(ink)),
  };
}

/** Where a text is; a dash has the height that a letter beside it would have. */
function boxOf({ letters, x, y, width, height }: Segment): Box {
  const most = letters.length === 1 ? Math.min(width, 40) : 0;
  const extra = height * 3 < most ? Math.round((most - height) / 2) : 0;
  return { x, y: Math.max(0, y - extra), width, height: height + 2 * extra };
}

/** Whether these are letters: several of them, of like height on one line, and not all the same. */
function shapeOf({ letters, width, height, ink }: Segment): Shape {
  const whole = letters.filter((letter) => letter.height >= height * 0.4);
  if (whole.length < 2 && width < height * 1.6) return "sign";
  const stroke = ink?.stroke ?? 0;
  const alike = whole.every(
    (letter) =>
      Math.abs(letter.width - (whole[0]?.width ?? 0)) <= 1 &&
      Math.abs(letter.height - (whole[0]?.height ?? 0)) <= 1,
  );
  if (whole.length >= 4 && width >= height * 2 && stroke <= height * 0.4 && !alike) return "text";
  return "perhaps";
}

/** A word, or the part of one that has a colour of its own. */
export interface Part extends Word {
  /** How many letters and digits the whole word has. */
  signs: number;
}

/** Which words of a line belong to which of its segments; a word across several is cut where they meet. */
export function wordsOf(line: TextLine, words: readonly Word[]): Map<Segment, Part[]> {
  const own = new Map<Segment, Part[]>(line.segments.map((segment) => [segment, []]));
  for (const word of words) {
    if (word.text.trim() === "") continue;
    const touched = line.segments
      .map((segment) => ({ segment, across: overlap(word, segment) }))
      .filter(({ across, segment }) => across > 0 && across >= Math.min(word.width, segment.width) * 0.35)
      .sort((a, b) => a.segment.x - b.segment.x);
    const [only] = touched;
    if (!only) continue;
    const whole = lettersIn(word.text);
    if (touched.length === 1) own.get(only.segment)?.push({ ...word, signs: whole });
    else {
      const signs = [...word.text];
      const cuts = touched.map(({ segment }, at) => {
        const next = touched[at + 1]?.segment;
        if (!next) return signs.length;
        const middle = (segment.x + segment.width + next.x) / 2;
        return Math.round(((middle - word.x) / word.width) * signs.length);
      });
      for (const [at, { segment }] of touched.entries()) {
        const text = signs.slice(at === 0 ? 0 : cuts[at - 1], cuts[at]).join("");
        if (text !== "") own.get(segment)?.push({ ...word, text, signs: whole });
      }
    }
  }
  return own;
}

const overlap = (one: Pick<Box, "x" | "width">, other: Pick<Box, "x" | "width">): number =>
  Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);

/** @param lossyEm the font's size in pixels, when the picture has been through JPEG or its like */
function evenColours(ink: Ink, lossyEm: number | undefined): Colours {
  const { ground, below, above } = ink;
  if (lossyEm === undefined)
    return { foreground: inkOn(ground, ink), worst: ground, best: ground, below, above };
  const colour = inkOn(ground, ink, 1 / keptByJpeg(lossyEm));
  const brightness = brightnessOf(...colour);
  // JPEG's ripples around white are cut off at 255: what is left of them makes white look tinted and dull.
  if (brightness > 243) return { foreground: [255, 255, 255], worst: ground, best: ground, below, above: 0 };
  const toWhite =
    brightness > 222 ? contrastRatio([255, 255, 255], ground) / contrastRatio(colour, ground) - 1 : 0;
  return {
    foreground: colour,
    worst: ground,
    best: ground,
    // How much is lost is told apart less and less surely as letters shrink.
    below: Math.max(below, lossyEm < 15 ? 0.12 : lossyEm < 20 ? 0.08 : 0.05),
    above: Math.max(above, lossyEm < 15 ? 0.08 : lossyEm < 20 ? 0.05 : 0.03, toWhite),
  };
}

/**
 * The share of a small letter's strength that is left after JPEG has smeared its strokes: measured on pages
 * rendered at 11 to 40 pixels and saved at quality 85.
 */
const keptByJpeg = (em: number): number => 1 - Math.min(0.06, 45 / em ** 3);

/** On a ground that changes, the letters' colour is compared with every ground beneath them. */
function changingColours({ colours, grounds }: Ink): Colours | undefined {
  if (colours.length === 0 || grounds.length === 0) return undefined;
  const middle = (channel: 0 | 1 | 2) =>
    colours.map((one) => one[channel]).sort((a, b) => a - b)[colours.length >> 1] ?? 0;
  const foreground: Colour = [middle(0), middle(1), middle(2)];
  const sorted = [...grounds].sort((a, b) => contrastRatio(foreground, a) - contrastRatio(foreground, b));
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? foreground;
  const apart = colours.map((one) => differenceOf(one, foreground)).sort((a, b) => a - b);
  // Letters of one colour agree in it, but for those that are too thin to show it.
  const off = (apart[apart.length >> 2] ?? 255) <= 2 ? 0.01 : 0.04;
  return { foreground, worst: at(0.02), best: at(0.98), below: off, above: off };
}

/** How many letters and digits a text has. */
export const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** How sure it must be that signs were read right for these to be text: few signs may be an icon. Of 100. */
const surelyRead = { few: 80, many: 45 };
const fewSigns = 3;

/** Signs that hardly any icon looks like, where they were read with certainty; a star marks what is required. */
const isPlainSign = (text: string, confidence: number): boolean =>
  (confidence >= 93 && /^[ABD-HJ-NPRSTWYZabdeghkmnpqrsuy1-9]$/.test(text)) ||
  (confidence >= 85 && text === "*");

/**
 * What is known of a text's contrast, once the size of a CSS pixel is. A verdict is given only where all that is
 * unsure, its ratio, its size and whether it is text, leaves but one.
 *
 * @param ratios pixels of the picture for each CSS pixel: the one that is likely, or all that may be
 */
export function judgeContrast(measured: MeasuredText, ratios: readonly [number, ...number[]]): Contrast {
  const { colours, confidence, text, shape, outlined } = measured;
  if (!colours) return { status: "unmeasured", reason: "It hardly differs from what it stands on." };
  const band = bandOf(colours);
  const unmeasured = (reason: string): Contrast => ({ status: "unmeasured", reason, ...band });
  const around = ratioBand(band);
  if (outlined) return unmeasured("It has an outline or a shadow, which may help or harm.");
  const own = [...text.replaceAll(/\s/g, "")].length;
  const signs = Math.max(own, measured.signs);
  const read = text !== "" && confidence >= (signs <= fewSigns ? surelyRead.few : surelyRead.many);
  // As in axe-core: what is so short cannot be told from an icon or a rule.
  const single = read ? signs < 2 && !isPlainSign(text, confidence) : shape === "sign";
  if (single && !(read && band.low >= neededContrast.other))
    return unmeasured(`It is a single sign, perhaps an icon; ${around}.`);
  if (!read && shape !== "text")
    return unmeasured(`It may be text or an icon: it could not be read; ${around}.`);
  const [least, most] = neededOf(measured.size, ratios);
  const { foreground, worst, best, above } = colours;
  const ratio = contrastRatio(foreground, worst);
  const fails = band.high < least || (band.low < least && above <= 0.011 && ratio < least);
  const passes = band.low >= most || (above <= 0.011 && ratio >= most);
  if (!fails && !passes) {
    if (band.high < most && band.low >= least)
      return unmeasured(
        `${capitalised(around)}: enough for large text, too little for other text; its size is too close to tell.`,
      );
    const needed = band.low < least && band.high >= least ? least : most;
    return unmeasured(`${capitalised(around)}: too close to ${needed}:1 to tell in this picture.`);
  }
  const needed = fails ? least : most;
  return {
    status: "measured",
    worst: ratio,
    best: contrastRatio(foreground, best),
    ...band,
    needed,
    passes,
    foreground: hex(foreground),
    background: hex(worst),
    ...(passes ? {} : { passing: hex(nearestPassing(foreground, worst, needed)) }),
  };
}

/** The least and the most that a text of this size needs. */
function neededOf(size: LetterSize, ratios: readonly [number, ...number[]]): [least: number, most: number] {
  const { large, other } = neededContrast;
  const smallest = size.least / Math.max(...ratios);
  const largest = size.most / Math.min(...ratios);
  const surelyLarge =
    smallest >= largeText.regular || (size.weight >= boldStrokes.surely && smallest >= largeText.bold);
  const perhapsLarge =
    largest >= largeText.regular || (size.weight >= boldStrokes.perhaps && largest >= largeText.bold);
  return surelyLarge ? [large, large] : perhapsLarge ? [large, other] : [other, other];
}

function bandOf({ foreground, worst, below, above }: Colours): { low: number; high: number } {
  const shift = [foreground[0] - worst[0], foreground[1] - worst[1], foreground[2] - worst[2]] as const;
  const stretched = (by: number) => contrastRatio(inkOn(worst, { shift }, by), worst);
  return { low: stretched(1 - below), high: stretched(1 + above) };
}

/** Cut downwards and rounded upwards: no threshold lies between what is said and what is. */
const ratioBand = ({ low, high }: { low: number; high: number }): string => {
  const [from, to] = [(Math.floor(low * 10) / 10).toFixed(1), (Math.ceil(high * 10) / 10).toFixed(1)];
  return `its contrast lies between ${from}:1 and ${to}:1`;
};

const capitalised = (words: string) => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
