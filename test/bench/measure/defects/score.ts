import { overlapOf } from "../../../../src/measure/boxes.js";
import type { DisplayDefect } from "../../../../src/measure/measurement.js";
import type { Box } from "../../../../src/report.js";
import { type DefectKind, defectKinds } from "./inject.js";

/** Defects that were put in, marks that say so, and those of both that agree. */
export interface DefectScore {
  injected: number;
  found: number;
  marked: number;
  right: number;
}

export type DefectScores = Record<DefectKind, DefectScore>;

export const noScores = (): DefectScores => {
  const none = (): DefectScore => ({ injected: 0, found: 0, marked: 0, right: 0 });
  return {
    clipped: none(),
    overlapping: none(),
    protruding: none(),
    occluded: none(),
    misaligned: none(),
    nearlyEqual: none(),
  };
};

/** Whether half of the smaller of two boxes lies in the other. */
function agree(one: Box, other: Box): boolean {
  const { across, down } = overlapOf(one, other);
  if (across <= 0 || down <= 0) return false;
  return across * down >= 0.5 * Math.min(one.width * one.height, other.width * other.height);
}

/** Adds what was found on one page. Boxes are in pixels of the picture. */
export function addDefects(
  scores: DefectScores,
  truth: readonly DisplayDefect[],
  marks: readonly DisplayDefect[],
): void {
  for (const kind of defectKinds) {
    const score = scores[kind];
    const there = truth.filter((one) => one.kind === kind);
    const said = marks.filter((one) => one.kind === kind);
    score.injected += there.length;
    score.found += there.filter(({ box }) => said.some((mark) => agree(mark.box, box))).length;
    score.marked += said.length;
    score.right += said.filter((mark) => there.some(({ box }) => agree(mark.box, box))).length;
  }
}

/** The harmonic mean of precision and recall; 0 while nothing is found. */
export function f1({ injected, found, marked, right }: DefectScore): number {
  const [precision, recall] = [right / Math.max(1, marked), found / Math.max(1, injected)];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** The table of F1 for each kind, as lines of text. */
export function defectsTable(columns: ReadonlyMap<string, DefectScores>): string {
  const lines = [
    "F1 of injected defects (≥ 0.80)".padEnd(48) +
      [...columns.keys()].map((name) => name.padStart(14)).join(""),
  ];
  for (const kind of defectKinds)
    lines.push(
      `  ${kind}`.padEnd(48) +
        [...columns.values()].map((scores) => f1(scores[kind]).toFixed(2).padStart(14)).join(""),
    );
  return lines.join("\n");
}

/** What was put in and not found, and what was found and not put in. */
export function differencesOf(truth: readonly DisplayDefect[], marks: readonly DisplayDefect[]): string[] {
  const place = ({ x, y, width, height }: Box) => [x, y, width, height].map(Math.round).join(",");
  const lost = truth.filter(
    (one) => !marks.some(({ kind, box }) => kind === one.kind && agree(box, one.box)),
  );
  const wrong = marks.filter(
    (mark) => !truth.some(({ kind, box }) => kind === mark.kind && agree(box, mark.box)),
  );
  return [
    ...lost.map(({ kind, box }) => `${kind} not found @${place(box)}`),
    ...wrong.map(({ kind, box }) => `no ${kind} @${place(box)}`),
  ];
}
