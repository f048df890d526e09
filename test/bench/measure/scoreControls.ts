import { overlapOf } from "../../../src/measure/boxes.js";
import { isSmall } from "../../../src/measure/controlTargets.js";
import type { Box, ControlMark } from "../../../src/report.js";
import type { Miss, Score } from "./score.js";
import type { Truth, TruthControl } from "./truth.js";

/** The least size of a target in WCAG 2.2, 2.5.8. CSS pixels. */
const least = 24;

/** How much two boxes have in common, of all that they cover together. */
function sharedBy(one: Box, other: Box): number {
  const { across, down } = overlapOf(one, other);
  if (across <= 0 || down <= 0) return 0;
  const common = across * down;
  return common / (one.width * one.height + other.width * other.height - common);
}

const isInside = (inner: Box, outer: Box): boolean =>
  overlapOf(inner, outer).across >= inner.width - 2 && overlapOf(inner, outer).down >= inner.height - 2;

const isSame = (one: Box, other: Box): boolean => sharedBy(one, other) >= 0.6;

/** Adds how well controls and small targets were told. */
export function scoreControls(score: Score, truth: Truth, marks: readonly ControlMark[]): Miss[] {
  const { ratio } = truth.shot;
  const isBig = ({ width, height }: TruthControl) => Math.min(width, height) >= least;
  const isSmallTarget = ({ target }: TruthControl) =>
    Math.min(target.width, target.height) < least * ratio - 0.5;
  const drawn = truth.controls.filter(({ required, outlined }) => required && outlined);
  const big = drawn.filter(isBig);
  const small = drawn.filter((control) => !isBig(control) && isSmallTarget(control));
  const smallMarks = marks.filter((mark) => isSmall(mark, least, ratio));
  const allSmall = truth.controls.filter(isSmallTarget);
  const lost = big.filter(({ box }) => !marks.some((mark) => isSame(mark.box, box)));
  const lostSmall = small.filter(({ box }) => !smallMarks.some((mark) => isSame(mark.box, box)));
  // The button of a file field and the thumb of a slider are parts of them.
  const isPart = (mark: Box) =>
    truth.controls.some(({ kind, box }) => /^(file|range)$/.test(kind) && isInside(mark, box));
  const wrong = marks.filter(
    ({ box: mark }) => !truth.controls.some(({ box }) => isSame(mark, box)) && !isPart(mark),
  );
  // With a label beside it, a mark's target is an estimate: it is not claimed to be too small.
  const claims = smallMarks.filter(({ target }) => target === undefined);
  const wrongSmall = claims.filter(
    ({ box: mark }) => !allSmall.some(({ box }) => isSame(mark, box)) && !isPart(mark),
  );
  score.controls += big.length;
  score.controlsFound += big.length - lost.length;
  score.controlMarks += marks.length;
  score.controlMarksWrong += wrong.length;
  score.small += small.length;
  score.smallFound += small.length - lostSmall.length;
  score.smallMarks += claims.length;
  score.smallMarksWrong += wrongSmall.length;
  const sizeOf = ({ width, height }: { width: number; height: number }) =>
    `${width.toFixed(0)}×${height.toFixed(0)}`;
  return [
    ...lost.map((control) => ({
      what: `control not found: ${control.kind} ${sizeOf(control)}`,
      box: control.box,
      harm: 0.4,
    })),
    ...lostSmall.map((control) => ({
      what: `small target not found: ${control.kind} ${sizeOf(control)}`,
      box: control.box,
      harm: 0.4,
    })),
    ...wrong.map((mark) => ({ what: `no control: ${mark.kind} ${sizeOf(mark)}`, box: mark.box, harm: 0.4 })),
    ...wrongSmall.map((mark) => ({
      what: `no small target: ${mark.kind} ${sizeOf(mark)}`,
      box: mark.box,
      harm: 0.45,
    })),
  ];
}
