import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";

/** Which lines of pixels are matched with each other. */
export type Axis = "rows" | "columns";

/** What each line of a part of a picture looks like from afar: the mean brightness of its stretches. */
export interface Signatures {
  lines: number;
  /** Stretches of each line. */
  bins: number;
  /** Levels of 255, line by line. */
  values: Float32Array;
}

/** A stretch is about so long: a word changes its mean by far more than JPEG does. Pixels. */
const stretch = 24;
const mostBins = 64;

export const binsFor = (length: number): number =>
  Math.max(
    1,
    Math.min(mostBins, Math.max(Math.round(length / stretch), Math.min(12, Math.floor(length / 4)))),
  );

/** @param bins from `binsFor`, the same for both pictures that are compared */
export function signaturesOf({ data, width }: Rgb, box: Box, axis: Axis, bins: number): Signatures {
  const byRow = axis === "rows";
  const [lines, length] = byRow ? [box.height, box.width] : [box.width, box.height];
  const values = new Float32Array(lines * bins);
  const binOf = Int32Array.from({ length }, (_, place) => Math.floor((place * bins) / length));
  const sizes = new Float32Array(bins);
  for (const bin of binOf) sizes[bin] = (sizes[bin] ?? 0) + 256;
  for (let y = 0; y < box.height; y++) {
    let offset = ((box.y + y) * width + box.x) * 3;
    for (let x = 0; x < box.width; x++, offset += 3) {
      const level = 77 * (data[offset] ?? 0) + 150 * (data[offset + 1] ?? 0) + 29 * (data[offset + 2] ?? 0);
      const place = byRow ? y * bins + (binOf[x] ?? 0) : x * bins + (binOf[y] ?? 0);
      values[place] = (values[place] ?? 0) + level;
    }
  }
  for (let place = 0; place < values.length; place++)
    values[place] = (values[place] ?? 0) / (sizes[place % bins] ?? 1);
  return { lines, bins, values };
}

/** The least and the most that a line and its two neighbours show: a shift by a fraction stays within. */
export interface Envelope {
  low: Float32Array;
  high: Float32Array;
}

export function envelopeOf({ lines, bins, values }: Signatures): Envelope {
  const low = new Float32Array(values.length);
  const high = new Float32Array(values.length);
  for (let line = 0; line < lines; line++) {
    for (let bin = 0; bin < bins; bin++) {
      const here = values[line * bins + bin] ?? 0;
      const above = line > 0 ? (values[(line - 1) * bins + bin] ?? 0) : here;
      const below = line + 1 < lines ? (values[(line + 1) * bins + bin] ?? 0) : here;
      low[line * bins + bin] = Math.min(here, above, below);
      high[line * bins + bin] = Math.max(here, above, below);
    }
  }
  return { low, high };
}
