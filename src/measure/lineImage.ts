import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";

/** One line of text as the OCR is given it: black on white whatever its colours are, evened out. */
export interface LineImage {
  /** 0 is ink. */
  grey: Uint8Array;
  width: number;
  height: number;
  /** Pixels of this image per pixel of the original. */
  scale: number;
  /** Its top left corner, in pixels of the original. */
  x: number;
  y: number;
}

/** The OCR's network reads lines of 36 pixels. Most of the letters are lower than the line. */
const lineHeight = 30;
/** White space around a line, in its heights: the OCR looks for the line's place itself. */
const margin = 0.25;

/** How far each pixel of a line is from its ground: text of any colour, however pale, as black on white. */
export function lineImage(pixels: Rgb, line: Box): LineImage {
  const scale = Math.min(4, lineHeight / line.height);
  const pad = Math.ceil(line.height * margin);
  const left = Math.max(0, line.x - pad);
  const top = Math.max(0, line.y - pad);
  const right = Math.min(pixels.width, line.x + line.width + pad);
  const bottom = Math.min(pixels.height, line.y + line.height + pad);
  const crop = { x: left, y: top, width: right - left, height: bottom - top };
  const far = distances(pixels, line, crop);
  const grey = resample(far, crop.width, crop.height, scale);
  return { ...grey, scale, x: left, y: top };
}

function distances({ data, width }: Rgb, line: Box, crop: Box): Uint8Array {
  const ground = groundOf({ data, width }, line);
  const far = new Uint8Array(crop.width * crop.height).fill(255);
  const counts = new Uint32Array(256);
  for (let y = line.y; y < line.y + line.height; y++) {
    for (let x = line.x; x < line.x + line.width; x++) {
      const at = (y * width + x) * 3;
      const behind = (x - line.x) * 3;
      const distance = Math.max(
        Math.abs((data[at] ?? 0) - (ground[behind] ?? 0)),
        Math.abs((data[at + 1] ?? 0) - (ground[behind + 1] ?? 0)),
        Math.abs((data[at + 2] ?? 0) - (ground[behind + 2] ?? 0)),
      );
      far[(y - crop.y) * crop.width + x - crop.x] = distance;
      counts[distance] = (counts[distance] ?? 0) + 1;
    }
  }
  // The ink at full strength: the level that only a fiftieth of the line exceeds.
  let full = 255;
  for (let above = 0; full > 1; full--) {
    above += counts[full] ?? 0;
    if (above * 50 > line.width * line.height) break;
  }
  for (let y = line.y; y < line.y + line.height; y++) {
    for (let x = line.x; x < line.x + line.width; x++) {
      const at = (y - crop.y) * crop.width + x - crop.x;
      far[at] = 255 - Math.min(255, Math.round(((far[at] ?? 0) * 255) / full));
    }
  }
  return far;
}

/**
 * The ground of a line, column by column: the median of what lies just above and below it nearby, so that it
 * may change from left to right.
 */
function groundOf({ data, width }: Pick<Rgb, "data" | "width">, line: Box): Uint8Array {
  const ground = new Uint8Array(line.width * 3);
  const rows = [line.y, line.y + line.height - 1];
  const reach = Math.max(6, line.height);
  const step = Math.max(1, Math.floor(reach / 4));
  for (let from = 0; from < line.width; from += step) {
    const values: [number[], number[], number[]] = [[], [], []];
    for (const y of rows) {
      for (let x = Math.max(0, from - reach); x < Math.min(line.width, from + reach); x++) {
        const at = (y * width + line.x + x) * 3;
        for (const [channel, list] of values.entries()) list.push(data[at + channel] ?? 0);
      }
    }
    const medians = values.map((list) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0);
    for (let x = from; x < Math.min(from + step, line.width); x++) ground.set(medians, x * 3);
  }
  return ground;
}

/** Scales with linear interpolation; shrinking takes the mean of what falls together. */
function resample(
  from: Uint8Array,
  width: number,
  height: number,
  scale: number,
): { grey: Uint8Array; width: number; height: number } {
  const to = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const columns = axis(width, to.width);
  const rows = axis(height, to.height);
  const between = new Float32Array(to.width * height);
  for (let y = 0; y < height; y++) {
    for (const [x, taps] of columns.entries()) {
      let sum = 0;
      for (const [at, weight] of taps) sum += (from[y * width + at] ?? 0) * weight;
      between[y * to.width + x] = sum;
    }
  }
  const grey = new Uint8Array(to.width * to.height);
  for (const [y, taps] of rows.entries()) {
    for (let x = 0; x < to.width; x++) {
      let sum = 0;
      for (const [at, weight] of taps) sum += (between[at * to.width + x] ?? 0) * weight;
      grey[y * to.width + x] = sum;
    }
  }
  return { grey, ...to };
}

/** For each place along an axis of the new image: which old pixels make it, with which weight. */
function axis(from: number, to: number): Array<Array<[at: number, weight: number]>> {
  const ratio = from / to;
  const radius = Math.max(1, ratio);
  return Array.from({ length: to }, (_, place) => {
    const middle = (place + 0.5) * ratio - 0.5;
    const taps: Array<[number, number]> = [];
    for (let at = Math.ceil(middle - radius); at <= Math.floor(middle + radius); at++) {
      const weight = 1 - Math.abs(at - middle) / radius;
      if (weight > 0) taps.push([Math.min(Math.max(at, 0), from - 1), weight]);
    }
    const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
    return taps.map(([at, weight]) => [at, weight / total]);
  });
}
