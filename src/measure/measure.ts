import type { Rgb } from "../image/palette.js";
import { textureOf } from "../image/texture.js";
import type { Box, ControlMark, TextMark } from "../report.js";
import { findBlobs, findEdges } from "./blobs.js";
import { holds, overlapOf } from "./boxes.js";
import type { FoundCode } from "./codes.js";
import { findControls } from "./controls.js";
import { findDefects } from "./defects/findDefects.js";
import { findText } from "./findText.js";
import { byPlace, judgeTexts, type MeasuredTexts, numbered } from "./judgeTexts.js";
import type { TextLine } from "./lines.js";
import type { Measurement } from "./measurement.js";
import type { LineReader } from "./ocr.js";
import { findOutlines } from "./outlines.js";
import { findPatches } from "./patches.js";
import { judgeQuality } from "./quality.js";
import { isLittleRead, plausibleLines, readLines, unreadShare } from "./reading.js";
import { takeCovered, takeSecrets } from "./redact.js";
import type { Segment } from "./segments.js";
import { readSpaced } from "./spaced.js";
import { type MeasuredText, measureSegment, type Part, wordsOf } from "./text.js";
import { findTinted } from "./tinted.js";
import { readTurned } from "./turned.js";
import type { TextNeeds } from "./verdict.js";

export interface MeasureOptions {
  /** Reads lines of text. */
  read: LineReader;
  /** Pixels of the picture for each CSS pixel; guessed when it is not given. */
  pixelRatio: number | undefined;
  /** Of the file, 1 to 100; undefined for what is no JPEG. */
  jpegQuality: number | undefined;
  /** What is asked of texts: verdicts are given by it. */
  needs: TextNeeds;
  /** Whether secrets are looked for, and taken out of what was read. */
  findSecrets: boolean;
  /** Places that a person wants covered: what was read there is taken out, too. */
  covers?: readonly Box[];
  /**
   * Told the texts with their contrast before any is read: without words, and with sizes and verdicts that reading
   * may make surer. It may last seconds until all is read.
   */
  onMeasured?: (texts: MeasuredTexts) => void;
}

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
  const codes = options.findSecrets ? await codesIn(pixels) : [];
  const { map, segments, lines, besideText } = findText(
    pixels,
    lossy,
    codes.map(({ box }) => box),
  );
  const measured = (segment: Segment, words: readonly Part[]): MeasuredText => ({
    ...measureSegment(segment, words, lossy),
    besideText: besideText.has(segment),
  });
  const unread = segments.map((segment) => measured(segment, []));
  options.onMeasured?.(judgeTexts(unread, options));
  const { lines: some, left } = plausibleLines(lines);
  const whole = await readLines(options.read, pixels, map, some);
  const { secrets, lines: known } = options.findSecrets ? takeSecrets(whole) : { secrets: [], lines: whole };
  // Where each letter has a box of its own.
  const spaced = options.findSecrets
    ? await readSpaced(options.read, pixels, map, segments, whole)
    : undefined;
  const apart = spaced
    ? takeSecrets(spaced).secrets.filter(({ box }) => !secrets.some((other) => holds(other.box, box)))
    : [];
  const { covers = [] } = options;
  const told = takeCovered(known, [...covers, ...apart.map(({ box }) => box)]);
  // Nothing is told of what was read in a turned picture: its marks would stand on their side.
  const turned =
    options.findSecrets && isLittleRead(whole)
      ? await readTurned(options.read, pixels, lossy, whole)
      : undefined;
  const wordsFor = new Map(told.flatMap(({ line, words }) => [...wordsOf(line, words)]));
  const { texts, pixelRatio } = judgeTexts(
    segments.map((segment) => measured(segment, wordsFor.get(segment) ?? [])),
    options,
  );
  const outlines = findOutlines(pixels, findPatches(pixels, lossy), pixelRatio);
  const controls = findControls(pixels, outlines, pixelRatio);
  const blobs = findBlobs(findEdges(pixels, lossy), pixels.width, pixels.height);
  const marks = numbered(texts.filter((text) => !isGlyph(text, controls)));
  return {
    pixelRatio,
    texts: marks,
    controls: controls.sort(byPlace).map((control, index) => ({ id: `C${index + 1}`, ...control })),
    // JPEG moves edges by a pixel, smears what ends abruptly, and blurs colours.
    ...(lossy
      ? {}
      : {
          defects: findDefects({ pixels, ratio: pixelRatio, segments, outlines }).sort(byPlace),
          tinted: findTinted({ pixels, ratio: pixelRatio, segments, texts: marks }).sort(byPlace),
        }),
    quality: judgeQuality({
      pixels,
      flat,
      blobs,
      lines,
      texts,
      jpegQuality: options.jpegQuality,
      sharpness: lines.filter(({ height }) => height > 5).map((line) => sharpnessOf(pixels, line)),
    }),
    // What a person has covered needs no second look.
    secrets: [...secrets, ...apart, ...codes, ...(turned ?? [])]
      .filter(({ box }) => !covers.some((cover) => holds(cover, box)))
      .sort(byPlace),
    ...(covers.length > 0 ? { covers: [...covers] } : {}),
    covered: options.findSecrets,
    illegible: turned ? 0 : unreadShare(whole, left),
    unread: left,
  };
}

/** The reader of codes is loaded by whoever looks for them. */
async function codesIn(pixels: Rgb): Promise<FoundCode[]> {
  const { findCodes } = await import("./codes.js");
  return findCodes(pixels);
}

/** More colours than this, or greys, are left by JPEG, whatever it is given. */
const fewColours = 110;

function hasFewColours({ data }: Rgb): boolean {
  const colours = new Set<number>();
  for (let offset = 0; offset < data.length; offset += 3) {
    colours.add(((data[offset] ?? 0) << 16) | ((data[offset + 1] ?? 0) << 8) | (data[offset + 2] ?? 0));
    if (colours.size > fewColours) return false;
  }
  return true;
}

/** What is drawn in a control that holds no text: a tick, a dot, a knob, none of them as wide as a word. */
const isGlyph = (
  { box, contrast }: TextMark,
  controls: readonly Pick<ControlMark, "kind" | "box">[],
): boolean =>
  contrast.status === "unmeasured" &&
  box.width < box.height * 1.6 &&
  controls.some(
    ({ kind, box: around }) =>
      (kind === "checkbox" || kind === "radio" || kind === "switch") &&
      overlapOf(around, box).across >= box.width * 0.7 &&
      overlapOf(around, box).down >= box.height * 0.7,
  );

/** The steepest step from one pixel to the next, as a share of all that the line's brightness ranges over. */
function sharpnessOf({ data, width }: Rgb, line: TextLine): number {
  let [steepest, darkest, brightest] = [0, 255, 0];
  for (let y = line.y; y < line.y + line.height; y++) {
    for (let x = line.x; x + 1 < line.x + line.width; x++) {
      const index = (y * width + x) * 3 + 1;
      const [green, next] = [data[index] ?? 0, data[index + 3] ?? 0];
      steepest = Math.max(steepest, Math.abs(next - green));
      darkest = Math.min(darkest, green);
      brightest = Math.max(brightest, green);
    }
  }
  return brightest > darkest ? steepest / (brightest - darkest) : 1;
}
