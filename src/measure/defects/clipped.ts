import { around } from "../boxes.js";
import type { Letter } from "../letters.js";
import type { DisplayDefect } from "../measurement.js";
import type { Scene } from "./scene.js";

/** Small letters are at least so high beside capitals in whole text, whatever the font. */
const leastSmall = 0.62;
/** The upper part of a small letter is wider than it is high. */
const flat = { beside: 1.3, alone: 1.8 };
/** So many upper parts have to stand side by side. */
const fewest = { all: 5, flat: 3 };
/** Parts of one word are no further apart. CSS pixels. */
const widestGap = 9;

/**
 * Text whose lower part is cut off: all that is left of its letters ends on one row, and what is left of small
 * letters is too low beside what is left of capitals.
 */
export function findClipped({ pixels, segments, ratio }: Scene): DisplayDefect[] {
  const parts = segments
    .flatMap(({ letters }) => letters)
    .filter((letter) => letter.y + letter.height < pixels.height && letter.pixels >= 3);
  return letterRows(parts, widestGap * ratio)
    .filter((row) => isUpperHalf(row) && !areDashes(row) && !goesOnBelow(row, parts))
    .map((row) => ({ kind: "clipped", box: around(row) }));
}

/** What stands side by side and ends on the same row. */
function letterRows(parts: readonly Letter[], widest: number): Letter[][] {
  const byEnd = new Map<number, Letter[]>();
  for (const part of parts) {
    const end = part.y + part.height;
    const there = byEnd.get(end);
    if (there) there.push(part);
    else byEnd.set(end, [part]);
  }
  return [...byEnd.values()].flatMap((all) => {
    const rows: Letter[][] = [];
    for (const part of all.sort((one, other) => one.x - other.x)) {
      const row = rows.at(-1);
      const last = row?.at(-1);
      if (row && last && part.x - last.x - last.width <= widest) row.push(part);
      else rows.push([part]);
    }
    return rows.filter((row) => row.length >= fewest.all);
  });
}

/** Whether one of all letters crosses the row on which these end, as that of a g does. */
function goesOnBelow(row: readonly Letter[], all: readonly Letter[]): boolean {
  const { x, y, width, height } = around(row);
  const end = y + height;
  return all.some(
    (part) => part.x < x + width && part.x + part.width > x && part.y < end && part.y + part.height > end,
  );
}

function isUpperHalf(row: readonly Letter[]): boolean {
  const highest = Math.max(...row.map(({ height }) => height));
  const low = row.filter(
    ({ width, height }) => height <= highest * leastSmall && width >= height * flat.beside,
  );
  const high = row.filter(({ height }) => height >= highest * 0.8);
  if (low.length >= fewest.flat && low.length + high.length >= row.length * 0.6 && high.length < row.length)
    return true;
  // Without a capital: dashes are as flat, but solid.
  return row.every(
    ({ width, height, pixels }) =>
      height >= highest - 1 && height >= 2 && width >= height * flat.alone && pixels < width * height * 0.9,
  );
}

/** Whether they follow each other in one step, as the dashes of a line do. */
function areDashes(row: readonly Letter[]): boolean {
  const steps = row.slice(1).map(({ x }, index) => x - (row[index]?.x ?? 0));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  return steps.filter((step) => step === usual).length >= steps.length * 0.5;
}
