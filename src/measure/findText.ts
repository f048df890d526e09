import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { isWithin } from "./boxes.js";
import type { Colour } from "./colour.js";
import { shareColours } from "./colourPairs.js";
import { withoutDashes } from "./dashes.js";
import { isDotted, joinDots } from "./dots.js";
import { findGrounds, nearestGround } from "./grounds.js";
import { findLetters, type Letters } from "./letters.js";
import { joinLines, type TextLine } from "./lines.js";
import { joinRuns } from "./runs.js";
import { type Segment, segmentsOf } from "./segments.js";
import { withoutFrames } from "./textFrames.js";
import { findZones } from "./zones.js";

/** What looks like text in a picture, before any of it is read. */
export interface FoundText {
  map: Letters;
  segments: Segment[];
  lines: TextLine[];
  /** Those of the segments that stand on a line with letters: the smallest dot among them is a part of a text. */
  besideText: ReadonlySet<Segment>;
}

/** So many letters of such a height, in pixels, make what stands beside them a part of a text. */
const word = { letters: 4, height: 5 };

const hasWord = ({ letters, height }: TextLine): boolean =>
  letters.filter((letter) => letter.height >= Math.max(word.height, height * 0.45)).length >= word.letters;

/** Neighbours that differ by no more are even: a gradient, and what JPEG makes of a flat ground. Levels of 255. */
const evenStep = { exact: 2, lossy: 6 };

/**
 * Finds strokes of one colour on one ground, whatever they say, and joins them to runs and lines.
 *
 * @param pixels the upright original
 * @param lossy whether it has been through JPEG or its like
 * @param codes where there are QR or bar codes, whose modules are no letters
 */
export function findText(pixels: Rgb, lossy: boolean, codes: readonly Box[] = []): FoundText {
  const zones = findZones(pixels, evenStep[lossy ? "lossy" : "exact"]);
  const isGround = findGrounds(pixels, zones);
  const ground = nearestGround(zones, isGround, pixels.width, pixels.height);
  const colours = new Map<number, Colour>();
  const zoneColour = (pixel: number): Colour => {
    const zone = zones.of[pixel] ?? 0;
    const known = colours.get(zone);
    if (known) return known;
    const colour = zones.colour(zone);
    colours.set(zone, colour);
    return colour;
  };
  const map = findLetters(pixels, ground, zoneColour, lossy);
  const letters = withoutFrames(
    withoutDashes(map.letters.filter((letter) => !codes.some((code) => isWithin(letter, code)))),
  );
  const parts = joinDots(joinRuns(letters, lossy))
    .filter((run) => !isDotted(run))
    .flatMap((run) => segmentsOf(pixels, map, run, lossy));
  const segments = shareColours(parts, lossy);
  const lines = joinLines(segments.filter((segment) => !isDirt(segment)));
  // The middle dot between two words may have two pixels.
  const whole = lossy ? lines : joinLines(segments);
  const besideText = new Set(whole.filter(hasWord).flatMap((line) => line.segments));
  return { map, segments, lines, besideText };
}

/** Whether a patch is too small to be read. */
const isDirt = ({ letters }: Segment): boolean =>
  letters.length === 1 && letters.every(({ pixels }) => pixels < 5);
