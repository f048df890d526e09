import type { Box } from "../report.js";
import { workingSize } from "./caps.js";
import { cropsOf } from "./crops.js";
import { encode, mostEncodedBytes } from "./encode.js";
import { flatten, type Opaque } from "./flatten.js";
import type { Format } from "./format.js";
import { letterHeight } from "./letters.js";
import { type ImageLimits, type Size, visualTokens } from "./limits.js";
import { withoutMargins } from "./margins.js";
import { type OpenPicture, openPicture } from "./open.js";
import type { Rgb } from "./palette.js";
import { type Improved, improvePhoto } from "./photo/photo.js";
import { type Plan, planPicture } from "./plan.js";
import type { PreparedImage, PreparedPicture } from "./prepared.js";
import { sha256 } from "./sha256.js";
import { sharp } from "./sharp.js";

/** A request may hold 32 MB in all; base64 takes a third more. Bytes. */
const mostBytesOfAllParts = 20 * 1024 * 1024;

/** What takes time. */
export type Step = "decode" | "rectify" | "look at" | "shrink" | "encode";

export interface PrepareOptions {
  /**
   * Whether it is a drawing: a photo of a board or of paper is straightened and its light evened out first, and blank
   * margins are left out.
   */
  improve?: boolean | undefined;
  /**
   * Is shown the original, upright, improved and opaque, and may change its pixels before they are prepared.
   * One that is larger than can be decoded at once is shrunk, and `shrunkBy` is more than 1: that is the original then.
   *
   * @returns whether it covered something that nobody is to see
   */
  look?: ((original: Opaque, shrunkBy: number) => Promise<boolean>) | undefined;
  /** Places that are wanted by themselves as well, at the original's resolution. Pixels of the original. */
  crops?: readonly Box[] | undefined;
  /** Is called between the steps, with what comes next: a sign of life. */
  onStep?: ((step: Step) => void) | undefined;
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
  { improve = false, look, crops = [], onStep }: PrepareOptions = {},
): Promise<PreparedPicture> {
  const picture = await openPicture(bytes);
  const whole = workingSize(picture);
  onStep?.("decode");
  const upright = await readPixels(picture, whole);
  if (improve) onStep?.("rectify");
  const improved = improve ? improvePhoto(upright) : undefined;
  const original: Opaque = improved?.pixels ?? upright;
  onStep?.("look at");
  const covered = (await look?.(original, picture.width / whole.width)) ?? false;
  onStep?.("shrink");
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
  for (const place of plan.places) {
    onStep?.("encode");
    parts.push(await preparePart(pixels, place, plan));
  }
  const overview = improve ? await prepareOverview(pixels, plan) : undefined;
  const [first, ...rest] = parts;
  if (!first) throw new Error("A plan has at least one part");
  return {
    name,
    format: picture.format,
    sha256: sha256(bytes),
    width: original.width,
    height: original.height,
    parts: [first, ...rest],
    ...(overview ? { overview } : {}),
    ...(crops.length > 0 ? { crops: await cropsOf(original, crops) } : {}),
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

/** Decodes upright, at this size, opaque, 8-bit sRGB. Exported for the benchmark. */
export async function readPixels({ decode }: OpenPicture, size: Size): Promise<Opaque> {
  return flatten(await decode(size));
}

async function resize(
  pixels: Rgb,
  { crop, whole: { width, height } }: Pick<Plan, "crop" | "whole">,
): Promise<Rgb> {
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
  { x, y }: Plan["places"][number],
  { crop, part: { width, height }, places }: Plan,
): Promise<PreparedImage> {
  const scale = { x: pixels.width / crop.width, y: pixels.height / crop.height };
  const mostBytes = Math.min(mostEncodedBytes, mostBytesOfAllParts / places.length);
  return {
    ...(await encode({ data: cut(pixels, x, y, width, height), width, height }, mostBytes)),
    width,
    height,
    scale,
    offset: { x: crop.x + x / scale.x, y: crop.y + y / scale.y },
    visualTokens: visualTokens({ width, height }),
  };
}

/** The whole of a drawing in one piece, beside its parts; undefined where there are none. */
async function prepareOverview(pixels: Rgb, { crop, overview }: Plan): Promise<PreparedImage | undefined> {
  if (!overview) return undefined;
  const small = await resize(pixels, {
    crop: { x: 0, y: 0, width: pixels.width, height: pixels.height },
    whole: overview,
  });
  return {
    ...(await encode(small, mostEncodedBytes)),
    ...overview,
    scale: { x: overview.width / crop.width, y: overview.height / crop.height },
    offset: { x: crop.x, y: crop.y },
    visualTokens: visualTokens(overview),
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
