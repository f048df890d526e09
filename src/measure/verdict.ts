import type { Contrast } from "../report.js";
import { contrastRatio, hex, nearestPassing } from "./colour.js";
import { inkOn } from "./ink.js";
import { boldStrokes, type LetterSize } from "./size.js";
import { type Colours, lettersIn, type MeasuredText, surelyRead } from "./text.js";

/** The contrast that is asked of texts, as plain numbers: what asks it is no business of measuring. */
export interface TextNeeds {
  /** The least ratio of large text, and of other text. */
  large: number;
  other: number;
  /** From which font size on a text counts as large. CSS pixels. */
  largeFrom: { regular: number; bold: number };
}

const fewSigns = 3;
/** What is lower has no letters that could be read, whatever the OCR makes of it. Pixels. */
const lowestWord = 4;

/** What the rest of the picture tells of a text. */
export interface Among {
  /** Whether the OCR knows the script of the picture: else what it cannot read may be a word all the same. */
  legible: boolean;
  /** Whether words near to it have its colours and its size, so that a single sign is text as they are. */
  oneOfMany: boolean;
}

/** Signs that hardly any icon looks like, where they were read with certainty; a star marks what is required. */
const isPlainSign = (text: string, confidence: number): boolean =>
  (confidence >= 93 && /^[ABD-HJ-NPRSTWYZabdeghkmnpqrsuy1-9]$/.test(text)) ||
  (confidence >= 85 && text === "*");

/**
 * What is known of a text's contrast, once the size of a CSS pixel is. A verdict is given only where all that is
 * unsure, its ratio, its size and whether it is text, leaves but one.
 *
 * @param ratios pixels of the picture for each CSS pixel: the one that is likely, or all that may be
 * @param among what the rest of the picture tells of it
 */
export function judgeContrast(
  measured: MeasuredText,
  ratios: readonly [number, ...number[]],
  needs: TextNeeds,
  { legible, oneOfMany }: Among,
): Contrast {
  const { colours, confidence, text, shape, outlined } = measured;
  if (!colours) return { status: "unmeasured", reason: "It hardly differs from what it stands on." };
  const band = bandOf(colours);
  const unmeasured = (reason: string): Contrast => ({ status: "unmeasured", reason, ...band });
  const around = ratioBand(band);
  if (outlined) return unmeasured("It has an outline or a shadow, which may help or harm.");
  const own = [...text.replaceAll(/\s/g, "")].length;
  const signs = Math.max(own, measured.signs);
  const isReadable = measured.box.height >= lowestWord || lettersIn(text) < 2;
  const read =
    isReadable && text !== "" && confidence >= (signs <= fewSigns ? surelyRead.few : surelyRead.many);
  const [least, most] = neededOf(measured.size, ratios, needs);
  // As in axe-core: what is so short cannot be told from an icon or a rule.
  const single = read ? signs < 2 && !oneOfMany && !isPlainSign(text, confidence) : shape === "sign";
  if (single && !(read && band.low >= needs.other))
    return unmeasured(`It is a single sign, perhaps an icon; ${around}.`);
  // Whatever it is: with so much contrast there is nothing to judge.
  const isWord = read || shape === "text" || (shape === "perhaps" && !legible);
  if (!isWord && band.low < most)
    return unmeasured(`It may be text or an icon: it could not be read; ${around}.`);
  const { foreground, worst, best } = colours;
  const ratio = contrastRatio(foreground, worst);
  const fails = band.high < least;
  const passes = band.low >= most;
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

/**
 * Whether a mark says nothing to anybody: a sign that was not surely read, such as a bullet or an icon, whose contrast would
 * be enough if it was a letter.
 */
export const isIdle = ({ text, confidence, shape, colours }: MeasuredText, needs: TextNeeds): boolean =>
  shape === "sign" &&
  (lettersIn(text) === 0 || confidence < surelyRead.few) &&
  colours !== undefined &&
  bandOf(colours).low >= needs.other;

/** The least and the most that a text of this size needs. */
function neededOf(
  size: LetterSize,
  ratios: readonly [number, ...number[]],
  { large, other, largeFrom }: TextNeeds,
): [least: number, most: number] {
  const smallest = size.least / Math.max(...ratios);
  const largest = size.most / Math.min(...ratios);
  const surelyLarge =
    smallest >= largeFrom.regular || (size.weight >= boldStrokes.surely && smallest >= largeFrom.bold);
  const perhapsLarge =
    largest >= largeFrom.regular || (size.weight >= boldStrokes.perhaps && largest >= largeFrom.bold);
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
