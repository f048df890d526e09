import type { Alike, Check, FindingMaker } from "../../checks/check.js";
import { criterionOf } from "../../checks/criteria.js";
import { checks } from "../../checks/index.js";
import type { Measurement } from "../../measure/measurement.js";
import type { Box, ControlMark, Finding, TextMark } from "../../report.js";
import { isMeasured } from "./evidence.js";

/**
 * What fails by measure alone.
 *
 * @param named what somebody has named already: it is left out
 */
export function measuredFindings(
  measurement: Measurement,
  named: readonly Pick<Finding, "criterion" | "marks">[] = [],
): Finding[] {
  const isNew =
    (number: string) =>
    ({ id }: { id: string }) =>
      !named.some(({ criterion, marks }) => criterion.number === number && marks.includes(id));
  return checks.flatMap((check) =>
    check.of === "text"
      ? failures(check, measurement.texts.filter(isMeasured).filter(isNew(check.criterion)), measurement)
      : failures(check, measurement.controls.filter(isNew(check.criterion)), measurement),
  );
}

function failures<Mark extends TextMark | ControlMark>(
  check: Check<Mark>,
  marks: readonly Mark[],
  page: Measurement,
): Finding[] {
  const { findings } = check;
  if (!findings) return [];
  const failing = marks.filter((mark) => findings.covers(mark) && check.verdict(mark, page) === "fails");
  return group(failing, findings.groupBy).map((alike) => findingOf(check, findings, alike));
}

function group<T>(items: readonly T[], by: (item: T) => string): Alike<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const same = groups.get(by(item));
    if (same) same.push(item);
    else groups.set(by(item), [item]);
  }
  return [...groups.values()];
}

function findingOf<Mark extends TextMark | ControlMark>(
  check: Check<Mark>,
  { describe }: FindingMaker<Mark>,
  alike: Alike<Mark>,
): Finding {
  const marks = alike.map(({ id }) => id);
  const [first] = alike;
  const parts = describe(alike);
  return {
    ...parts,
    key: keyOf(check.criterion, marks, first.box, parts.title),
    criterion: criterionOf(check.criterion),
    box: first.box,
    measured: `Measured: ${check.words(first)}; ${check.needed(first)}.`,
    confidence: "high",
    evidence: "measured",
    marks,
  };
}

/**
 * Marks are numbered alike in every run on a picture, so a finding's marks say which it is; else its place, and
 * without one its title: what is decided about one finding is never taken for a decision about another.
 */
export function keyOf(
  criterion: string,
  marks: readonly string[],
  box: Box | undefined,
  title: string,
): string {
  if (marks.length > 0) return `${criterion} ${[...marks].sort().join(" ")}`;
  if (!box) return `${criterion} ${title.toLowerCase().slice(0, 200)}`;
  return `${criterion} ${[box.x, box.y].map((value) => Math.round(value / 64)).join(" ")}`;
}
