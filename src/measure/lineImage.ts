import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import type { Letters } from "./letters.js";
import type { TextLine } from "./lines.js";
import { levelled, sinkAt, slopeOf } from "./slope.js";

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

/**
 * The OCR's network reads lines of 36 pixels. Most of the letters are lower than the line; where all are as high as
 * it, they may be small letters alone, which it does not read any larger.
 */
const lineHeight = { mixed: 30, even: 20 };
/** White space around a line, in its heights: the OCR looks for the line's place itself. */
const margin = 0.25;

/**
 * A line's letters, each as far from its ground as it is from the ink of its own colour: pale words and dark ones
 * come out alike, and nothing else is there. A line that runs up or down is shifted, column by column, until it is
 * level.
 */
export function lineImage(pixels: Rgb, map: Letters, line: TextLine): LineImage {
  const slope = slopeOf(line.letters);
  const level = slope === 0 ? line : levelled(line, slope);
  const low = line.letters.some(({ height }) => height >= level.height * 0.4 && height < level.height * 0.85);
  const scale = Math.min(4, lineHeight[low ? "mixed" : "even"] / level.height);
  const pad = Math.ceil(level.height * margin);
  const left = Math.max(0, line.x - pad);
  const right = Math.min(pixels.width, line.x + line.width + pad);
  const top = slope === 0 ? Math.max(0, line.y - pad) : level.y - pad;
  const bottom = level.y + level.height + pad;
  const end = slope === 0 ? Math.min(pixels.height, bottom) : bottom;
  const crop = { x: left, y: top, width: right - left, height: end - top };
  const grey = resample(coverage(pixels, map, line, crop, slope), crop.width, crop.height, scale);
  return { ...grey, scale, x: left, y: top };
}

/** A gap between two letters of a word, in heights of the line. */
const letterGap = 0.2;

/**
 * The image of a line whose letters stand far apart, each in a box of its own: they are moved together.
 *
 * @returns with it, the column of the picture that each column of the image, before scaling, was
 */
export function squeezedImage(
  pixels: Rgb,
  map: Letters,
  line: TextLine,
): { image: LineImage; columns: number[] } {
  const pad = Math.ceil(line.height * margin);
  const [left, top] = [Math.max(0, line.x - pad), Math.max(0, line.y - pad)];
  const width = Math.min(pixels.width, line.x + line.width + pad) - left;
  const height = Math.min(pixels.height, line.y + line.height + pad) - top;
  const whole = coverage(pixels, map, line, { x: left, y: top, width, height }, 0);
  const kept: number[] = [];
  let blank = 0;
  for (let x = 0; x < width; x++) {
    let hasInk = false;
    for (let index = x; index < whole.length; index += width) if ((whole[index] ?? 255) < 200) hasInk = true;
    blank = hasInk ? 0 : blank + 1;
    if (blank <= Math.max(1, line.height * letterGap)) kept.push(x);
  }
  const close = new Uint8Array(kept.length * height);
  for (let y = 0; y < height; y++)
    for (const [x, from] of kept.entries()) close[y * kept.length + x] = whole[y * width + from] ?? 255;
  const scale = Math.min(4, lineHeight.mixed / line.height);
  const grey = resample(close, kept.length, height, scale);
  return { image: { ...grey, scale, x: 0, y: top }, columns: kept.map((x) => left + x) };
}

/** How much of each pixel is covered by a letter: 0 where all of it is, 255 where nothing is. */
function coverage({ data, width }: Rgb, map: Letters, line: TextLine, crop: Box, slope: number): Uint8Array {
  const rowIn = (index: number): number =>
    Math.floor(index / width) - sinkAt(index % width, line, slope) - crop.y;
  const shown = new Uint8Array(crop.width * crop.height).fill(255);
  for (const segment of line.segments) {
    const shift = segment.ink?.shift ?? [0, 0, 0];
    const length = shift[0] ** 2 + shift[1] ** 2 + shift[2] ** 2;
    if (length === 0) continue;
    const show = (index: number) => {
      const from = map.ground[index] ?? index;
      let along = 0;
      for (const channel of [0, 1, 2] as const)
        along += ((data[index * 3 + channel] ?? 0) - (data[from * 3 + channel] ?? 0)) * shift[channel];
      const value = 255 - Math.round(255 * Math.min(1, Math.max(0, along / length)));
      const to = rowIn(index) * crop.width + (index % width) - crop.x;
      if (value < (shown[to] ?? 255)) shown[to] = value;
    };
    for (const { id, x, y, width: across, height } of segment.letters) {
      for (let row = y; row < y + height; row++) {
        for (let index = row * width + x; index < row * width + x + across; index++) {
          if (map.of[index] !== id) continue;
          show(index);
          // The faintest pixels of a smoothed edge belong to no letter.
          for (const beside of [index - 1, index + 1, index - width, index + width]) {
            const [column, row] = [beside % width, rowIn(beside)];
            const inside = column >= crop.x && column < crop.x + crop.width && row >= 0 && row < crop.height;
            if (inside && map.of[beside] === -1 && map.ground[beside] !== beside) show(beside);
          }
        }
      }
    }
  }
  return shown;
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
      for (const [index, weight] of taps) sum += (from[y * width + index] ?? 0) * weight;
      between[y * to.width + x] = sum;
    }
  }
  const grey = new Uint8Array(to.width * to.height);
  for (const [y, taps] of rows.entries()) {
    for (let x = 0; x < to.width; x++) {
      let sum = 0;
      for (const [index, weight] of taps) sum += (between[index * to.width + x] ?? 0) * weight;
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
    for (let index = Math.ceil(middle - radius); index <= Math.floor(middle + radius); index++) {
      const weight = 1 - Math.abs(index - middle) / radius;
      if (weight > 0) taps.push([Math.min(Math.max(index, 0), from - 1), weight]);
    }
    const total = taps.reduce((sum, [, weight]) => sum + weight, 0);
    return taps.map(([index, weight]) => [index, weight / total]);
  });
}
