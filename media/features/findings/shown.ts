import { type Finding, standingOf } from "../../../src/report.js";
import { allFindings, type State } from "../../panel/state.js";
import type { FindingsState } from "./findingsState.js";

/** What a finding is held against, as the filter knows it. */
export const criterionKey = ({ criterion }: Pick<Finding, "criterion">): string => criterion?.number ?? "";

/** Its number, which it keeps as long as the panel is open. */
export const numberOf = ({ number = 0 }: Pick<Finding, "number">): number => number;

/** What counts or waits for a decision has its place on the picture; the rest has it while it is chosen. */
export const isOpen = (finding: Finding): boolean => ["stands", "review"].includes(standingOf(finding));

/** The findings that are not filtered out, in the order of their numbers. */
export const shownFindings = ({ view, findings }: State): Finding[] =>
  allFindings(view).filter((finding) => isShown(finding, findings));

export function isShown(finding: Finding, { hidden, text }: Pick<FindingsState, "hidden" | "text">): boolean {
  return (
    !hidden.impacts.has(finding.impact) &&
    !hidden.criteria.has(criterionKey(finding)) &&
    !hidden.evidence.has(finding.evidence) &&
    !hidden.standings.has(standingOf(finding)) &&
    matches(finding, text)
  );
}

/** Each word that is searched for stands somewhere in the finding. */
function matches(finding: Finding, text: string): boolean {
  const { title, where, problem, fix, comment = "", criterion, impact } = finding;
  const all = [
    title,
    where,
    problem,
    fix,
    comment,
    criterion?.number,
    criterion?.name,
    impact,
    `#${numberOf(finding)}`,
  ]
    .join("\n")
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
