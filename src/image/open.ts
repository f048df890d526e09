import type { Sharp } from "sharp";
import { UserError } from "../errors.js";
import { mostBytes, mostPixels, tooManyPixels } from "./caps.js";
import { describeUnknown, detectFormat, type Format } from "./format.js";
import { sharp } from "./sharp.js";
import { checkSvg } from "./svg.js";

/** A picture that is recognised and open, but not decoded yet. */
export interface OpenPicture {
  format: Format;
  /** Decodes upright when it is read. */
  image: Sharp;
  /** Pixels, upright. */
  width: number;
  height: number;
  /** Frames or pages in the file; only the first is read. */
  frames: number;
}

/**
 * Opens a picture by what its bytes are.
 *
 * @throws UserError when the bytes are no picture that can be read, or more than can be read
 */
export async function openPicture(bytes: Uint8Array): Promise<OpenPicture> {
  if (bytes.length > mostBytes) {
    throw new UserError({
      code: "pictureUnusable",
      problem: `The file is too large: ${Math.round(bytes.length / 1024 / 1024)} MB.`,
      advice: `Shrink the picture to at most ${mostBytes / 1024 / 1024} MB.`,
    });
  }
  const format = detectFormat(bytes);
  if (!format) {
    throw new UserError({
      code: "pictureUnusable",
      problem: bytes.length === 0 ? "The file is empty." : `The file is ${describeUnknown(bytes)}.`,
      advice: "Choose a JPEG, PNG, GIF, WebP, AVIF, TIFF, SVG, BMP or HEIC picture.",
    });
  }
  // Our own decoders are loaded outside of `readable`: that they are missing is no fault of the picture.
  if (format === "heic") {
    const decode = await (await import("./heic.js")).heicDecoder();
    return fromPixels(format, await readable(format, () => decode(bytes)));
  }
  if (format === "bmp") {
    const { decodeBmp } = await import("./bmp.js");
    return fromPixels(format, await readable(format, () => decodeBmp(bytes)));
  }
  if (format === "svg") checkSvg(bytes);
  return readable(format, () => openWithSharp(format, bytes));
}

async function openWithSharp(format: Format, bytes: Uint8Array): Promise<OpenPicture> {
  const image = sharp(bytes, { limitInputPixels: false, failOn: "warning" }).autoOrient();
  const metadata = await image.metadata();
  const { width, height } = metadata.autoOrient;
  if (width * height > mostPixels) throw tooManyPixels({ width, height });
  return { format, image, width, height, frames: metadata.pages ?? 1 };
}

/** 8-bit RGBA, upright, row by row. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

function fromPixels(format: Format, { data, width, height }: Pixels): OpenPicture {
  return { format, image: sharp(data, { raw: { width, height, channels: 4 } }), width, height, frames: 1 };
}

/** Runs a step of reading; whatever a decoder throws is said as what it means: the file is damaged. */
export async function readable<T>(format: Format, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError({
      code: "pictureUnusable",
      problem: `The ${format.toUpperCase()} file is damaged or cut short.`,
      advice: "Export or download the picture again.",
      cause: error,
    });
  }
}
