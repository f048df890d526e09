import { isSmall } from "../../measure/controls.js";
import type { Measurement } from "../../measure/measurement.js";
import type { Box, ControlMark, Evidence, TextMark } from "../../report.js";

/** What a finding claims, as far as pixels can tell. */
export interface Claim {
  /** The number of its success criterion. */
  criterion: string;
  /** The ratio or the size in CSS px that it claims; 0 for none. */
  value: number;
  texts: readonly TextMark[];
  controls: readonly ControlMark[];
}

export interface Weighed {
  evidence: Evidence;
  /** What the pixels say, with the numbers. */
  measured?: string;
}

/** Compares a claim with what was measured. */
export function weigh(claim: Claim, { pixelRatio, controls }: Measurement): Weighed {
  switch (claim.criterion) {
    case "1.4.3":
      return weighContrast(claim, ({ needed }) => needed);
    case "1.4.6":
      return weighContrast(claim, ({ needed }) => (needed === 3 ? 4.5 : 7));
    case "1.4.11":
      return weighBoundary(claim);
    case "2.5.5":
      return weighSize(claim, (control) => isSmall(control, 44, pixelRatio), 44);
    case "2.5.8":
      return weighTarget(claim, controls, pixelRatio);
    default:
      return { evidence: "seen" };
  }
}

type MeasuredText = TextMark & { contrast: Extract<TextMark["contrast"], { status: "measured" }> };

export const isMeasured = (text: TextMark): text is MeasuredText => text.contrast.status === "measured";

function weighContrast(
  { texts, value }: Claim,
  neededBy: (contrast: MeasuredText["contrast"]) => number,
): Weighed {
  const measured = texts.filter(isMeasured);
  const worst = measured.sort((a, b) => a.contrast.worst - b.contrast.worst)[0];
  if (!worst) return { evidence: "seen" };
  const needed = neededBy(worst.contrast);
  const fails = measured.some(({ contrast }) => contrast.worst < neededBy(contrast));
  const says = `${contrastWords(worst)}; ${needed}:1 is needed`;
  if (fails) return { evidence: "confirmed", measured: `Measured: ${says}.` };
  // Perhaps it is the text that could not be measured which fails.
  if (measured.length < texts.length) return { evidence: "seen" };
  const claimed = value > 0 ? `Claimed: about ${value}:1.` : "Claimed: too little contrast.";
  return { evidence: "contradicted", measured: `${claimed} Measured: ${says}.` };
}

/** A text's contrast with its colours, and its range where the ground changes. */
export function contrastWords({ contrast }: MeasuredText): string {
  const { worst, best, foreground, background } = contrast;
  const range = best > worst * 1.05 ? ` (up to ${ratioWords(best)} elsewhere)` : "";
  return `${ratioWords(worst)}, ${foreground} on ${background}${range}`;
}

/** Cut, not rounded: 4.499 does not pass. */
export const ratioWords = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;

function weighBoundary({ controls, value }: Claim): Weighed {
  const worst = [...controls].sort((a, b) => a.boundary - b.boundary)[0];
  if (!worst) return { evidence: "seen" };
  const says = `its border or fill has ${ratioWords(worst.boundary)} against what surrounds it; 3:1 is needed`;
  if (worst.boundary < 3) return { evidence: "confirmed", measured: `Measured: ${says}.` };
  const claimed = value > 0 ? `Claimed: about ${value}:1.` : "Claimed: too little contrast.";
  return { evidence: "contradicted", measured: `${claimed} Measured: ${says}.` };
}

function weighSize(
  { controls, value }: Claim,
  fails: (control: ControlMark) => boolean,
  least: number,
): Weighed {
  const smallest = [...controls].sort((a, b) => Math.min(a.width, a.height) - Math.min(b.width, b.height))[0];
  if (!smallest) return { evidence: "seen" };
  const says = `${sizeWords(smallest)}; ${least} × ${least} is needed, or room around it`;
  if (controls.some(fails)) return { evidence: "confirmed", measured: `Measured: ${says}.` };
  const claimed = value > 0 ? `Claimed: about ${value} CSS px.` : "Claimed: too small.";
  return { evidence: "contradicted", measured: `${claimed} Measured: ${says}.` };
}

/**
 * A small target may have room enough around it, if its neighbours are known, which they are not for sure; and what
 * can be pressed may be more than what is drawn. Then the claim is neither confirmed nor denied.
 */
function weighTarget(claim: Claim, all: readonly ControlMark[], pixelRatio: number): Weighed {
  const fails = (control: ControlMark) =>
    control.target === undefined && isTooSmallTarget(control, all, pixelRatio);
  const isSmallOne = claim.controls.some((control) => isSmall(control, 24, pixelRatio));
  if (isSmallOne && !claim.controls.some(fails)) return { evidence: "seen" };
  return weighSize(claim, fails, 24);
}

export const sizeWords = ({ width, height, gap }: ControlMark): string =>
  `${Math.round(width)} × ${Math.round(height)} CSS px${gap < 100 ? `, ${Math.round(gap)} px from the next control` : ""}`;

/**
 * Whether a target fails 2.5.8: smaller than 24 by 24 CSS px, and a circle of that size on its middle touches
 * another target, or the circle of another that is too small.
 *
 * @see https://www.w3.org/TR/WCAG22/#target-size-minimum
 */
export function isTooSmallTarget(
  control: ControlMark,
  all: readonly ControlMark[],
  pixelRatio: number,
): boolean {
  if (!isSmall(control, 24, pixelRatio)) return false;
  const radius = 12 * pixelRatio;
  const middle = middleOf(control.box);
  return all.some((other) => {
    if (other.id === control.id) return false;
    if (!isSmall(other, 24, pixelRatio)) return distance(middle, other.box) < radius;
    const its = middleOf(other.box);
    return Math.hypot(its.x - middle.x, its.y - middle.y) < 2 * radius;
  });
}

const middleOf = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

function distance({ x, y }: { x: number; y: number }, box: Box): number {
  const across = Math.max(box.x - x, 0, x - box.x - box.width);
  const down = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(across, down);
}
