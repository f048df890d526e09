import type { TextMark } from "../report.js";
import { gapBetween } from "./boxes.js";
import { differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";
import { boldStrokes } from "./size.js";
import { lettersIn, type MeasuredText, surelyRead } from "./text.js";
import { isIdle, judgeContrast, type TextNeeds } from "./verdict.js";

/** The texts of a picture, and what a CSS pixel is in it. */
export interface MeasuredTexts {
  /** Pixels of the picture for each CSS pixel. */
  pixelRatio: number;
  texts: TextMark[];
}

/**
 * The texts with their verdicts, without what is none.
 *
 * @param measured all that was found, read or not
 */
export function judgeTexts(
  measured: readonly MeasuredText[],
  { pixelRatio: set, needs }: { pixelRatio: number | undefined; needs: TextNeeds },
): MeasuredTexts {
  const em = typicalEm(measured);
  const ratios = set === undefined ? possibleRatios(em) : ([set] as const);
  const [pixelRatio] = ratios;
  const legible = isLegible(measured);
  const words = measured.filter(isWord);
  const texts = measured
    .filter((text) => !isSpeck(text, em) && !isDrawing(text, em) && !isIdle(text, needs))
    .map((text): Omit<TextMark, "id"> => {
      const { box, size, confidence } = text;
      return {
        box,
        text: text.text,
        confidence,
        letterHeight: size.height,
        fontSize: size.em / pixelRatio,
        sizeRange: { least: size.least / Math.max(...ratios), most: size.most / Math.min(...ratios) },
        bold: size.weight > boldStrokes.usually,
        contrast: judgeContrast(text, ratios, needs, { legible, oneOfMany: isOneOfMany(text, words) }),
      };
    });
  return { pixelRatio, texts: numbered(texts) };
}

/** From top to bottom. */
export const numbered = (texts: ReadonlyArray<Omit<TextMark, "id">>): TextMark[] =>
  texts.toSorted(byPlace).map((text, index) => ({ ...text, id: `T${index + 1}` }));

export const byPlace = ({ box: a }: Pick<TextMark, "box">, { box: b }: Pick<TextMark, "box">): number =>
  a.y - b.y || a.x - b.x;

/** Whether the OCR knows the script: not where it made nothing sure of most of what surely is text. */
function isLegible(texts: readonly MeasuredText[]): boolean {
  const tried = texts.filter(({ shape, text }) => shape === "text" && text !== "");
  const unread = tried.filter(({ confidence }) => confidence < surelyRead.many);
  return unread.length < 3 || unread.length < tried.length / 2;
}

/** Whether this surely is text, whatever it says. */
const isWord = ({ shape, text, confidence, colours }: MeasuredText): boolean =>
  colours !== undefined && (shape === "text" || (lettersIn(text) >= 2 && confidence >= surelyRead.few));

/** A sign is one of many where a word of its colours and size stands within so many font sizes. */
const withinEms = 8;
/** Sizes that differ by no more are one: a share. */
const sameSize = 1.12;

/** Whether a sign that was read has the colours and the size of words near to it, as the 0 beside 10 and 20 does. */
function isOneOfMany({ text, box, size, colours, confidence }: MeasuredText, words: readonly MeasuredText[]) {
  if (!colours || lettersIn(text) !== 1 || confidence < surelyRead.few) return false;
  return words.some(
    (word) =>
      word.colours !== undefined &&
      differenceOf(word.colours.foreground, colours.foreground) <= sameColour &&
      differenceOf(word.colours.worst, colours.worst) <= sameColour &&
      Math.max(word.size.em, size.em) <= Math.min(word.size.em, size.em) * sameSize &&
      gapBetween(word.box, box) <= size.em * withinEms,
  );
}

/** The font size that is in the middle of those that surely are text. Pixels of the original. */
function typicalEm(texts: readonly MeasuredText[]): number {
  const read = texts.filter(({ confidence, text }) => confidence > 70 && lettersIn(text) > 2);
  const some = read.length > 2 ? read : texts.filter(({ shape }) => shape === "text");
  const sizes = some.map(({ size }) => size.em);
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 15;
}

/** Body text has about 15 CSS pixels. The likeliest first; another one where it may as well be that. */
function possibleRatios(em: number): readonly [number, ...number[]] {
  if (em > 42) return [3];
  if (em > 21.5) return em < 23 ? [2, 1] : [2];
  return em > 20 ? [1, 2] : [1];
}

/**
 * Dots, corners and slivers of borders: smaller or thinner than any letter here, read as none, and beside none. A dash
 * that stands alone has the height of a letter.
 */
function isSpeck({ text, box, shape, besideText }: MeasuredText, em: number): boolean {
  if (besideText || shape === "text" || lettersIn(text) >= 2) return false;
  const [width, height] = [box.width / em, box.height / em];
  return (width < 0.28 && height < 0.28) || (width < 0.15 && height < 0.6) || height < 0.2;
}

/** A single patch that is many times as high as the text of the picture, and no letter: a drawing. */
const isDrawing = ({ text, confidence, box, shape }: MeasuredText, em: number): boolean =>
  shape !== "text" && box.height > em * 5 && (lettersIn(text) < 2 || confidence < 80);
