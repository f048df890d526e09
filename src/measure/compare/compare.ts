import type { Rgb } from "../../image/palette.js";
import { textureOf } from "../../image/texture.js";
import type { Box } from "../../report.js";
import type { LineReader } from "../ocr.js";
import type { Change, Comparison } from "./comparison.js";
import { explain } from "./explain.js";
import { joinFrames } from "./frames.js";
import { grownFrames } from "./grownFrames.js";
import { nameRegion } from "./kinds.js";
import { movedAlone, shiftsOf } from "./moves.js";
import { isRedrawn } from "./redrawn.js";
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
  const isLossy = textureOf(before).lossy || textureOf(after).lossy;
  const found = compareIn(new Scene(before, after, isLossy), ignore);
  // One change is a few regions at most: so many are another drawing of the whole.
  const tooMany = !isLossy && found.changes.filter(({ kind }) => kind !== "shifted").length > fewChanges;
  if (!tooMany) return found;
  const again = compareIn(new Scene(before, after, true), ignore);
  return again.changes.length < found.changes.length / 2 ? again : found;
}

const fewChanges = 6;

function compareIn(scene: Scene, ignore: readonly Box[]): Comparison {
  const explanation = explain(scene);
  const { facings, rows } = explanation;
  for (const box of ignore) {
    unmark(scene.changed, box);
    unmark(scene.added, box);
  }
  const all = joinFrames(scene, regionsOf(scene, facings, reach));
  const regions = all.filter((region) => !isLeftOver(scene, region, facings.length > 1));
  const noise = all.length - regions.length;
  const { moved, rest } = pairMoved(scene, regions, facings);
  const shifts = [...shiftsOf(facings), ...canvasOf(scene)];
  const grown = moved.length === 0 ? grownFrames(scene, explanation) : [];
  // What is left of a frame that grew are bits of its edges.
  const isOfGrown = ({ box }: Region) => grown.some(({ after }) => after && isEndOf(box, after));
  if (grown.length > 0 && rest.every(isOfGrown))
    return { scale: 1, rows, changes: [...grown, ...shifts], noise };
  const changes = [...moved, ...rest.map((region) => nameRegion(scene, region))];
  const alone = changes.length === 0 ? movedAlone(scene, explanation) : undefined;
  return { scale: 1, rows, changes: alone ? [alone] : [...changes, ...shifts], noise };
}

/** Whether the picture itself is larger or smaller. */
function canvasOf({ before, after }: Scene): Change[] {
  if (before.width === after.width && before.height === after.height) return [];
  const whole = ({ width, height }: Rgb): Box => ({ x: 0, y: 0, width, height });
  return [{ kind: "canvas", before: whole(before), after: whole(after), differing: 0 }];
}

/** Whether a box lies along the edge of a frame, and is small beside it. */
function isEndOf(box: Box, frame: Box): boolean {
  const isNear =
    box.x >= frame.x - 4 &&
    box.y >= frame.y - 4 &&
    box.x + box.width <= frame.x + frame.width + 4 &&
    box.y + box.height <= frame.y + frame.height + 4;
  return isNear && (box.width < 10 || box.height < 10);
}

/** Where something moved, or is drawn otherwise, edges are smoothed anew: a few pixels are left. */
function isLeftOver(scene: Scene, { before, after, box, pixels }: Region, hasMoved: boolean): boolean {
  if (pixels < 3) return true;
  const isTiny = Math.min(box.width, box.height) <= 4 && pixels < 40;
  if (isTiny && (hasMoved || scene.noisy)) return true;
  if (!scene.noisy || !before || !after) return false;
  return before.width === after.width && before.height === after.height
    ? isRedrawn(scene.before, scene.after, {
        before,
        after,
        width: after.width,
        height: after.height,
      })
    : false;
}
