import { isSmall } from "../measure/controlTargets.js";
import type { Box, ControlMark } from "../report.js";
import type { Alike, Check, Page } from "./check.js";
import { controlNames, controlPlaces, sizeWords } from "./words.js";

/** The least width and height of a target. CSS px. */
const least = { minimum: 24, enhanced: 44 } as const;

const shorterSide = ({ width, height }: ControlMark): number => Math.min(width, height);

const claim = (value: number): string =>
  value > 0 ? `Claimed: about ${value} CSS px.` : "Claimed: too small.";

/** @see https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum.html */
export const minimumTarget: Check<ControlMark> = {
  criterion: "2.5.8",
  verdict: (control, page) => {
    if (!isSmall(control, least.minimum, page.pixelRatio)) return "passes";
    // There may be room enough around it, if its neighbours are known, which they are not for sure; and what can be
    // pressed may be more than what is drawn.
    return !mayBeLarger(control) && isTooSmall(control, page) ? "fails" : "unsure";
  },
  rank: shorterSide,
  words: sizeWords,
  needed: () => `${least.minimum} × ${least.minimum} is needed, or room around it`,
  claim,
  findings: {
    covers: () => true,
    doubt:
      "Smaller than 24 × 24 CSS px: whether there is room enough around it, or more to press than is drawn, cannot be told",
    groupBy: ({ kind, width, height }) => `${kind} ${Math.round(width)} ${Math.round(height)}`,
    describe: (alike) => ({
      ...smallTarget(alike),
      impact: "moderate",
      problem: `Less than 24 × 24 CSS px, and too close to the next control: ${sizeWords(alike[0])}.`,
      fix: "Make it at least 24 × 24 CSS px, or leave more room around it.",
    }),
  },
};

/**
 * Has no exception for spacing.
 *
 * @see https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced.html
 */
export const enhancedTarget: Check<ControlMark> = {
  criterion: "2.5.5",
  verdict: (control, { pixelRatio }) => {
    if (!isSmall(control, least.enhanced, pixelRatio)) return "passes";
    return mayBeLarger(control) ? "unsure" : "fails";
  },
  rank: shorterSide,
  words: sizeWords,
  needed: () => `${least.enhanced} × ${least.enhanced} is needed`,
  claim,
  findings: {
    // What fails 2.5.8 is a finding of that.
    covers: (control, page) => minimumTarget.verdict(control, page) !== "fails",
    doubt: "Smaller than 44 × 44 CSS px: whether there is more to press than is drawn cannot be told",
    groupBy: ({ kind, width, height }) => `${kind} ${Math.round(width)} ${Math.round(height)}`,
    describe: (alike) => ({
      ...smallTarget(alike),
      confidence: "medium",
      impact: "minor",
      problem: `Less than 44 × 44 CSS px: ${sizeWords(alike[0])}.`,
      fix: "Make it at least 44 × 44 CSS px.",
    }),
  },
};

/** Whether more than what is drawn can most likely be pressed: a label beside it usually can. */
const mayBeLarger = ({ kind, target }: ControlMark): boolean =>
  target !== undefined || kind === "checkbox" || kind === "radio" || kind === "switch";

function smallTarget(alike: Alike<ControlMark>) {
  const [first] = alike;
  const { one, many } = controlNames[first.kind];
  const size = `${Math.round(first.width)} × ${Math.round(first.height)} CSS px`;
  return {
    title: `${alike.length === 1 ? `The ${one} ${first.id} is` : `${alike.length} ${many} are`} only ${size}`,
    where: controlPlaces(alike),
    affected: "People with a tremor or little dexterity, and anyone on a touch screen.",
  };
}

/**
 * Whether a target fails 2.5.8: smaller than 24 by 24 CSS px, and a circle of that size on its middle touches
 * another target, or the circle of another that is too small.
 */
function isTooSmall(control: ControlMark, { controls, pixelRatio }: Page): boolean {
  if (!isSmall(control, least.minimum, pixelRatio)) return false;
  const radius = (least.minimum / 2) * pixelRatio;
  const middle = middleOf(control.box);
  return controls.some((other) => {
    if (other.id === control.id) return false;
    if (!isSmall(other, least.minimum, pixelRatio)) return distance(middle, other.box) < radius;
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
