import type { Rgb } from "../../image/palette.js";
import { distance, type Look } from "./look.js";

/** How ink is spread over a box: enough to tell another size or weight from other words. */
export interface InkProfile {
  /** Of the ink, without its ground. Pixels. */
  width: number;
  height: number;
  /** Mean thickness of strokes. Pixels. */
  weight: number;
  /** How much ink there is in each of a fixed number of columns. */
  columns: Float32Array;
}

const columns = 96;

export function inkOf({ data, width }: Rgb, { box, ground, ink }: Look): InkProfile {
  const most = Math.max(1, distance(ink, ground));
  const shareAt = (x: number, y: number): number => {
    if (x < box.x || y < box.y || x >= box.x + box.width || y >= box.y + box.height) return 0;
    const place = (y * width + x) * 3;
    const away = Math.max(
      Math.abs((data[place] ?? 0) - ground[0]),
      Math.abs((data[place + 1] ?? 0) - ground[1]),
      Math.abs((data[place + 2] ?? 0) - ground[2]),
    );
    return Math.min(1, away / most);
  };
  let [left, right, top, bottom] = [box.width, -1, box.height, -1];
  let [inked, edges] = [0, 0];
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const share = shareAt(box.x + x, box.y + y);
      inked += share;
      edges += Math.abs(share - shareAt(box.x + x + 1, box.y + y));
      if (share < 0.4) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  const spread = new Float32Array(columns);
  const across = Math.max(1, right - left + 1);
  for (let x = left; x <= right; x++) {
    let sum = 0;
    for (let y = top; y <= bottom; y++) sum += shareAt(box.x + x, box.y + y);
    // Shared among the columns that this one covers.
    const [first, last] = [((x - left) * columns) / across, ((x - left + 1) * columns) / across];
    for (let column = Math.floor(first); column < last && column < columns; column++) {
      const part = Math.min(last, column + 1) - Math.max(first, column);
      spread[column] = (spread[column] ?? 0) + sum * part;
    }
  }
  return {
    width: across,
    height: Math.max(1, bottom - top + 1),
    weight: edges === 0 ? 0 : (2 * inked) / edges,
    columns: spread,
  };
}

/** How alike the ink is spread from left to right, whatever its size: 1 for the same words. */
export function likeness(one: InkProfile, other: InkProfile): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one.columns), mean(other.columns)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let index = 0; index < columns; index++) {
    const [x, y] = [(one.columns[index] ?? 0) - a, (other.columns[index] ?? 0) - b];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa * bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
