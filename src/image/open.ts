import { UserError } from "../errors.js";
import { mostBytes } from "./caps.js";
import { describeUnknown, detectFormat, type Format } from "./format.js";
import type { Size } from "./limits.js";
import type { OwnLine } from "./own.js";
import type { Opening } from "./part.js";
import { openPng } from "./png.js";
import type { Raw } from "./raw.js";
import { openTiff } from "./tiff.js";
import { openWithSharp } from "./withSharp.js";

/** What a reader of one format tells, before anything is decoded. */
export interface Opened extends Size {
  /** Frames or pages in the file, where only the first is read. One, when it is not said. */
  frames?: number;
  /** Pixels for each CSS pixel, where the file tells it. */
  pixelRatio?: number;
  /** What the file itself says of its words; empty where it only has pixels. Places are those at the picture's own size. */
  ownLines?: readonly OwnLine[];
  /** What the reader of a report should know of how the picture was read. */
  notes?: readonly string[];
  /** Decodes upright at this size, in sRGB. */
  decode: (size: Size) => Promise<Raw>;
}

/** A picture that is recognised and open, but not decoded yet. Its size is in pixels, upright. */
export interface OpenPicture extends Required<Omit<Opened, "pixelRatio">>, Pick<Opened, "pixelRatio"> {
  format: Format;
}

/**
 * Opens a picture by what its bytes are.
 *
 * @param how which of several pictures in the file, and its password
 * @throws UserError when the bytes are no picture that can be read, or more than can be read
 */
export async function openPicture(bytes: Uint8Array, how: Opening = {}): Promise<OpenPicture> {
  if (bytes.length > mostBytes) {
    throw new UserError({
      code: "pictureUnusable",
      problem: `The file is too large: ${Math.round(bytes.length / 1024 / 1024)} MB.`,
      advice: `Shrink the picture to at most ${mostBytes / 1024 / 1024} MB.`,
    });
  }
  const format = detectFormat(bytes);
  if (!format) {
    const { what, advice } = describeUnknown(bytes);
    throw new UserError({ code: "pictureUnusable", problem: `The file is ${what}.`, advice });
  }
  if (how.part && "page" in how.part && format !== "pdf") {
    throw new UserError({
      code: "pictureUnusable",
      problem: "The file is no document: it has no pages.",
      advice: "Name it without a page.",
    });
  }
  if (how.part && "frame" in how.part && format !== "gif" && format !== "webp") {
    throw new UserError({
      code: "pictureUnusable",
      problem: "The file is no animation that is read here: it has no frames.",
      advice: "Name it without a frame.",
    });
  }
  // Readers are loaded outside of `readable`: that one is missing is no fault of the picture.
  const read = await readerOf(format);
  const opened = await orDamaged(format, () => read(bytes, how));
  const decode = (size: Size) => orDamaged(format, () => opened.decode(size));
  return { format, frames: 1, notes: [], ownLines: [], ...opened, decode };
}

type Reader = (bytes: Uint8Array, how: Opening) => Promise<Opened>;

async function readerOf(format: Format): Promise<Reader> {
  switch (format) {
    case "png":
      return openPng;
    case "tiff":
      return openTiff;
    case "bmp":
      return (await import("./bmp/bmp.js")).openBmp;
    case "heic":
      return (await import("./heif/heic.js")).heicReader();
    case "avif":
      return (await import("./heif/avif.js")).openAvif;
    case "svg":
      return (await import("./svg/svg.js")).openSvg;
    case "pdf":
      return (await import("./pdf/pdf.js")).openPdf;
    default:
      return (bytes, { part }) =>
        openWithSharp(bytes, undefined, part && "frame" in part ? part.frame : undefined);
  }
}

/**
 * What decoders say of files that are whole, but of a kind that they were not built for. An "unsupported image format"
 * is what sharp says of a beginning that makes no sense.
 */
const notRead = /unsupported(?! image format)|not (supported|configured|implemented)/i;

/** Runs a step of reading; whatever a decoder throws is said as what it means, which is mostly that the file is damaged. */
async function orDamaged<T>(format: Format, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const isKind = error instanceof Error && notRead.test(error.message);
    throw new UserError({
      code: "pictureUnusable",
      problem: isKind
        ? `The ${format.toUpperCase()} file is of a kind that is not read here.`
        : `The ${format.toUpperCase()} file is damaged or cut short.`,
      advice: isKind ? "Save it as PNG and choose that picture." : "Export or download the picture again.",
      cause: error,
    });
  }
}
