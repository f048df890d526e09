/** What Chromium's canvas holds: pixels a side, and in all. Beyond them it stays empty, without an error. */
const mostOfSide = 16_384;
const mostInAll = 268_435_456;

/** Pixels of the file for each of the drawing, where there is room for them. */
const density = 2;

/** How many pixels a PNG has for each of the drawing: as many as are wanted, or as many as a canvas holds. */
export function pngScale({ width, height }: { width: number; height: number }): number {
  return Math.min(density, mostOfSide / width, mostOfSide / height, Math.sqrt(mostInAll / (width * height)));
}
