import { workingSize } from "../image/caps.js";
import { type Encoded, encode } from "../image/encode.js";
import { openPicture } from "../image/open.js";
import type { Rgb } from "../image/palette.js";
import { readPixels } from "../image/prepare.js";
import { sharp } from "../image/sharp.js";
import type { Box } from "../report.js";
import { type ColourShare, coloursIn } from "./colourShares.js";
import { drawMarks, type NumberedBox } from "./drawMarks.js";
import { coverPlaces } from "./redact.js";

/** What is to be seen of a picture. Places are in pixels of the upright original. */
export interface ViewOptions {
  /** Absent: the whole. What lies outside of the picture is cut off. */
  region?: Box | undefined;
  /** The longer side of what comes back, at most. Pixels; nothing is enlarged. */
  longEdge: number;
  /** What is covered before anything is shown or counted. */
  cover: readonly Box[];
  /** What is drawn into it. */
  marks: readonly NumberedBox[];
}

/** A picture, or a part of it, as it is shown. */
export interface View extends Encoded {
  /** Pixels of the view. */
  width: number;
  height: number;
  /** Pixels of the view for each pixel of the original; at most 1. */
  scale: number;
  /** What is shown. Pixels of the original. */
  region: Box;
  /** The original, upright, and as it was decoded where it is too large to be decoded whole. */
  picture: { width: number; height: number };
  /** The colours of what is shown, the most frequent first. */
  colours: ColourShare[];
}

/**
 * Shows a picture or a region of it, upright and opaque, with places covered and marks drawn.
 *
 * @returns undefined when nothing of the region lies in the picture
 * @throws UserError when the bytes are no picture that can be used
 */
export async function viewPicture(bytes: Uint8Array, options: ViewOptions): Promise<View | undefined> {
  const opened = await openPicture(bytes);
  const pixels = await readPixels(opened, workingSize(opened));
  const region = within(options.region ?? { x: 0, y: 0, ...sizeOf(pixels) }, pixels);
  if (!region) return undefined;
  coverPlaces(pixels, options.cover);
  const part = cut(pixels, region);
  const colours = coloursIn(part);
  const shown = await shrunk(part, options.longEdge);
  const scale = shown.width / region.width;
  drawMarks(
    shown,
    options.marks.map(({ number, box }) => ({
      number,
      box: {
        x: (box.x - region.x) * scale,
        y: (box.y - region.y) * scale,
        width: box.width * scale,
        height: box.height * scale,
      },
    })),
  );
  return { ...(await encode(shown)), ...sizeOf(shown), scale, region, picture: sizeOf(pixels), colours };
}

const sizeOf = ({ width, height }: Rgb) => ({ width, height });

/** A region in whole pixels, cut to the picture. */
function within({ x, y, width, height }: Box, picture: { width: number; height: number }): Box | undefined {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  const right = Math.min(picture.width, Math.ceil(x + width));
  const bottom = Math.min(picture.height, Math.ceil(y + height));
  return right > left && bottom > top
    ? { x: left, y: top, width: right - left, height: bottom - top }
    : undefined;
}

function cut(pixels: Rgb, { x, y, width, height }: Box): Rgb {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * pixels.width + x) * 3;
    data.set(pixels.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { data, width, height };
}

async function shrunk(pixels: Rgb, longEdge: number): Promise<Rgb> {
  const longest = Math.max(pixels.width, pixels.height);
  if (longest <= longEdge) return pixels;
  const scaled = (side: number) => Math.max(1, Math.round((side * longEdge) / longest));
  const [width, height] = [scaled(pixels.width), scaled(pixels.height)];
  const data = await sharp(pixels.data, { raw: { ...sizeOf(pixels), channels: 3 } })
    .resize({ width, height, fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { data, width, height };
}
