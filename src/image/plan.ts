import type { Box } from "../report.js";
import { fits, fitWithin, type ImageLimits, type Size, smallestLimits, visualTokens } from "./limits.js";

/** How to resize and cut a picture. */
export interface Plan {
  /** What is kept of it. Pixels of the picture. */
  crop: Box;
  /** What is kept, resized. Pixels. */
  whole: Size;
  /** The top of each part, in pixels of the resized whole. */
  tops: number[];
  /** Pixels of the resized whole. */
  partHeight: number;
}

/** How high the smallest letters that matter are sent. Pixels. */
const wantedLetters = 14;
/** A page whose letters would be lower in one piece is cut into parts, where it is tall. Pixels. */
const legibleLetters = 10;
/** A page taller than this many times its width may be cut into parts. */
const tallest = 2.5;
/** Share of a part that it has in common with the next, so that nothing is only seen cut in two. */
const overlap = 0.1;
/** More than 20 images in a request lower the API's limit for each of them. */
const mostParts = 20;

/** What is known of a picture once it has been looked at. */
export interface Looked {
  /** How high the letters of the smallest text that matters are; undefined when there are none. Pixels. */
  letters: number | undefined;
  /** What it shows without blank margins. Pixels. */
  shown: Box;
}

/**
 * The fewest visual tokens at which the smallest text that matters is legible, and never more than the model sees. A
 * tall page is cut into parts only where its letters would be too small in one piece. A picture without letters is
 * sent as large as every model sees it, a tall one in parts: there may be letters that were not found.
 *
 * @param size pixels of the original, upright
 */
export function planPicture(size: Size, { letters, shown }: Looked, limits: ImageLimits): Plan {
  const wanted = letters === undefined ? 1 : Math.min(1, wantedLetters / letters);
  const isTall = size.height > size.width * tallest;
  const most = letters === undefined && !isTall ? smallerOf(limits, smallestLimits) : limits;
  const whole = fitWithin(scaled(shown, wanted), most);
  const legible = letters === undefined ? 1 : Math.min(1, legibleLetters / letters);
  if (!isTall || whole.width >= Math.floor(shown.width * legible))
    return { crop: shown, whole, tops: [0], partHeight: whole.height };
  return inParts(size, wanted, limits);
}

/**
 * The most visual tokens that a picture of this size may have, before it has been looked at.
 *
 * @param size pixels of the original, upright
 */
export function mostVisualTokens(size: Size, limits: ImageLimits): number {
  // Without its margins a picture may be larger than with them, but never has more pixels than it has.
  const inOne = Math.min(limits.visualTokens, visualTokens(size));
  if (size.height <= size.width * tallest || fits(size, limits)) return inOne;
  const { whole, tops, partHeight } = inParts(size, 1, limits);
  return Math.max(inOne, tops.length * visualTokens({ width: whole.width, height: partHeight }));
}

/** As few parts of equal height as show the page at the wanted scale, each sharing `overlap` of it with the next. */
function inParts(size: Size, wanted: number, limits: ImageLimits): Plan {
  let count = 1;
  let height: number;
  let part: Size;
  do {
    count++;
    height = Math.ceil(size.height / (count - (count - 1) * overlap));
    part = fitWithin(scaled({ width: size.width, height }, wanted), limits);
  } while (count < mostParts && !isWideEnough(part, size.width * wanted, limits));
  const whole = {
    width: part.width,
    height: Math.max(part.height, Math.round((size.height * part.width) / size.width)),
  };
  const last = whole.height - part.height;
  const tops = Array.from({ length: count }, (_, at) => Math.round((last * at) / (count - 1)));
  return { crop: { x: 0, y: 0, ...size }, whole, tops, partHeight: part.height };
}

/** Whether more parts would not be larger: one is as wide as wanted, or as the limits let any be. */
const isWideEnough = (part: Size, wanted: number, limits: ImageLimits): boolean =>
  part.width >= Math.min(wanted, limits.longEdge) * 0.95;

const scaled = ({ width, height }: Size, by: number): Size => ({
  width: Math.max(1, Math.round(width * by)),
  height: Math.max(1, Math.round(height * by)),
});

const smallerOf = (one: ImageLimits, other: ImageLimits): ImageLimits => ({
  longEdge: Math.min(one.longEdge, other.longEdge),
  visualTokens: Math.min(one.visualTokens, other.visualTokens),
});
