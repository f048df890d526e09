import type { Rgb } from "../../image/palette.js";
import { textureOf } from "../../image/texture.js";
import type { Box } from "../../report.js";
import type { LineReader } from "../ocr.js";
import { areNear } from "./clusters.js";
import type { Change, Comparison } from "./comparison.js";
import { type Explanation, explain } from "./explain.js";
import { boxAfter } from "./facing.js";
import { joinFrames } from "./frames.js";
import { grownFrames } from "./grownFrames.js";
import { wholeText } from "./inText.js";
import { nameRegion } from "./kinds.js";
import { movedAlone, shiftsOf } from "./moves.js";
import { isRedrawn } from "./redrawn.js";
import { type Region, regionsOf } from "./regions.js";
import { enlarged, pixelRatio, shrunk, times } from "./scale.js";
import { Scene, unmark } from "./scene.js";
import { pairMoved } from "./swaps.js";
import { addWords } from "./words.js";

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
  { ignore = [], read }: CompareOptions = {},
): Promise<Comparison> {
  const comparison = compareSizes(before, after, ignore);
  if (read) await addWords(comparison.changes, before, after, read);
  return comparison;
}

function compareSizes(before: Rgb, after: Rgb, ignore: readonly Box[]): Comparison {
  const isSameSize = before.width === after.width && before.height === after.height;
  if (isSameSize && Buffer.compare(before.data, after.data) === 0)
    return { scale: 1, rows: [{ before: 0, after: 0, length: after.height }], changes: [], noise: 0 };
  const ratio = pixelRatio(before, after);
  if (ratio !== 1) {
    const [from, to] = [Math.max(1, Math.round(1 / ratio)), Math.max(1, Math.round(ratio))];
    const scene = new Scene(shrunk(before, from), shrunk(after, to), true);
    return enlarged(
      compareIn(
        scene,
        ignore.map((box) => times(box, 1 / to)),
      ),
      from,
      to,
    );
  }
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
  const explained = explain(scene);
  const isLookedAt = (place: Box) => !ignore.some((box) => areNear(box, place, -1));
  const explanation: Explanation = {
    ...explained,
    moved: explained.moved.filter((facing) => isLookedAt(boxAfter(facing))),
    gaps: explained.gaps.filter(({ after }) => isLookedAt(after)),
  };
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
  const areBits = rest.every(({ box }) => Math.min(box.width, box.height) < widestBit);
  const grown = moved.length === 0 && areBits ? grownFrames(scene, explanation) : [];
  // What is left of a frame that grew are bits of its edges.
  const isOfGrown = ({ box }: Region) => grown.some(({ after }) => after && isEndOf(box, after));
  if (grown.length > 0 && rest.every(isOfGrown))
    return { scale: 1, rows, changes: [...grown, ...shifts], noise };
  const changes = [...moved, ...rest.map((region) => nameRegion(scene, wholeText(scene, facings, region)))];
  const alone = changes.length === 0 ? movedAlone(scene, explanation) : undefined;
  return { scale: 1, rows, changes: alone ? [alone] : [...changes, ...shifts], noise };
}

/** Whether the picture itself is larger or smaller. */
function canvasOf({ before, after }: Scene): Change[] {
  if (before.width === after.width && before.height === after.height) return [];
  const whole = ({ width, height }: Rgb): Box => ({ x: 0, y: 0, width, height });
  return [{ kind: "canvas", before: whole(before), after: whole(after), differing: 0 }];
}

/** Of a frame that grew, narrower bits of its edges may be left. Pixels. */
const widestBit = 10;

/** Whether a box lies along the edge of a frame, and is small beside it. */
function isEndOf(box: Box, frame: Box): boolean {
  const isNear =
    box.x >= frame.x - 4 &&
    box.y >= frame.y - 4 &&
    box.x + box.width <= frame.x + frame.width + 4 &&
    box.y + box.height <= frame.y + frame.height + 4;
  return isNear && Math.min(box.width, box.height) < widestBit;
}

/** Where something moved, or is drawn otherwise, edges are smoothed anew: a few pixels are left. */
function isLeftOver(scene: Scene, { before, after, box, pixels }: Region, hasMoved: boolean): boolean {
  if (pixels < 3) return true;
  const isTiny = Math.min(box.width, box.height) <= 4 && pixels < 40;
  if (isTiny && (hasMoved || scene.noisy)) return true;
  if (!scene.noisy || !before || !after) return false;
  return before.width === after.width && before.height === after.height
    ? isRedrawn(scene, {
        before,
        after,
        width: after.width,
        height: after.height,
      })
    : false;
}
