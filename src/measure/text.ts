import type { Box, TextMark } from "../report.js";
import { brightnessOf, type Colour, contrastRatio, differenceOf } from "./colour.js";
import { type Ink, inkOn } from "./ink.js";
import type { TextLine } from "./lines.js";
import type { Word } from "./ocr.js";
import type { Segment } from "./segments.js";
import { type LetterSize, letterSize } from "./size.js";

/** A mark before the whole picture is known: without number, and without the size that a CSS pixel has. */
export interface MeasuredText extends Pick<TextMark, "box" | "text" | "confidence"> {
  size: LetterSize;
  /** Whether the letters look like text, read or not. */
  shape: Shape;
  /** Whether letters stand beside it, so that the smallest dot is a part of a text. */
  besideText: boolean;
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
export function measureSegment(
  segment: Segment,
  words: readonly Part[],
  lossy: boolean,
): Omit<MeasuredText, "besideText"> {
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

/** Where a text is; a dash, which fills its box, has the height that a letter beside it would have. */
function boxOf({ letters, x, y, width, height }: Segment): Box {
  const [dash] = letters;
  const isDash = letters.length === 1 && dash !== undefined && dash.pixels >= width * height * 0.75;
  const most = isDash ? Math.min(width, 40) : 0;
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
    // What stands in the place of a secret is told whole, at its beginning.
    if (touched.length === 1 || isStandIn(word.text)) own.get(only.segment)?.push({ ...word, signs: whole });
    else {
      const signs = [...word.text];
      const cuts = touched.map(({ segment }, index) => {
        const next = touched[index + 1]?.segment;
        if (!next) return signs.length;
        const middle = (segment.x + segment.width + next.x) / 2;
        return Math.round(((middle - word.x) / word.width) * signs.length);
      });
      for (const [index, { segment }] of touched.entries()) {
        const text = signs.slice(index === 0 ? 0 : cuts[index - 1], cuts[index]).join("");
        if (text !== "") own.get(segment)?.push({ ...word, text, signs: whole });
      }
    }
  }
  return own;
}

/** Whether a word was put in the place of what is covered, as “[e-mail address]” is. */
const isStandIn = (text: string): boolean => /^\[[a-z][a-z -]*\]$/i.test(text);

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
export const surelyRead = { few: 80, many: 45 };
