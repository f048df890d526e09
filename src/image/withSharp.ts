import { mostPixels, tooManyPixels } from "./caps.js";
import { resized } from "./fromRaw.js";
import type { Opened } from "./open.js";
import { sharp } from "./sharp.js";

/** Opens what libvips reads by itself. */
export async function openWithSharp(bytes: Uint8Array): Promise<Opened> {
  const image = sharp(bytes, { limitInputPixels: false, failOn: "error" }).autoOrient();
  const metadata = await image.metadata();
  const { width, height } = metadata.autoOrient;
  if (width * height > mostPixels) throw tooManyPixels({ width, height });
  return { width, height, frames: metadata.pages ?? 1, decode: (size) => resized(image.clone(), size) };
}
