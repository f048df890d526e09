import type { Rgb } from "../image/palette.js";
import type { Colour } from "./colour.js";

/**
 * The even parts of a picture: each pixel belongs to one zone, whose neighbouring pixels differ by next to nothing.
 * A page is one zone, so is a pill on it, a gradient, and the inside of a thick stroke; the smoothed edge of a letter
 * falls apart into many. Coordinates are pixels of the picture; `right` and `bottom` are the last that belong.
 */
export interface Zones {
  /** The zone of each pixel. */
  of: Int32Array;
  count: number;
  area: Int32Array;
  left: Int32Array;
  top: Int32Array;
  right: Int32Array;
  bottom: Int32Array;
  /** The side of the largest square that lies in it: as thick as it is. */
  thickness: Int32Array;
  /** The mean colour. */
  colour(zone: number): Colour;
}

/** @param tolerance neighbours that differ by no more in any channel are of one zone; levels of 255 */
export function findZones(pixels: Rgb, tolerance: number): Zones {
  const { of, parents } = joinNeighbours(pixels, tolerance);
  const ids = new Int32Array(parents.length).fill(-1);
  let count = 0;
  for (let index = 0; index < of.length; index++) {
    const root = rootOf(parents, of[index] ?? 0);
    let id = ids[root] ?? -1;
    if (id < 0) {
      id = count++;
      ids[root] = id;
    }
    of[index] = id;
  }
  return { of, count, ...shapesOf(pixels, of, count) };
}

/** Labels runs along the rows, and notes which runs of neighbouring rows are one. */
function joinNeighbours(
  { data, width, height }: Rgb,
  tolerance: number,
): { of: Int32Array; parents: Int32Array } {
  const of = new Int32Array(width * height);
  let parents = new Int32Array(1 << 16);
  let runs = 0;
  const row = width * 3;
  for (let y = 0, index = 0; y < height; y++) {
    let [joined, joinedTo] = [-1, -1];
    for (let x = 0; x < width; x++, index++) {
      const pixel = index * 3;
      let run: number;
      if (x > 0 && isNear(data, pixel, pixel - 3, tolerance)) run = of[index - 1] ?? 0;
      else {
        run = runs++;
        if (run === parents.length) {
          const longer = new Int32Array(parents.length * 2);
          longer.set(parents);
          parents = longer;
        }
        parents[run] = run;
      }
      of[index] = run;
      if (y === 0) continue;
      const above = of[index - width] ?? 0;
      if ((joined === run && joinedTo === above) || !isNear(data, pixel, pixel - row, tolerance)) continue;
      [joined, joinedTo] = [run, above];
      const [one, other] = [rootOf(parents, run), rootOf(parents, above)];
      if (one !== other) parents[Math.max(one, other)] = Math.min(one, other);
    }
  }
  return { of, parents: parents.subarray(0, runs) };
}

function isNear(data: Uint8Array, one: number, other: number, tolerance: number): boolean {
  const red = (data[one] ?? 0) - (data[other] ?? 0);
  if (red > tolerance || red < -tolerance) return false;
  const green = (data[one + 1] ?? 0) - (data[other + 1] ?? 0);
  if (green > tolerance || green < -tolerance) return false;
  const blue = (data[one + 2] ?? 0) - (data[other + 2] ?? 0);
  return blue <= tolerance && blue >= -tolerance;
}

function rootOf(parents: Int32Array, run: number): number {
  let index = run;
  for (;;) {
    const above = parents[index] ?? index;
    if (above === index) return index;
    const further = parents[above] ?? above;
    parents[index] = further;
    index = further;
  }
}

function shapesOf({ data, width, height }: Rgb, of: Int32Array, count: number): Omit<Zones, "of" | "count"> {
  const area = new Int32Array(count);
  const left = new Int32Array(count).fill(width);
  const top = new Int32Array(count).fill(height);
  const right = new Int32Array(count);
  const bottom = new Int32Array(count);
  const thickness = new Int32Array(count);
  const sums = new Float64Array(count * 3);
  // For each column of the row above: the side of the largest square that ends there.
  const squares = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    let diagonal = 0;
    // A row is cut into pieces of one zone each.
    for (let start = y * width; start < end; ) {
      const zone = of[start] ?? 0;
      let [red, green, blue, thickest, side, index] = [0, 0, 0, thickness[zone] ?? 0, 0, start];
      for (; index < end && of[index] === zone; index++) {
        const pixel = index * 3;
        red += data[pixel] ?? 0;
        green += data[pixel + 1] ?? 0;
        blue += data[pixel + 2] ?? 0;
        const x = index - end + width;
        const above = squares[x] ?? 0;
        const isCorner =
          index === start || y === 0 || of[index - width] !== zone || of[index - width - 1] !== zone;
        side = isCorner ? 1 : 1 + Math.min(above, diagonal, side);
        squares[x] = side;
        diagonal = above;
        if (side > thickest) thickest = side;
      }
      const first = start - end + width;
      const last = index - 1 - end + width;
      area[zone] = (area[zone] ?? 0) + index - start;
      if (first < (left[zone] ?? 0)) left[zone] = first;
      if (last > (right[zone] ?? 0)) right[zone] = last;
      if (y < (top[zone] ?? 0)) top[zone] = y;
      bottom[zone] = y;
      thickness[zone] = thickest;
      sums[zone * 3] = (sums[zone * 3] ?? 0) + red;
      sums[zone * 3 + 1] = (sums[zone * 3 + 1] ?? 0) + green;
      sums[zone * 3 + 2] = (sums[zone * 3 + 2] ?? 0) + blue;
      start = index;
    }
  }
  const mean = (zone: number, channel: number) =>
    Math.round((sums[zone * 3 + channel] ?? 0) / Math.max(1, area[zone] ?? 0));
  return {
    area,
    left,
    top,
    right,
    bottom,
    thickness,
    colour: (zone) => [mean(zone, 0), mean(zone, 1), mean(zone, 2)],
  };
}
