import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import type { Comparison } from "./comparison.js";

/** How far the two ratios, of widths and of heights, may be apart for a picture of another pixel ratio. */
const slack = 0.01;

/**
 * How many times as large the picture after is, where that is the same screen at another pixel ratio: 2, 3, 1/2, 1/3;
 * otherwise 1.
 */
export function pixelRatio(before: Rgb, after: Rgb): number {
  const [across, down] = [after.width / before.width, after.height / before.height];
  if (Math.abs(across / down - 1) > slack) return 1;
  return [2, 3, 1 / 2, 1 / 3].find((ratio) => Math.abs(across / ratio - 1) <= slack) ?? 1;
}

/** Each pixel is the mean of `by` times `by` of them. */
export function shrunk({ data, width, height }: Rgb, by: number): Rgb {
  const [across, down] = [Math.floor(width / by), Math.floor(height / by)];
  const small = new Uint8Array(across * down * 3);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let dy = 0; dy < by; dy++)
          for (let dx = 0; dx < by; dx++)
            sum += data[((y * by + dy) * width + x * by + dx) * 3 + channel] ?? 0;
        small[(y * across + x) * 3 + channel] = Math.round(sum / (by * by));
      }
    }
  }
  return { data: small, width: across, height: down };
}

export const times = ({ x, y, width, height }: Box, by: number): Box => ({
  x: Math.round(x * by),
  y: Math.round(y * by),
  width: Math.round(width * by),
  height: Math.round(height * by),
});

/**
 * From the pixels that were compared to those of the originals.
 *
 * @param from pixels of the original before for each that was compared
 * @param to the same of the picture after
 */
export function enlarged(comparison: Comparison, from: number, to: number): Comparison {
  if (from === 1 && to === 1) return comparison;
  return {
    ...comparison,
    scale: (comparison.scale * to) / from,
    rows: comparison.rows.map(({ before, after, length }) => ({
      before: Math.round(before * from),
      after: Math.round(after * to),
      length: Math.round(length * from),
    })),
    changes: comparison.changes.map((change) => ({
      ...change,
      ...(change.before ? { before: times(change.before, from) } : {}),
      ...(change.after ? { after: times(change.after, to) } : {}),
      ...(change.by ? { by: { x: change.by.x * to, y: change.by.y * to } } : {}),
    })),
  };
}
