import type { ContrastFix } from "../../../src/protocol/findings.js";
import { type Criterion, type Finding, type Impact, impacts } from "../../../src/report.js";
import type { Sort } from "./findingsState.js";
import { criterionKey, numberOf } from "./shown.js";

/** The same problem, wherever it is. */
export interface Problem {
  /** Names it in its group. */
  id: string;
  findings: [Finding, ...Finding[]];
}

/** The findings of one criterion. */
export interface Group {
  /** Names it in the list. */
  id: string;
  /** Absent for display defects, and where the list is not grouped. */
  criterion: Criterion | undefined;
  /** Whether it has a heading: a list that is sorted by place or number has none. */
  isHeaded: boolean;
  problems: Problem[];
}

export interface Grouping {
  sort: Sort;
  fixes: Readonly<Record<string, ContrastFix>>;
}

/** Findings as criterion → problem → places. */
export function groupsOf(findings: readonly Finding[], { sort, fixes }: Grouping): Group[] {
  if (sort === "place" || sort === "number") {
    const sorted = [...findings].sort(sort === "place" ? byPlace : byNumber);
    if (sorted.length === 0) return [];
    const problems = sorted.map((finding): Problem => ({ id: finding.key, findings: [finding] }));
    return [{ id: "all", criterion: undefined, isHeaded: false, problems }];
  }
  const groups = new Map<string, Group>();
  for (const finding of [...findings].sort(byNumber)) {
    const id = criterionKey(finding);
    const group = groups.get(id) ?? { id, criterion: finding.criterion, isHeaded: true, problems: [] };
    groups.set(id, group);
    const problem = group.problems.find((one) => one.id === problemOf(finding, fixes));
    if (problem) problem.findings.push(finding);
    else group.problems.push({ id: problemOf(finding, fixes), findings: [finding] });
  }
  const order = sort === "impact" ? byWorst : byCriterion;
  return [...groups.values()].sort(order);
}

/** Texts of one pair of colours are one problem; else findings whose titles differ in what they quote and count. */
function problemOf({ key, title }: Finding, fixes: Grouping["fixes"]): string {
  const fix = fixes[key];
  if (fix) return `${fix.foreground} on ${fix.background}`;
  return title
    .toLowerCase()
    .replace(/[“"][^”"]*[”"]/g, "“”")
    .replace(/[\d.,:×]+/g, "0");
}

const allOf = ({ problems }: Group): Finding[] => problems.flatMap(({ findings }) => findings);

export const worstImpact = (findings: readonly Finding[]): Impact =>
  impacts.find((impact) => findings.some((finding) => finding.impact === impact)) ?? "minor";

const byNumber = (a: Finding, b: Finding) => numberOf(a) - numberOf(b);

/** What has no place comes last. */
const byPlace = (a: Finding, b: Finding) =>
  (a.box?.y ?? Number.POSITIVE_INFINITY) - (b.box?.y ?? Number.POSITIVE_INFINITY) ||
  (a.box?.x ?? 0) - (b.box?.x ?? 0) ||
  byNumber(a, b);

const byWorst = (a: Group, b: Group) =>
  impacts.indexOf(worstImpact(allOf(a))) - impacts.indexOf(worstImpact(allOf(b))) ||
  allOf(b).length - allOf(a).length ||
  byCriterion(a, b);

const byCriterion = (a: Group, b: Group) =>
  (a.criterion?.number ?? "9").localeCompare(b.criterion?.number ?? "9", "en", { numeric: true });
