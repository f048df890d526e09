import type { Metadata, Sharp } from "sharp";
import { checkFrame } from "./animation.js";
import { mostPixels, mostPixelsShrunk, tooManyPixels } from "./caps.js";
import { type Coding, isSrgb, noteOnCoding } from "./colour/coding.js";
import { type Coded, toSrgb } from "./colour/toSrgb.js";
import type { Size } from "./limits.js";
import type { Opened } from "./open.js";
import type { Raw } from "./raw.js";
import { sharp } from "./sharp.js";

/**
 * Opens what libvips reads by itself. It goes by ICC profiles.
 *
 * @param coding how the colours are coded where the file says it in a way that libvips does not look at
 * @param frame of an animation, from 1: the first, when it is not said
 */
export async function openWithSharp(bytes: Uint8Array, coding?: Coding, frame?: number): Promise<Opened> {
  const image = sharp(bytes, { limitInputPixels: false, failOn: "error" }).autoOrient();
  const metadata = await image.metadata();
  if (frame !== undefined) return openFrame(bytes, frame, metadata);
  const { width, height } = metadata.autoOrient;
  const most = mostOf(metadata);
  if (width * height > most) throw tooManyPixels({ width, height }, most);
  const frames = metadata.pages ?? 1;
  if (coding === undefined || isSrgb(coding))
    return { width, height, frames, decode: (size) => resized(image.clone(), size) };
  const isDeep = metadata.depth === "ushort";
  const decode = async (size: Size) =>
    toSrgb(await (isDeep ? resizedDeep(image.clone(), size) : resized(image.clone(), size)), coding);
  return { width, height, frames, notes: noteOnCoding(coding), decode };
}

/** One frame of an animation. */
function openFrame(bytes: Uint8Array, frame: number, metadata: Metadata): Opened {
  const { pages = 1, width, height } = metadata;
  checkFrame(frame, pages);
  if (width * height > mostPixels) throw tooManyPixels({ width, height });
  return {
    width,
    height,
    notes: [`This is frame ${frame} of ${pages}.`],
    decode: (size) =>
      resized(sharp(bytes, { page: frame - 1, limitInputPixels: false, failOn: "error" }), size),
  };
}

/**
 * How many pixels a picture may have: more where its format is decoded row by row or at a smaller size. Progressive
 * and interlaced ones and WebP are held whole, in a way that takes less than their pixels would.
 */
function mostOf({ format, isProgressive }: Metadata): number {
  if (format === "svg") return mostPixelsShrunk;
  if (format === "jpeg") return isProgressive ? mostPixels * 2 : mostPixelsShrunk;
  if (format === "png") return isProgressive ? mostPixels : mostPixelsShrunk;
  return format === "webp" ? mostPixels * 2 : mostPixels;
}

const toSize = (image: Sharp, { width, height }: Size): Sharp =>
  image.resize({ width, height, fit: "fill", kernel: "lanczos3" });

/** Decodes at this size, as 8-bit sRGB. */
export async function resized(image: Sharp, size: Size): Promise<Raw> {
  const { data, info } = await toSize(image, size)
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { data, ...size, channels: channelsOf(info.channels) };
}

/** Decodes at this size, with 16 bits a channel. */
async function resizedDeep(image: Sharp, size: Size): Promise<Coded> {
  const { data, info } = await toSize(image, size)
    .toColourspace("rgb16")
    .raw({ depth: "ushort" })
    .toBuffer({ resolveWithObject: true });
  const values = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return { data: values, ...size, channels: channelsOf(info.channels) };
}

function channelsOf(channels: number): 3 | 4 {
  if (channels === 3 || channels === 4) return channels;
  throw new Error(`Unexpected number of channels: ${channels}`);
}
