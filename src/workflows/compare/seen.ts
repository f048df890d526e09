import { toOriginal } from "../../image/geometry.js";
import { overlapOf } from "../../measure/boxes.js";
import type { Comparison } from "../../measure/compare/comparison.js";
import type { Box } from "../../report.js";
import type { PreparedInputs } from "../workflow.js";
import type { JudgedChange } from "./compare.js";
import type { Region } from "./regions.js";
import type { CompareAnswer } from "./schema.js";

type Seen = CompareAnswer["seen"][number];

/** What became of a change that the model saw where it was shown no region. */
export interface JudgedSeen {
  claim: Seen;
  /** The region that lies there after all. */
  region?: Region;
  /** The change by itself, where no region lies there. */
  judged?: JudgedChange;
}

/**
 * Checks a claim at its place. A region there confirms it. Without one, every pixel there was compared and found equal,
 * or to differ by rendering alone: the claim is contradicted, or stays the model's own where rendering may hide it.
 */
export function judgeSeen(
  claim: Seen,
  inputs: PreparedInputs,
  regions: readonly Region[],
  { noise }: Comparison,
): JudgedSeen {
  const place = placeOf(claim, inputs);
  const region = place && regions.find(({ change }) => touches(change[claim.picture], place));
  if (region) return { claim, region };
  const { what, change, substance, intent, confidence } = claim;
  const isDenied = place !== undefined && noise === 0;
  const judged: JudgedChange = {
    regions: [],
    title: what.trim(),
    words: change.trim(),
    substance,
    consequences: [],
    intent: intent.trim(),
    // Nobody but the model says so: a person looks at it.
    confidence: isDenied ? confidence : "low",
    evidence: isDenied ? "contradicted" : "seen",
    checked: isDenied
      ? "The pixels of both pictures are equal there."
      : "Looked at again: the pixels there differ by rendering at most.",
    ...(place ? { box: place } : {}),
  };
  return { claim, judged };
}

/** Pixels of the original of the picture that the claim names. */
function placeOf(
  { picture: label, part: number, box }: Seen,
  [before, after]: PreparedInputs,
): Box | undefined {
  const picture = (label === "before" ? before : after)?.picture;
  const part = picture?.parts[number - 1] ?? picture?.parts[0];
  return picture && part && box.width > 0 && box.height > 0 ? toOriginal(box, part, picture) : undefined;
}

function touches(region: Box | undefined, place: Box): boolean {
  if (!region) return false;
  const { across, down } = overlapOf(region, place);
  return across > 0 && down > 0;
}
