import type { Box } from "../report.js";
import type { Rgb } from "./palette.js";
import type { Raw } from "./raw.js";

/** A picture on its ground. */
export interface Opaque extends Rgb {
  /** Absent when the picture was opaque as it came. */
  ground?: Ground;
}

export interface Ground {
  colour: "white" | "dark grey";
  /** For each pixel, row by row: 1 where the ground is seen, or shimmers through. */
  seen: Uint8Array;
}

const white = 255;
/** A dark ground on which light, transparent artwork (icons for dark themes) is legible. */
const dark = 30;

/** WCAG's weights are enough to tell light content from dark; 0 to 255. */
const lightness = (r: number, g: number, b: number) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** Puts a picture with alpha on a ground: white, or dark where its content is light. */
export function flatten({ data: pixels, width, height, channels }: Raw): Opaque {
  if (channels === 3) return { data: pixels, width, height };
  let sum = 0;
  let weight = 0;
  let opaque = true;
  for (let offset = 0; offset < pixels.length; offset += 4) {
    const alpha = pixels[offset + 3] ?? 0;
    if (alpha < 255) opaque = false;
    sum += alpha * lightness(pixels[offset] ?? 0, pixels[offset + 1] ?? 0, pixels[offset + 2] ?? 0);
    weight += alpha;
  }
  const data = new Uint8Array(width * height * 3);
  if (opaque) {
    for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
      data[to] = pixels[from] ?? 0;
      data[to + 1] = pixels[from + 1] ?? 0;
      data[to + 2] = pixels[from + 2] ?? 0;
    }
    return { data, width, height };
  }
  const isLight = weight > 0 && sum / weight > 200;
  const ground = isLight ? dark : white;
  const seen = new Uint8Array(width * height);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    const alpha = (pixels[from + 3] ?? 0) / 255;
    if (alpha < 1) seen[from / 4] = 1;
    for (let channel = 0; channel < 3; channel++)
      data[to + channel] = Math.round((pixels[from + channel] ?? 0) * alpha + ground * (1 - alpha));
  }
  return { data, width, height, ground: { colour: isLight ? "dark grey" : "white", seen } };
}

/** A text may touch a window's rounded corner; more than this share of ground, and it stands on it. */
const mostGround = 0.1;

/**
 * Whether what is in a box stands on the ground, which is not the one that it is shown on: its contrast cannot be told.
 *
 * @param box pixels of the picture
 */
export function standsOnGround({ ground, width, height }: Opaque, box: Box): boolean {
  if (!ground) return false;
  let [seen, all] = [0, 0];
  for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, box.y + box.height); y++) {
    for (let x = Math.max(0, Math.floor(box.x)); x < Math.min(width, box.x + box.width); x++) {
      all++;
      seen += ground.seen[y * width + x] ?? 0;
    }
  }
  return seen > all * mostGround;
}
