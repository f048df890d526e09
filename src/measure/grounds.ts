import type { Rgb } from "../image/palette.js";
import { type Colour, differenceOf } from "./colour.js";
import type { Zones } from "./zones.js";

/** Smaller zones carry no text. Pixels. */
const smallest = { area: 40, thickness: 3 };
/** Letters are at most so large. Pixels. */
const largestLetter = { width: 420, height: 260 };
/** No letter is wider than this, as a share of its height. */
const widestLetter = 2.2;
/** Zones with no more between them than the smoothed edge of a shape are neighbours. Pixels. */
const edgeWidth = 4;
/** A stroke or a gap between two strokes is at most so wide where it crosses a small zone. Pixels. */
const widestCrossing = 40;
/** Colours closer than this in every channel are one. Levels of 255. */
export const sameColour = 12;

/**
 * Tells the grounds of text from the insides of thick strokes. A stroke has one colour around it, and the same in
 * its holes. A ground has one around it and others upon it.
 *
 * @returns for each zone: 1 where text may stand on it
 */
export function findGrounds(pixels: Rgb, zones: Zones): Uint8Array {
  const isGround = new Uint8Array(zones.count);
  for (let zone = 0; zone < zones.count; zone++) {
    if ((zones.area[zone] ?? 0) >= smallest.area && (zones.thickness[zone] ?? 0) >= smallest.thickness)
      isGround[zone] = 1;
  }
  const { neighbours, crossings } = borders(pixels, zones, isGround);
  const strokes: number[] = [];
  for (const [zone, beside] of neighbours) {
    if (!isLetterSized(zones, zone)) continue;
    const around = commonestBeside(zones, beside);
    if (!around || around.share < 0.85 || !isLarger(zones, around.zone, zone)) continue;
    const crossed = crossings.get(zone) ?? [];
    const apart = differenceOf(zones.colour(zone), around.colour);
    const limit = Math.max(sameColour, apart * 0.45);
    const foreign = crossed.filter(({ colour }) => differenceOf(colour, around.colour) > limit).length;
    // Where a round edge is smoothed, a zone is crossed by what is hardly another colour.
    const cuts = crossed.filter(({ colour }) => differenceOf(colour, zones.colour(zone)) > apart * 0.25);
    const holes = holesOf(zones, zone, beside, cuts);
    if (foreign > 0.12 * (around.votes + crossed.length)) continue;
    if (crossed.length + holes.votes < 6 || !isPlate(zones, zone, holes)) strokes.push(zone);
  }
  for (const zone of strokes) isGround[zone] = 0;
  return isGround;
}

const widthOf = (zones: Zones, zone: number) => (zones.right[zone] ?? 0) - (zones.left[zone] ?? 0) + 1;
const heightOf = (zones: Zones, zone: number) => (zones.bottom[zone] ?? 0) - (zones.top[zone] ?? 0) + 1;

const isLetterSized = (zones: Zones, zone: number): boolean =>
  widthOf(zones, zone) <= largestLetter.width && heightOf(zones, zone) <= largestLetter.height;

/** Whether the box of one zone is larger than that of another. */
const isLarger = (zones: Zones, one: number, other: number): boolean =>
  widthOf(zones, one) * heightOf(zones, one) > widthOf(zones, other) * heightOf(zones, other);

/** Whether one zone lies in the box of another: a counter on an avatar's edge is no part of the avatar. */
const isInside = (zones: Zones, one: number, other: number): boolean =>
  (zones.left[one] ?? 0) >= (zones.left[other] ?? 0) &&
  (zones.right[one] ?? 0) <= (zones.right[other] ?? 0) &&
  (zones.top[one] ?? 0) >= (zones.top[other] ?? 0) &&
  (zones.bottom[one] ?? 0) <= (zones.bottom[other] ?? 0);

/**
 * Whether a zone with holes is a plate with letters cut out of it, such as a badge, and not a letter: it fills its
 * box, is wider than letters are, or leaves more room around the holes than their strokes have. What stands between
 * the legs of a bold m reaches its edge.
 */
function isPlate(zones: Zones, zone: number, cut: Holes): boolean {
  const [width, height] = [widthOf(zones, zone), heightOf(zones, zone)];
  if (Math.min(width, height) < 9 || (zones.area[zone] ?? 0) < 0.5 * width * height) return false;
  const across = Math.min(cut.left - (zones.left[zone] ?? 0), (zones.right[zone] ?? 0) - cut.right);
  const down = Math.min(cut.top - (zones.top[zone] ?? 0), (zones.bottom[zone] ?? 0) - cut.bottom);
  if (width > height * 1.4) return width > height * widestLetter || down >= 2;
  return across >= width * 0.26 && down >= height * 0.19;
}

/** What interrupts a zone: a colour, and where it lies. */
interface Crossing {
  colour: Colour;
  x: number;
  y: number;
}

/** Around all that interrupts a zone: the last columns and rows that belong. */
interface Holes {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** How often the zone borders on other zones inside of it. */
  votes: number;
}

/** What interrupts a zone, with the zones inside of it: the strokes of large letters are zones of their own. */
function holesOf(
  zones: Zones,
  zone: number,
  beside: ReadonlyMap<number, number>,
  cuts: readonly Crossing[],
): Holes {
  const holes: Holes = {
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: 0,
    bottom: 0,
    votes: 0,
  };
  const take = (left: number, top: number, right: number, bottom: number) => {
    holes.left = Math.min(holes.left, left);
    holes.top = Math.min(holes.top, top);
    holes.right = Math.max(holes.right, right);
    holes.bottom = Math.max(holes.bottom, bottom);
  };
  for (const { x, y } of cuts) take(x, y, x, y);
  for (const [other, votes] of beside) {
    if (!isLarger(zones, zone, other) || !isInside(zones, other, zone)) continue;
    holes.votes += votes;
    take(zones.left[other] ?? 0, zones.top[other] ?? 0, zones.right[other] ?? 0, zones.bottom[other] ?? 0);
  }
  return holes;
}

/** Which grounds lie beside a zone, and the colours of what crosses it. */
interface Borders {
  /** For each letter-sized zone: the zones beside it, with how often each is. */
  neighbours: Map<number, Map<number, number>>;
  /** For each letter-sized zone: what interrupts it. */
  crossings: Map<number, Crossing[]>;
}

function borders({ data, width, height }: Rgb, zones: Zones, isGround: Uint8Array): Borders {
  const neighbours: Borders["neighbours"] = new Map();
  const crossings: Borders["crossings"] = new Map();
  const small = new Uint8Array(zones.count);
  for (let zone = 0; zone < zones.count; zone++)
    if (isGround[zone] === 1 && isLetterSized(zones, zone)) small[zone] = 1;
  const meet = (zone: number, other: number) => {
    if (small[zone] !== 1) return;
    let beside = neighbours.get(zone);
    if (!beside) {
      beside = new Map();
      neighbours.set(zone, beside);
    }
    beside.set(other, (beside.get(other) ?? 0) + 1);
  };
  const cross = (zone: number, index: number) => {
    if (small[zone] !== 1) return;
    const colour: Colour = [data[index * 3] ?? 0, data[index * 3 + 1] ?? 0, data[index * 3 + 2] ?? 0];
    const [x, y] = [index % width, Math.floor(index / width)];
    const known = crossings.get(zone);
    if (known) known.push({ colour, x, y });
    else crossings.set(zone, [{ colour, x, y }]);
  };
  const scan = (start: number, step: number, length: number) => {
    let [last, lastAt] = [-1, 0];
    for (let place = 0, offset = start; place < length; place++, offset += step) {
      const zone = zones.of[offset] ?? 0;
      if (zone === last && place === lastAt + 1) {
        lastAt = place;
        continue;
      }
      if (isGround[zone] !== 1) continue;
      const gap = place - lastAt - 1;
      if (last >= 0 && (zone !== last || gap > 0)) {
        if (zone === last) {
          if (gap <= widestCrossing) cross(zone, offset - step * ((gap >> 1) + 1));
        } else if (gap <= edgeWidth) {
          meet(zone, last);
          meet(last, zone);
        }
      }
      last = zone;
      lastAt = place;
    }
  };
  for (let y = 0; y < height; y++) scan(y * width, 1, width);
  for (let x = 0; x < width; x++) scan(x, width, height);
  return { neighbours, crossings };
}

/** The colour that lies beside a zone the most often, and how much of its border that is. */
function commonestBeside(
  zones: Zones,
  beside: ReadonlyMap<number, number>,
): { zone: number; colour: Colour; share: number; votes: number } | undefined {
  let [best, most, all] = [-1, 0, 0];
  for (const [zone, votes] of beside) {
    all += votes;
    if (votes > most) [best, most] = [zone, votes];
  }
  if (best < 0) return undefined;
  const colour = zones.colour(best);
  let alike = 0;
  for (const [zone, votes] of beside)
    if (differenceOf(zones.colour(zone), colour) <= sameColour) alike += votes;
  return { zone: best, colour, share: alike / all, votes: all };
}

/**
 * For each pixel, the nearest one that is ground (itself, if it is), or -1 where there is none in the picture.
 * Places are indices into the picture, row by row.
 */
export function nearestGround(zones: Zones, isGround: Uint8Array, width: number, height: number): Int32Array {
  const source = new Int32Array(width * height);
  const far = new Uint8Array(width * height);
  const rest: number[] = [];
  for (let position = 0; position < source.length; position++) {
    if (isGround[zones.of[position] ?? 0] === 1) source[position] = position;
    else {
      source[position] = -1;
      far[position] = 255;
      rest.push(position);
    }
  }
  // What no ground has reached keeps -1 and 255; only pixels that are no ground themselves take from a neighbour.
  const take = (position: number, from: number) => {
    const distance = (far[from] ?? 255) + 1;
    if (distance < (far[position] ?? 255)) {
      far[position] = distance;
      source[position] = source[from] ?? -1;
    }
  };
  for (let index = 0; index < rest.length; index++) {
    const position = rest[index] ?? 0;
    const x = position % width;
    if (x > 0) take(position, position - 1);
    if (position < width) continue;
    take(position, position - width);
    if (x > 0) take(position, position - width - 1);
    if (x + 1 < width) take(position, position - width + 1);
  }
  for (let index = rest.length - 1; index >= 0; index--) {
    const position = rest[index] ?? 0;
    const x = position % width;
    if (x + 1 < width) take(position, position + 1);
    if (position + width >= source.length) continue;
    take(position, position + width);
    if (x + 1 < width) take(position, position + width + 1);
    if (x > 0) take(position, position + width - 1);
  }
  return source;
}
