import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import type { LineReader } from "../ocr.js";
import type { Comparison } from "./comparison.js";
import { explain } from "./explain.js";
import { joinFrames } from "./frames.js";
import { nameRegion } from "./kinds.js";
import { movedAlone, shiftsOf } from "./moves.js";
import { type Region, regionsOf } from "./regions.js";
import { Scene, unmark } from "./scene.js";
import { pairMoved } from "./swaps.js";

export interface CompareOptions {
  /** What lies in these is not compared: pixels of the picture after. */
  ignore?: readonly Box[] | undefined;
  /** Reads lines of text; words are not read without it. */
  read?: LineReader | undefined;
}

/** Fragments that stand no further apart are one element. Pixels. */
const reach = 20;

/**
 * What differs between two pictures of one screen: aligned first, so that what only moved is no change.
 *
 * @param before upright and opaque
 * @param after likewise, of whatever size
 * @returns places in pixels of each picture
 */
export async function comparePictures(
  before: Rgb,
  after: Rgb,
  { ignore = [] }: CompareOptions = {},
): Promise<Comparison> {
  const isSameSize = before.width === after.width && before.height === after.height;
  if (isSameSize && Buffer.compare(before.data, after.data) === 0)
    return { scale: 1, rows: [{ before: 0, after: 0, length: after.height }], changes: [], noise: 0 };
  const scene = new Scene(before, after, false);
  const explanation = explain(scene);
  const { facings, rows } = explanation;
  for (const box of ignore) {
    unmark(scene.changed, box);
    unmark(scene.added, box);
  }
  const all = joinFrames(scene, regionsOf(scene, facings, reach));
  const regions = all.filter((region) => !isLeftOver(region, facings.length > 1));
  const noise = all.length - regions.length;
  const { moved, rest } = pairMoved(scene, regions);
  const changes = [...moved, ...rest.map((region) => nameRegion(scene, region))];
  if (changes.length === 0) {
    const alone = movedAlone(scene, explanation);
    if (alone) return { scale: 1, rows, changes: [alone], noise };
  }
  return { scale: 1, rows, changes: [...changes, ...shiftsOf(facings)], noise };
}

/** Where something moved, its edges may be smoothed otherwise in its new place: a few pixels are left. */
function isLeftOver({ box, pixels }: Region, hasMoved: boolean): boolean {
  return pixels < 3 || (hasMoved && Math.min(box.width, box.height) <= 4 && pixels < 40);
}
