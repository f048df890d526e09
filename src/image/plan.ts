import type { Box } from "../report.js";
import { fits, fitWithin, type ImageLimits, type Size, visualTokens } from "./limits.js";

/** How to resize and cut a picture. */
export interface Plan {
  /** What is kept of it. Pixels of the picture. */
  crop: Box;
  /** What is kept, resized. Pixels. */
  whole: Size;
  /** The top left corner of each part, in pixels of the resized whole. */
  places: Array<{ x: number; y: number }>;
  /** The size of each part. Pixels of the resized whole. */
  part: Size;
  /** The size of the whole in one small piece beside its parts; absent where there are none. Pixels. */
  overview?: Size;
}

/** How high the smallest letters that matter are sent. Pixels. */
const wantedLetters = 14;
/** A picture whose letters would be lower in one piece is cut into parts, where it is long. Pixels. */
const legibleLetters = 10;
/** A picture longer than this many times its short side may be cut into parts. */
const longest = 2.5;
/** A picture in which no letters are found is sent no larger, which is enough for shapes. */
const withoutLetters: ImageLimits = { longEdge: 1568, visualTokens: 1568 };
/** An overview shows what joins what; its words are read in the parts. */
const overviewLimits: ImageLimits = { longEdge: 1568, visualTokens: 500 };
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
 * tall page or a wide picture is cut into parts only where its letters would be too small in one piece. A picture
 * without letters is sent as large as shapes need, a long one in parts: there may be letters that were not found.
 *
 * @param size pixels of the original, upright
 */
export function planPicture(size: Size, { letters, shown }: Looked, limits: ImageLimits): Plan {
  const wanted = letters === undefined ? 1 : Math.min(1, wantedLetters / letters);
  const most = letters === undefined && !isLong(size) ? smallerOf(limits, withoutLetters) : limits;
  const whole = fitWithin(scaled(shown, wanted), most);
  const legible = letters === undefined ? 1 : Math.min(1, legibleLetters / letters);
  const isTooSmall = isLong(size) && shortSide(whole) < Math.floor(shortSide(shown) * legible);
  const isCut = limits.parts === undefined ? isTooSmall : limits.parts > 1;
  return isCut
    ? inParts(size, wanted, limits)
    : { crop: shown, whole, places: [{ x: 0, y: 0 }], part: whole };
}

/**
 * The most visual tokens that a picture of this size may have, before it has been looked at.
 *
 * @param size pixels of the original, upright
 */
export function mostVisualTokens(size: Size, limits: ImageLimits): number {
  // Without its margins a picture may be larger than with them, but never has more pixels than it has.
  const inOne = Math.min(limits.visualTokens, visualTokens(size));
  if (!isLong(size) || fits(size, limits)) return inOne;
  const { places, part } = inParts(size, 1, limits);
  const overview = visualTokens(fitWithin(size, overviewLimits));
  return Math.max(inOne, places.length * visualTokens(part) + overview);
}

/**
 * As few parts of equal length as show the picture at the wanted scale, or as many as the limits say, each sharing
 * `overlap` of it with the next.
 */
function inParts(size: Size, wanted: number, limits: ImageLimits): Plan {
  const { width, height } = size;
  const isTall = height > width;
  const most = limits.parts ?? mostParts;
  let count = (limits.parts ?? 2) - 1;
  let part: Size;
  do {
    count++;
    const length = Math.ceil(Math.max(width, height) / (count - (count - 1) * overlap));
    const uncut = isTall ? { width, height: length } : { width: length, height };
    part = fitWithin(scaled(uncut, wanted), limits);
  } while (count < most && !isLargeEnough(part, shortSide(size) * wanted, isTall, limits));
  const whole = isTall
    ? { width: part.width, height: Math.max(part.height, Math.round((height * part.width) / width)) }
    : { width: Math.max(part.width, Math.round((width * part.height) / height)), height: part.height };
  const last = isTall ? whole.height - part.height : whole.width - part.width;
  const places = Array.from({ length: count }, (_, index) => {
    const from = Math.round((last * index) / (count - 1));
    return isTall ? { x: 0, y: from } : { x: from, y: 0 };
  });
  const overview = fitWithin(size, overviewLimits);
  return { crop: { x: 0, y: 0, width, height }, whole, places, part, overview };
}

/** Whether more parts would not be larger: the side that is not cut is as long as wanted, or as the limits let any be. */
const isLargeEnough = (part: Size, wanted: number, isTall: boolean, limits: ImageLimits): boolean =>
  (isTall ? part.width : part.height) >= Math.min(wanted, limits.longEdge) * 0.95;

const shortSide = ({ width, height }: Size): number => Math.min(width, height);

const isLong = (size: Size): boolean => Math.max(size.width, size.height) > shortSide(size) * longest;

const scaled = ({ width, height }: Size, by: number): Size => ({
  width: Math.max(1, Math.round(width * by)),
  height: Math.max(1, Math.round(height * by)),
});

const smallerOf = (one: ImageLimits, other: ImageLimits): ImageLimits => ({
  longEdge: Math.min(one.longEdge, other.longEdge),
  visualTokens: Math.min(one.visualTokens, other.visualTokens),
});
