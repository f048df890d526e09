import { differenceOf } from "./colour.js";
import type { Ink } from "./ink.js";
import type { Segment } from "./segments.js";

/** How far two inks may be apart that are one: of their grounds in levels of 255, of their ways as a cosine. */
const same = { exact: { ground: 2, way: 0.995 }, lossy: { ground: 8, way: 0.98 } };
/** Letters that make a run's colour sure. */
const enough = 4;

/**
 * Thin letters do not show their colour in full. Where the same colour stands elsewhere in the picture on the same
 * ground, measured exactly, theirs is taken to be that one.
 *
 * @param lossy whether the picture has been through JPEG or its like
 */
export function shareColours(segments: readonly Segment[], lossy: boolean): Segment[] {
  const limits = same[lossy ? "lossy" : "exact"];
  const sure: Ink[] = [];
  for (const { ink, letters } of segments)
    if (ink?.even && ink.above <= 0.03 && letters.length >= enough) sure.push(ink);
  return segments.map((segment) => {
    const { ink } = segment;
    if (!ink?.even || ink.above <= 0.03) return segment;
    let [nearest, least] = [ink, ink.above];
    for (const other of sure) {
      if (differenceOf(ink.ground, other.ground) > limits.ground) continue;
      if (cosine(ink.shift, other.shift) < limits.way) continue;
      const more = Math.hypot(...other.shift) / Math.hypot(...ink.shift) - 1;
      if (more < -0.03 || more > ink.above || Math.abs(more) >= least) continue;
      [nearest, least] = [other, Math.abs(more)];
    }
    if (nearest === ink) return segment;
    const { shift, below, above } = nearest;
    // Where the neighbour is clearly stronger, it may as well be another colour: the ink may be as weak as it seems.
    const unsure = least > 0.06 ? 1 - 1 / (1 + least) : 0;
    return { ...segment, ink: { ...ink, shift, below: Math.max(below, unsure), above } };
  });
}

function cosine(one: Ink["shift"], other: Ink["shift"]): number {
  const dot = one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
  return dot / (Math.hypot(...one) * Math.hypot(...other) || 1);
}
