import { workingSize } from "./caps.js";
import { encode, mostEncodedBytes } from "./encode.js";
import { flatten, type Opaque } from "./flatten.js";
import type { Format } from "./format.js";
import { fits, fitWithin, type ImageLimits, type Size, visualTokens } from "./limits.js";
import { type OpenPicture, openPicture } from "./open.js";
import type { Rgb } from "./palette.js";
import { type Improved, improvePhoto } from "./photo/photo.js";
import type { PreparedImage, PreparedPicture } from "./prepared.js";
import { sha256 } from "./sha256.js";
import { sharp } from "./sharp.js";

/** A picture longer than this many times its short side is cut into parts, unless it can be sent as it is. */
const longest = 2.5;
/** The length of a part, in short sides of the picture, while there are not too many of them. */
const partLength = 1.5;
/** Share of a part that it has in common with the next, so that nothing is only seen cut in two. */
const overlap = 0.1;
/** More than 20 images in a request lower the API's limit for each of them. */
const mostParts = 20;
/** A request may hold 32 MB in all; base64 takes a third more. Bytes. */
const mostBytesOfAllParts = 20 * 1024 * 1024;

/** What takes time. */
export type Step = "decode" | "straighten" | "look at" | "shrink" | "encode";

export interface PrepareOptions {
  /** Whether a photo of a board or of paper is straightened and its light evened out first. */
  improve?: boolean | undefined;
  /**
   * Is shown the original, upright, improved and opaque, and may change its pixels before they are prepared.
   * One that is larger than can be decoded at once is shrunk, and `shrunkBy` is more than 1: that is the original then.
   *
   * @returns whether it covered something that nobody is to see
   */
  look?: ((original: Opaque, shrunkBy: number) => Promise<boolean>) | undefined;
  /** Is called between the steps, with what comes next: a sign of life. */
  onStep?: ((step: Step) => void) | undefined;
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
  { improve = false, look, onStep }: PrepareOptions = {},
): Promise<PreparedPicture> {
  const picture = await openPicture(bytes);
  // What nobody looks at is decoded at the size that is sent, which is quicker.
  const isWhole = improve || look !== undefined;
  const whole = workingSize(picture);
  const size = isWhole ? whole : planParts(whole, limits).whole;
  onStep?.("decode");
  const upright = await readPixels(picture, size);
  if (improve) onStep?.("straighten");
  const improved = improve ? improvePhoto(upright) : undefined;
  const decoded = improved?.pixels ?? upright;
  onStep?.("look at");
  const covered = (await look?.(decoded, picture.width / whole.width)) ?? false;
  const original: Size = isWhole ? decoded : whole;
  onStep?.("shrink");
  const plan = planParts(original, limits);
  const pixels = isWhole ? await resize(decoded, plan.whole) : decoded;
  const parts: PreparedImage[] = [];
  for (const place of plan.places) {
    onStep?.("encode");
    parts.push(await preparePart(pixels, place, plan.part, original, plan.places.length));
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
    notes: [...notesOn(picture, upright, plan), ...(improved ? [noteOnPhoto(improved)] : [])],
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
  /** The top left corner of each part, in pixels of the resized whole. */
  places: Array<{ x: number; y: number }>;
  /** The size of each part. Pixels of the resized whole. */
  part: Size;
}

/** How to resize and cut a picture of this size. Exported for its tests. */
export function planParts(size: Size, limits: ImageLimits): Plan {
  const { width, height } = size;
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  if (long <= short * longest || fits(size, limits)) {
    const whole = fitWithin(size, limits);
    return { whole, places: [{ x: 0, y: 0 }], part: whole };
  }
  const wanted = Math.ceil(short * partLength);
  const step = wanted * (1 - overlap);
  const count = Math.min(mostParts, Math.max(2, Math.ceil((long - wanted) / step) + 1));
  // As many parts of equal length, each sharing `overlap` of it with the next, as cover the picture.
  const length = Math.ceil(long / (count - (count - 1) * overlap));
  const isTall = height > width;
  const part = fitWithin(isTall ? { width, height: length } : { width: length, height }, limits);
  const whole = isTall
    ? { width: part.width, height: Math.max(part.height, Math.round((height * part.width) / width)) }
    : { width: Math.max(part.width, Math.round((width * part.height) / height)), height: part.height };
  const last = isTall ? whole.height - part.height : whole.width - part.width;
  const places = Array.from({ length: count }, (_, at) => {
    const from = Math.round((last * at) / (count - 1));
    return isTall ? { x: 0, y: from } : { x: from, y: 0 };
  });
  return { whole, places, part };
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
  { x, y }: { x: number; y: number },
  { width, height }: Size,
  original: Size,
  parts: number,
): Promise<PreparedImage> {
  const scale = { x: pixels.width / original.width, y: pixels.height / original.height };
  const mostBytes = Math.min(mostEncodedBytes, mostBytesOfAllParts / parts);
  return {
    ...(await encode({ data: cut(pixels, x, y, width, height), width, height }, mostBytes)),
    width,
    height,
    scale,
    offset: { x: x / scale.x, y: y / scale.y },
    visualTokens: visualTokens({ width, height }),
  };
}

function cut(pixels: Rgb, x: number, y: number, width: number, height: number): Uint8Array {
  const row = pixels.width * 3;
  if (width === pixels.width) return pixels.data.subarray(y * row, (y + height) * row);
  const data = new Uint8Array(width * height * 3);
  for (let line = 0; line < height; line++) {
    const from = (y + line) * row + x * 3;
    data.set(pixels.data.subarray(from, from + width * 3), line * width * 3);
  }
  return data;
}

/** What a format calls the pictures that a file holds, and the one that is read. */
const unitsOf: Partial<Record<Format, [unit: string, one: string]>> = {
  tiff: ["pages", "the first"],
  heic: ["pictures", "the main one"],
  avif: ["pictures", "the main one"],
};

function notesOn(picture: OpenPicture, { ground }: Opaque, { places }: Plan): string[] {
  const { format, frames, width, height } = picture;
  const notes = [...picture.notes];
  if (ground)
    notes.push(
      `Parts of the picture are transparent: they were put on ${ground.colour}, whatever they lie on in use.`,
    );
  if (frames > 1) {
    const [unit, one] = unitsOf[format] ?? ["frames", "the first"];
    notes.push(`The file holds ${frames} ${unit}; only ${one} was looked at.`);
  }
  const whole = workingSize(picture);
  if (whole.width < width)
    notes.push(
      `The picture has ${width} × ${height} px and was shrunk to ${whole.width} × ${whole.height} px before it was looked at; places and sizes are those in the result.`,
    );
  if (places.length > 1) {
    const isTall = (places[1]?.y ?? 0) > 0;
    notes.push(
      `The ${isTall ? "page is tall" : "picture is wide"} and was looked at in ${places.length} overlapping parts.`,
    );
  }
  return notes;
}
