import type { Rgb } from "../../image/palette.js";
import type { Facing } from "./facing.js";

/** Beside an edge, another drawing differs by a part of the edge's height. */
const edgeNoise = 0.35;
const flatNoise = 6;
/** Pixels that no antialiasing explains, as a share of all. */
const mostUnexplained = 0.012;
/** So much more or less ink, as a share of it, and it is another weight or colour. */
const mostInk = 0.055;

/**
 * Whether what differs between two boxes is how their edges were smoothed: each pixel lies between its neighbours in
 * the other picture, and there is as much ink in the one as in the other. Noise is as strong in both directions;
 * a change is not.
 */
export function isRedrawn(before: Rgb, after: Rgb, facing: Facing): boolean {
  const { width, height } = facing;
  const most = width * height * mostUnexplained;
  let unexplained = 0;
  const drift = [0, 0, 0];
  const sums = [0, 0, 0];
  const edge = firstColour(before, facing);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const one = ((facing.before.y + y) * before.width + facing.before.x + x) * 3;
      const other = ((facing.after.y + y) * after.width + facing.after.x + x) * 3;
      let isOff = false;
      for (let channel = 0; channel < 3; channel++) {
        const [a, b] = [before.data[one + channel] ?? 0, after.data[other + channel] ?? 0];
        drift[channel] = (drift[channel] ?? 0) + b - a;
        sums[channel] = (sums[channel] ?? 0) + Math.abs(a - (edge[channel] ?? 0));
        if (!isOff && Math.abs(a - b) > flatNoise)
          isOff = !isBetween(before, one + channel, after, other + channel);
      }
      if (isOff && ++unexplained > most) return false;
    }
  }
  const area = width * height;
  const contrast = Math.max(...sums) / area;
  return drift.every((sum) => Math.abs(sum) / area <= 0.5 + mostInk * contrast);
}

const firstColour = ({ data, width }: Rgb, { before: { x, y } }: Facing): number[] => {
  const place = (y * width + x) * 3;
  return [data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0];
};

function isBetween(before: Rgb, one: number, after: Rgb, other: number): boolean {
  const [lowA, highA] = rangeAt(before, one);
  const [lowB, highB] = rangeAt(after, other);
  const [a, b] = [before.data[one] ?? 0, after.data[other] ?? 0];
  const most = flatNoise + edgeNoise * Math.max(highA - lowA, highB - lowB);
  return b >= lowA - most && b <= highA + most && a >= lowB - most && a <= highB + most;
}

/** The least and the most of one channel of a pixel and its eight neighbours. */
function rangeAt({ data, width }: Rgb, place: number): [low: number, high: number] {
  let [low, high] = [255, 0];
  for (let y = -1; y <= 1; y++) {
    for (let x = -1; x <= 1; x++) {
      const value = data[place + (y * width + x) * 3];
      if (value === undefined) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
