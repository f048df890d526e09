import type { Alike, Check, FindingMaker } from "../../checks/check.js";
import { criterionOf } from "../../checks/criteria.js";
import { defectFinding } from "../../checks/defects.js";
import { flashFinding } from "../../checks/flashing.js";
import { tintFindings } from "../../checks/useOfColour.js";
import type { Measurement } from "../../measure/measurement.js";
import { asides, type Box, type ControlMark, type Finding, type TextMark } from "../../report.js";
import { isMeasured } from "./evidence.js";
import { checksOf } from "./level.js";
import type { Level } from "./levels.js";
import type { Rulings } from "./rulings.js";

/** What findings by measure alone depend on, beside what was measured. */
export interface Circumstances {
  level: Level;
  rulings: Rulings;
  /** What somebody has named already: it is left out. */
  named: readonly Pick<Finding, "criterion" | "marks">[];
}

/** What fails by measure alone; what the model sets aside with its reason, apart from the rest. */
export function measuredFindings(page: Measurement, circumstances: Circumstances): Finding[] {
  const failing = checksOf(circumstances.level).flatMap((check) =>
    check.of === "text"
      ? failures(check, page.texts.filter(isMeasured), page, circumstances)
      : failures(check, page.controls, page, circumstances),
  );
  const isNamed = (id: string) =>
    circumstances.named.some(({ criterion, marks }) => criterion?.number === "1.4.1" && marks.includes(id));
  const tinted = (page.tinted ?? []).filter(({ text }) => !isNamed(text));
  const flashing = page.flashing ? [flashFinding(page.flashing)] : [];
  return [...flashing, ...failing, ...tintFindings(tinted), ...(page.defects ?? []).map(defectFinding)];
}

function failures<Mark extends TextMark | ControlMark>(
  check: Check<Mark>,
  marks: readonly Mark[],
  page: Measurement,
  { rulings, named }: Circumstances,
): Finding[] {
  const { findings, criterion } = check;
  if (!findings) return [];
  const isNew = ({ id }: Mark) =>
    !named.some((finding) => finding.criterion?.number === criterion && finding.marks.includes(id));
  const failing = marks.filter(
    (mark) => isNew(mark) && check.verdict(mark, page) === "fails" && findings.covers(mark, page),
  );
  return [undefined, ...asides].flatMap((setAside) => {
    const own = failing.filter((mark) => rulings.reasonFor(mark, criterion) === setAside);
    return group(own, findings.groupBy)
      .flatMap((alike) => findings.split?.(alike) ?? [alike])
      .map((alike) => ({
        ...findingOf(check, findings, alike, page),
        ...(setAside ? { setAside } : {}),
      }));
  });
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
  page: Measurement,
): Finding {
  const marks = alike.map(({ id }) => id);
  const [first] = alike;
  const parts = describe(alike, page);
  return {
    confidence: "high",
    ...parts,
    key: keyOf(check.criterion, marks, first.box, parts.title),
    criterion: criterionOf(check.criterion),
    box: first.box,
    measured: `Measured: ${check.words(first)}; ${check.needed(first)}.`,
    evidence: "measured",
    marks,
  };
}

/**
 * Marks are numbered alike in every run on a picture, so a finding's marks say which it is; else its place, and
 * without one its title. What is decided about one finding must not be taken for a decision about another: see
 * `withOwnKeys`.
 */
export function keyOf(
  criterion: string,
  marks: readonly string[],
  box: Box | undefined,
  title: string,
): string {
  if (marks.length > 0) return `${criterion} ${[...marks].sort().join(" ")}`;
  if (!box) return `${criterion} ${title.toLowerCase().slice(0, 200)}`;
  return `${criterion} ${[box.x, box.y, box.width, box.height].map(Math.round).join(" ")}`;
}

/** The findings, those after the first with the same key numbered: within a report, each key is one finding's. */
export function withOwnKeys(findings: readonly Finding[]): Finding[] {
  const taken = new Map<string, number>();
  return findings.map((finding) => {
    const number = (taken.get(finding.key) ?? 0) + 1;
    taken.set(finding.key, number);
    return number === 1 ? finding : { ...finding, key: `${finding.key} #${number}` };
  });
}
