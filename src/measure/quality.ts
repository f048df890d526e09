import type { Rgb } from "../image/palette.js";
import type { TextMark } from "../report.js";
import type { Blob } from "./blobs.js";
import type { TextLine } from "./lines.js";
import type { Measurement } from "./measurement.js";

/** What judging a picture's quality needs to know. */
export interface QualityInput {
  pixels: Rgb;
  /** Steps between neighbouring pixels that are none, as a share: high on screens, low in photos. */
  flat: number;
  blobs: readonly Blob[];
  lines: readonly TextLine[];
  texts: readonly Pick<TextMark, "letterHeight" | "confidence" | "box">[];
  /** As its tables of quantisation tell, 1 to 100; undefined for what is no JPEG. */
  jpegQuality: number | undefined;
  /** The steepest step in each line of text, as a share of the text's contrast. */
  sharpness: readonly number[];
}

/** Letters lower than this are hard to make out. Pixels. */
const lowestLetters = 8;
/** Below this JPEG leaves blocks and ripples that are seen. */
const lowestJpegQuality = 45;
/** Lines that lean by more than this are in the way; less is corrected in reading. Degrees. */
const mostLean = 3;

/** What makes a picture hard to read, for the model as for people, and what would help. */
export function judgeQuality(seen: QualityInput): Measurement["quality"] {
  const warnings: Measurement["quality"] = [];
  const warn = (problem: string, advice: string) => warnings.push({ problem, advice });
  const { pixels, flat, lines, texts, jpegQuality, sharpness } = seen;
  const read = texts.filter(({ confidence }) => confidence > 60);
  const low = read.filter(({ letterHeight }) => letterHeight < lowestLetters);
  if (read.length > 0 && low.length >= Math.max(3, read.length * 0.5)) {
    warn(
      `Most of its text is less than ${lowestLetters} pixels high.`,
      "Take the screenshot at a larger zoom or on a screen of higher density, or crop to the part that matters.",
    );
  }
  const blurred = sharpness.length >= 3 && middle(sharpness) < 0.3;
  if (blurred) {
    warn(
      "It is blurred.",
      "Take a screenshot instead of a photo or a scaled copy, or hold the camera still and closer.",
    );
  }
  if (jpegQuality !== undefined && jpegQuality < lowestJpegQuality) {
    warn(
      `JPEG has left strong artefacts in it (quality ${jpegQuality} of 100).`,
      "Save it as PNG, or as JPEG with a quality of 85 or more.",
    );
  }
  if (flat < 0.25 && glareShare(pixels) > 0.015) {
    warn(
      "Glare hides a part of it.",
      "Take the photo from a slight angle, without flash, away from lamps and windows.",
    );
  }
  const lean = leanOf(lines);
  if (standsOnItsSide(seen)) {
    warn("Its text seems to run up or down.", "Turn the picture by a quarter.");
  } else if (Math.abs(lean) > mostLean) {
    warn(`It is turned by about ${Math.abs(lean).toFixed(0)} degrees.`, "Straighten the picture first.");
  }
  return warnings;
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** How the letters of long lines rise or fall, in degrees. */
function leanOf(lines: readonly TextLine[]): number {
  const leans = lines
    .filter(({ letters, width, height }) => letters.length >= 5 && width > height * 4)
    .map(({ letters }) => {
      const points = letters.map((blob) => ({ x: blob.x + blob.width / 2, y: blob.y + blob.height / 2 }));
      const mean = {
        x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
        y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
      };
      const slope =
        points.reduce((sum, { x, y }) => sum + (x - mean.x) * (y - mean.y), 0) /
        points.reduce((sum, { x }) => sum + (x - mean.x) ** 2, 0);
      return (Math.atan(slope) * 180) / Math.PI;
    });
  const lean = middle(leans);
  // A picture that is turned is turned everywhere.
  const agreeing = leans.filter((one) => Math.abs(one - lean) <= 1.5).length;
  return leans.length < 3 || agreeing < leans.length * 0.6 ? 0 : lean;
}

/** Whether nothing could be read, and words stand taller than they are wide. */
function standsOnItsSide({ texts, blobs }: QualityInput): boolean {
  const wellRead = texts.filter(
    ({ confidence, box }) => confidence > 70 && box.width > box.height * 2,
  ).length;
  const words = blobs.filter(
    ({ width, height }) => Math.max(width, height) > 20 && Math.min(width, height) > 5,
  );
  const tall = words.filter(({ width, height }) => height > width * 1.8 && height < width * 12).length;
  const wide = words.filter(({ width, height }) => width > height * 1.8 && width < height * 12).length;
  // A picture in which some words were read well stands upright, however much of it could not be read.
  return words.length >= 6 && tall > wide * 2 && wellRead < 2;
}

/** The share of the picture that is burnt out to white. */
function glareShare({ data }: Rgb): number {
  let [burnt, seen] = [0, 0];
  // One pixel in sixteen tells it well enough.
  for (let offset = 0; offset + 2 < data.length; offset += 48, seen++) {
    if ((data[offset] ?? 0) >= 253 && (data[offset + 1] ?? 0) >= 253 && (data[offset + 2] ?? 0) >= 253)
      burnt++;
  }
  return burnt / seen;
}
