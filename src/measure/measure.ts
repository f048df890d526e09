import type { Rgb } from "../image/palette.js";
import { textureOf } from "../image/texture.js";
import type { TextMark } from "../report.js";
import { findBlobs, findEdges } from "./blobs.js";
import { findControls } from "./controls.js";
import { findDefects } from "./defects/findDefects.js";
import { findText } from "./findText.js";
import { lineImage } from "./lineImage.js";
import type { TextLine } from "./lines.js";
import type { Measurement } from "./measurement.js";
import type { LineReader } from "./ocr.js";
import { findOutlines } from "./outlines.js";
import { findPatches } from "./patches.js";
import { judgeQuality } from "./quality.js";
import { takeSecrets } from "./redact.js";
import { boldStrokes } from "./size.js";
import { judgeContrast, lettersIn, type MeasuredText, measureSegment, wordsOf } from "./text.js";

/** The texts of a picture, and what a CSS pixel is in it. */
export interface MeasuredTexts {
  /** Pixels of the picture for each CSS pixel. */
  pixelRatio: number;
  texts: TextMark[];
}

export interface MeasureOptions {
  /** Reads lines of text. */
  read: LineReader;
  /** Pixels of the picture for each CSS pixel; guessed when it is not given. */
  pixelRatio: number | undefined;
  /** Of the file, 1 to 100; undefined for what is no JPEG. */
  jpegQuality: number | undefined;
  /** Whether secrets are looked for, and taken out of what was read. */
  findSecrets: boolean;
  /**
   * Told the texts with their contrast before any is read: without words, and with sizes and verdicts that reading
   * may make surer. It may last seconds until all is read.
   */
  onMeasured?: (texts: MeasuredTexts) => void;
}

/**
 * Reading takes up to this much text. A full screen of code has half of it; a photo of foliage, which looks like
 * text everywhere, is not read to the end. In heights of lines.
 */
const longestReading = 20_000;

/**
 * What the pixels say: texts with their contrast, controls with their sizes, how good the picture is, and which
 * secrets stand in it.
 *
 * @param pixels the upright original
 * @returns places in pixels of the upright original
 */
export async function measure(pixels: Rgb, options: MeasureOptions): Promise<Measurement> {
  const { flat, lossy: ripples } = textureOf(pixels);
  // Faint text alone in a picture has small steps, too, but few colours.
  const lossy = ripples && !hasFewColours(pixels);
  const { map, segments, lines } = findText(pixels, lossy);
  const unread = segments.map((segment) => measureSegment(segment, [], lossy));
  options.onMeasured?.(judged(unread, options.pixelRatio));
  const { lines: some, left } = readable(lines);
  const read = await options.read(some.map((line) => lineImage(pixels, map, line)));
  const whole = some.map((line, at) => ({ line, words: read[at] ?? [] }));
  const { secrets, lines: told } = options.findSecrets ? takeSecrets(whole) : { secrets: [], lines: whole };
  const wordsFor = new Map(told.flatMap(({ line, words }) => [...wordsOf(line, words)]));
  const { texts, pixelRatio } = judged(
    segments.map((segment) => measureSegment(segment, wordsFor.get(segment) ?? [], lossy)),
    options.pixelRatio,
  );
  const outlines = findOutlines(pixels, findPatches(pixels, lossy), pixelRatio);
  const blobs = findBlobs(findEdges(pixels, lossy), pixels.width, pixels.height);
  return {
    pixelRatio,
    texts,
    controls: findControls(pixels, outlines, pixelRatio)
      .sort(byPlace)
      .map((control, at) => ({ id: `C${at + 1}`, ...control })),
    // JPEG moves edges by a pixel, and smears what ends abruptly.
    ...(lossy
      ? {}
      : { defects: findDefects({ pixels, ratio: pixelRatio, segments, outlines }).sort(byPlace) }),
    quality: judgeQuality({
      pixels,
      flat,
      blobs,
      lines,
      texts,
      jpegQuality: options.jpegQuality,
      sharpness: lines.filter(({ height }) => height > 5).map((line) => sharpnessOf(pixels, line)),
    }),
    secrets: secrets.toSorted(byPlace),
    covered: options.findSecrets,
    unread: left,
  };
}

/** More colours than this, or greys, are left by JPEG, whatever it is given. */
const fewColours = 110;

function hasFewColours({ data }: Rgb): boolean {
  const colours = new Set<number>();
  for (let at = 0; at < data.length; at += 3) {
    colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    if (colours.size > fewColours) return false;
  }
  return true;
}

function readable(lines: TextLine[]): { lines: TextLine[]; left: number } {
  let length = 0;
  const kept = lines.filter(({ width, height }) => {
    length += Math.max(1, width / height);
    return length <= longestReading;
  });
  return { lines: kept, left: lines.length - kept.length };
}

/** The texts with their verdicts, numbered from top to bottom. */
function judged(measured: readonly MeasuredText[], set: number | undefined): MeasuredTexts {
  const em = typicalEm(measured);
  const ratios = set === undefined ? possibleRatios(em) : ([set] as const);
  const [pixelRatio] = ratios;
  const texts = measured
    .filter((text) => !isSpeck(text, em) && !isDrawing(text, em))
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
        contrast: judgeContrast(text, ratios),
      };
    });
  return { pixelRatio, texts: texts.sort(byPlace).map((text, at) => ({ id: `T${at + 1}`, ...text })) };
}

const byPlace = ({ box: a }: Pick<TextMark, "box">, { box: b }: Pick<TextMark, "box">): number =>
  a.y - b.y || a.x - b.x;

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

/** Dots, corners and crumbs of borders: smaller than any letter here, and read as none. */
const isSpeck = ({ text, box, shape }: MeasuredText, em: number): boolean =>
  lettersIn(text) < 2 && shape !== "text" && box.width < em * 0.28 && box.height < em * 0.28;

/** A single patch that is many times as high as the text of the picture, and no letter: a drawing. */
const isDrawing = ({ text, confidence, box, shape }: MeasuredText, em: number): boolean =>
  shape !== "text" && box.height > em * 5 && (lettersIn(text) < 2 || confidence < 80);

/** The steepest step from one pixel to the next, as a share of all that the line's brightness ranges over. */
function sharpnessOf({ data, width }: Rgb, line: TextLine): number {
  let [steepest, darkest, brightest] = [0, 255, 0];
  for (let y = line.y; y < line.y + line.height; y++) {
    for (let x = line.x; x + 1 < line.x + line.width; x++) {
      const at = (y * width + x) * 3 + 1;
      const [green, next] = [data[at] ?? 0, data[at + 3] ?? 0];
      steepest = Math.max(steepest, Math.abs(next - green));
      darkest = Math.min(darkest, green);
      brightest = Math.max(brightest, green);
    }
  }
  return brightest > darkest ? steepest / (brightest - darkest) : 1;
}
