import type { Rgb } from "../image/palette.js";
import { textureOf } from "../image/texture.js";
import type { TextMark } from "../report.js";
import { findBlobs, findEdges, isFrame, isRule } from "./blobs.js";
import { findControls } from "./controls.js";
import { lineImage } from "./lineImage.js";
import { joinLines, type TextLine } from "./lines.js";
import type { Measurement } from "./measurement.js";
import type { LineReader } from "./ocr.js";
import { judgeQuality } from "./quality.js";
import { takeSecrets } from "./redact.js";
import { judgeContrast, lettersIn, type MeasuredText, measureLine } from "./text.js";

export interface MeasureOptions {
  /** Reads lines of text. */
  read: LineReader;
  /** Pixels of the picture for each CSS pixel; guessed when it is not given. */
  pixelRatio: number | undefined;
  /** Of the file, 1 to 100; undefined for what is no JPEG. */
  jpegQuality: number | undefined;
  /** Whether secrets are looked for, and taken out of what was read. */
  findSecrets: boolean;
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
  const { flat, lossy } = textureOf(pixels);
  const blobs = findBlobs(findEdges(pixels, lossy), pixels.width, pixels.height);
  const { lines, left } = readable(joinLines(blobs.filter((blob) => !isFrame(blob) && !isRule(blob))));
  const read = await options.read(lines.map((line) => lineImage(pixels, line)));
  const whole = lines.map((line, at) => ({ line, words: read[at] ?? [] }));
  const { secrets, lines: told } = options.findSecrets ? takeSecrets(whole) : { secrets: [], lines: whole };
  const measured = told.flatMap(({ line, words }) => measureLine(pixels, line, words, lossy));
  const em = typicalEm(measured);
  const ratio = options.pixelRatio ?? guessPixelRatio(em);
  const texts = measured.flatMap(({ em: size, colours, ...text }) => {
    const fontSize = size / ratio;
    const contrast = judgeContrast({ em: size, colours, ...text }, fontSize);
    return isSpeck(text, em) && contrast.status === "unmeasured" ? [] : [{ ...text, fontSize, contrast }];
  });
  return {
    pixelRatio: ratio,
    texts: texts.sort(byPlace).map((text, at) => ({ id: `T${at + 1}`, ...text })),
    controls: findControls(pixels, ratio, lossy)
      .sort(byPlace)
      .map((control, at) => ({ id: `C${at + 1}`, ...control })),
    quality: judgeQuality({
      pixels,
      flat,
      blobs,
      lines,
      texts,
      jpegQuality: options.jpegQuality,
      sharpness: lines.filter(({ height }) => height > 7).map((line) => sharpnessOf(pixels, line)),
    }),
    secrets,
    covered: options.findSecrets,
    unread: left,
  };
}

function readable(lines: TextLine[]): { lines: TextLine[]; left: number } {
  let length = 0;
  const kept = lines.filter(({ width, height }) => {
    length += Math.max(1, width / height);
    return length <= longestReading;
  });
  return { lines: kept, left: lines.length - kept.length };
}

const byPlace = ({ box: a }: Pick<TextMark, "box">, { box: b }: Pick<TextMark, "box">): number =>
  a.y - b.y || a.x - b.x;

/** The font size that is in the middle of those that were read with certainty. Pixels of the original. */
function typicalEm(texts: readonly MeasuredText[]): number {
  const sizes = texts.filter(({ confidence }) => confidence > 60).map(({ em }) => em);
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 15;
}

/** Body text has about 15 CSS pixels. */
const guessPixelRatio = (em: number): number => (em > 42 ? 3 : em > 21.5 ? 2 : 1);

/** Dots, corners and crumbs of borders: smaller than any letter here, and read as none. */
const isSpeck = ({ text, box }: Pick<TextMark, "text" | "box">, em: number): boolean =>
  lettersIn(text) < 2 && box.width < em * 0.8 && box.height < em * 0.8;

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
