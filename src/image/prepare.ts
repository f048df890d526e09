import { encode, mostEncodedBytes } from "./encode.js";
import { flatten, type Opaque } from "./flatten.js";
import type { Format } from "./format.js";
import { fitWithin, type ImageLimits, type Size, visualTokens } from "./limits.js";
import { type OpenPicture, openPicture } from "./open.js";
import type { Rgb } from "./palette.js";
import { type Improved, improvePhoto } from "./photo/photo.js";
import type { PreparedImage, PreparedPicture } from "./prepared.js";
import { sha256 } from "./sha256.js";
import { sharp } from "./sharp.js";

/** A page taller than this many times its width is cut into parts. */
const tallest = 2.5;
/** The height of a part, in widths of the page, while there are not too many of them. */
const partHeight = 1.5;
/** Share of a part that it has in common with the next, so that nothing is only seen cut in two. */
const overlap = 0.1;
/** More than 20 images in a request lower the API's limit for each of them. */
const mostParts = 20;
/** A request may hold 32 MB in all; base64 takes a third more. Bytes. */
const mostBytesOfAllParts = 20 * 1024 * 1024;

export interface PrepareOptions {
  /** Whether a photo of a board or of paper is straightened and its light evened out first. */
  improve?: boolean | undefined;
  /**
   * Is shown the original, upright, improved and opaque, and may change its pixels before they are prepared.
   *
   * @returns whether it covered something that nobody is to see
   */
  look?: ((original: Opaque) => Promise<boolean>) | undefined;
}

/**
 * Makes of a file's bytes what is sent: upright, opaque, 8-bit sRGB without metadata, at the largest size
 * within the limits, encoded so that text stays crisp.
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
  // What nobody looks at is decoded at the size that is sent, which is quicker.
  const isWhole = improve || look !== undefined;
  const size = isWhole ? picture : planParts(picture, limits).whole;
  const upright = await readPixels(picture, size);
  const improved = improve ? improvePhoto(upright) : undefined;
  const decoded = improved?.pixels ?? upright;
  const covered = (await look?.(decoded)) ?? false;
  const original: Size = isWhole ? decoded : picture;
  const plan = planParts(original, limits);
  const pixels = isWhole ? await resize(decoded, plan.whole) : decoded;
  const parts: PreparedImage[] = [];
  for (const top of plan.tops) {
    parts.push(await preparePart(pixels, top, plan.partHeight, original, plan.tops.length));
  }
  const [first, ...rest] = parts;
  if (!first) throw new Error("A plan has at least one part");
  return {
    name,
    format: picture.format,
    sha256: sha256(bytes),
    width: original.width,
    height: original.height,
    parts: [first, ...rest],
    notes: [...notesOn(picture, upright, parts.length), ...(improved ? [noteOnPhoto(improved)] : [])],
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

interface Plan {
  /** The whole picture, resized. Pixels. */
  whole: Size;
  /** The top of each part, in pixels of the resized whole. */
  tops: number[];
  /** Pixels of the resized whole. */
  partHeight: number;
}

/** How to resize and cut a picture of this size. Exported for its tests. */
export function planParts(size: Size, limits: ImageLimits): Plan {
  if (size.height <= size.width * tallest) {
    const whole = fitWithin(size, limits);
    return { whole, tops: [0], partHeight: whole.height };
  }
  const wanted = Math.ceil(size.width * partHeight);
  const step = wanted * (1 - overlap);
  const count = Math.min(mostParts, Math.max(2, Math.ceil((size.height - wanted) / step) + 1));
  // As many parts of equal height, each sharing `overlap` of it with the next, as cover the page.
  const height = Math.ceil(size.height / (count - (count - 1) * overlap));
  const part = fitWithin({ width: size.width, height }, limits);
  const whole = {
    width: part.width,
    height: Math.max(part.height, Math.round((size.height * part.width) / size.width)),
  };
  const last = whole.height - part.height;
  const tops = Array.from({ length: count }, (_, at) => Math.round((last * at) / (count - 1)));
  return { whole, tops, partHeight: part.height };
}

/** Decodes upright, at this size, opaque, 8-bit sRGB. Exported for the benchmark. */
export async function readPixels({ decode }: OpenPicture, size: Size): Promise<Opaque> {
  return flatten(await decode(size));
}

async function resize(pixels: Rgb, { width, height }: Size): Promise<Rgb> {
  if (pixels.width === width && pixels.height === height) return pixels;
  const raw = { width: pixels.width, height: pixels.height, channels: 3 as const };
  const data = await sharp(pixels.data, { raw })
    .resize({ width, height, fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { data, width, height };
}

async function preparePart(
  pixels: Rgb,
  top: number,
  height: number,
  original: Size,
  parts: number,
): Promise<PreparedImage> {
  const { width } = pixels;
  const row = width * 3;
  const rows = pixels.data.subarray(top * row, (top + height) * row);
  const scale = { x: width / original.width, y: pixels.height / original.height };
  const mostBytes = Math.min(mostEncodedBytes, mostBytesOfAllParts / parts);
  return {
    ...(await encode({ data: rows, width, height }, mostBytes)),
    width,
    height,
    scale,
    offset: { x: 0, y: top / scale.y },
    visualTokens: visualTokens({ width, height }),
  };
}

/** What a format calls the pictures that a file holds, and the one that is read. */
const unitsOf: Partial<Record<Format, [unit: string, one: string]>> = {
  tiff: ["pages", "the first"],
  heic: ["pictures", "the main one"],
  avif: ["pictures", "the main one"],
};

function notesOn(
  { format, frames, notes: onReading }: OpenPicture,
  { ground }: Opaque,
  parts: number,
): string[] {
  const notes = [...onReading];
  if (ground)
    notes.push(
      `Parts of the picture are transparent: they were put on ${ground.colour}, whatever they lie on in use.`,
    );
  if (frames > 1) {
    const [unit, one] = unitsOf[format] ?? ["frames", "the first"];
    notes.push(`The file holds ${frames} ${unit}; only ${one} was looked at.`);
  }
  if (parts > 1) notes.push(`The page is tall and was looked at in ${parts} overlapping parts.`);
  return notes;
}
