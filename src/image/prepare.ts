import { encode, mostEncodedBytes } from "./encode.js";
import { flatten } from "./flatten.js";
import { letterHeight } from "./letters.js";
import { type ImageLimits, type Size, visualTokens } from "./limits.js";
import { withoutMargins } from "./margins.js";
import { type OpenPicture, openPicture, readable } from "./open.js";
import type { Rgb } from "./palette.js";
import { type Improved, improvePhoto } from "./photo/photo.js";
import { type Plan, planPicture } from "./plan.js";
import type { PreparedImage, PreparedPicture } from "./prepared.js";
import { sha256 } from "./sha256.js";
import { sharp } from "./sharp.js";

/** A request may hold 32 MB in all; base64 takes a third more. Bytes. */
const mostBytesOfAllParts = 20 * 1024 * 1024;

export interface PrepareOptions {
  /**
   * Whether it is a drawing: a photo of a board or of paper is straightened and its light evened out first, and blank
   * margins are left out.
   */
  improve?: boolean | undefined;
  /**
   * Is shown the original, upright, improved and opaque, and may change its pixels before they are prepared.
   *
   * @returns whether it covered something that nobody is to see
   */
  look?: ((original: Rgb) => Promise<boolean>) | undefined;
}

/**
 * Makes of a file's bytes what is sent: upright, opaque, 8-bit sRGB without metadata, without blank margins, as small
 * as its text allows and within the limits, encoded so that text stays crisp.
 *
 * @param name the file's name, for people
 * @throws UserError when the bytes are no picture that can be used
 */
export async function preparePicture(
  bytes: Uint8Array,
  name: string,
  limits: ImageLimits,
  { improve = false, look }: PrepareOptions = {},
): Promise<PreparedPicture> {
  const picture = await openPicture(bytes);
  const upright = await readable(picture.format, () => readPixels(picture, picture));
  const improved = improve ? improvePhoto(upright) : undefined;
  const original = improved?.pixels ?? upright;
  const covered = (await look?.(original)) ?? false;
  const looked = {
    letters: await letterHeight(original, improved !== undefined),
    // Of a screen, blank room is part of what it shows.
    shown: improve
      ? withoutMargins(original)
      : { x: 0, y: 0, width: original.width, height: original.height },
  };
  const plan = planPicture(original, looked, limits);
  const pixels = await resize(original, plan);
  const parts: PreparedImage[] = [];
  for (const top of plan.tops) parts.push(await preparePart(pixels, top, plan));
  const [first, ...rest] = parts;
  if (!first) throw new Error("A plan has at least one part");
  return {
    name,
    format: picture.format,
    sha256: sha256(bytes),
    width: original.width,
    height: original.height,
    parts: [first, ...rest],
    notes: [...notesOn(picture, parts.length), ...(improved ? [noteOnPhoto(improved)] : [])],
    // What is covered in the one must not be seen in the other.
    ...(improved && !covered ? { photo: await asPhotographed(upright) } : {}),
  };
}

/** How large the photo is shown beside what was made of it. Pixels. */
const shownEdge = 1568;

async function asPhotographed({ data, width, height }: Rgb): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: shownEdge, height: shownEdge, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
}

function noteOnPhoto({ board, evened }: Improved): string {
  const done = [...(board ? ["straightened"] : []), ...(evened ? ["evened out in its light"] : [])];
  return `The photo was ${done.join(" and ")} before it was read; places are those in the result.`;
}

/** Decodes upright, at this size, opaque, 8-bit sRGB. Exported for the benchmark. */
export async function readPixels({ image }: OpenPicture, { width, height }: Size): Promise<Rgb> {
  const { data, info } = await image
    .resize({ width, height, fit: "fill", kernel: "lanczos3" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 4) return { data: flatten(data), width, height };
  if (info.channels !== 3) throw new Error(`Unexpected number of channels: ${info.channels}`);
  return { data, width, height };
}

async function resize(pixels: Rgb, { crop, whole: { width, height } }: Plan): Promise<Rgb> {
  if (pixels.width === width && pixels.height === height) return pixels;
  const raw = { width: pixels.width, height: pixels.height, channels: 3 as const };
  const data = await sharp(pixels.data, { raw })
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize({ width, height, fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { data, width, height };
}

async function preparePart(
  pixels: Rgb,
  top: number,
  { crop, partHeight: height, tops }: Plan,
): Promise<PreparedImage> {
  const { width } = pixels;
  const row = width * 3;
  const rows = pixels.data.subarray(top * row, (top + height) * row);
  const scale = { x: width / crop.width, y: pixels.height / crop.height };
  const mostBytes = Math.min(mostEncodedBytes, mostBytesOfAllParts / tops.length);
  return {
    ...(await encode({ data: rows, width, height }, mostBytes)),
    width,
    height,
    scale,
    offset: { x: crop.x, y: crop.y + top / scale.y },
    visualTokens: visualTokens({ width, height }),
  };
}

function notesOn({ format, frames }: OpenPicture, parts: number): string[] {
  const notes: string[] = [];
  if (frames > 1) {
    const unit = format === "tiff" ? "pages" : "frames";
    notes.push(`The file holds ${frames} ${unit}; only the first was looked at.`);
  }
  if (parts > 1) notes.push(`The page is tall and was looked at in ${parts} overlapping parts.`);
  return notes;
}
