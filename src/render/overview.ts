import { createHash } from "node:crypto";
import { type Finding, type Impact, impacts, type Report, standing, type WorkflowId } from "../report.js";
import { oneLine, plainName, plainValue } from "../text/plain.js";

/** One of many pictures, and what became of it. */
export interface PictureOutcome {
  /** Relative to where the reader is, with forward slashes. */
  path: string;
  sha256: string;
  state: "done" | "review" | "failed" | "cancelled";
  /** Absent when it failed. */
  report?: ReportedPicture;
  /** Why it failed. */
  reason?: string;
  /** US$; absent when nothing was sent. */
  cost?: number;
}

/** The part of a report that an overview of many needs. */
export type ReportedPicture = Pick<Report, "workflow" | "title" | "summary" | "findings" | "notJudged"> & {
  /** What the marks say that findings name, by their ids. */
  markTexts: Readonly<Record<string, string>>;
};

/** A finding in one of many pictures. */
export interface PlacedFinding {
  finding: Finding;
  path: string;
  sha256: string;
  /** The same for the same problem of the same picture's path, as long as it is there: moved pixels do not change it. */
  fingerprint: string;
  /** Whether the baseline does not know it. Without a baseline, all are new. */
  isNew: boolean;
}

/** The same problem, wherever it was found. */
export interface FindingGroup {
  /** The first of them, to say what it is. */
  finding: Finding;
  places: PlacedFinding[];
}

/** Many pictures at once. */
export interface Overview {
  workflow: WorkflowId;
  pictures: readonly PictureOutcome[];
  /** The worst first, then the most frequent. */
  groups: FindingGroup[];
  /** Of each picture, by its path. */
  counts: ReadonlyMap<string, ImpactCounts>;
}

/** Findings by impact. */
export type ImpactCounts = Partial<Record<Impact, number>>;

/** A report without what an overview does not need. Thousands of them fit into memory. */
export function slim({
  workflow,
  title,
  summary,
  findings,
  notJudged,
  texts,
  controls,
}: Report): ReportedPicture {
  const named = new Set(findings.flatMap(({ marks }) => marks));
  const markTexts: Record<string, string> = {};
  for (const { id, text } of texts) if (named.has(id)) markTexts[id] = text;
  for (const { id, kind } of controls) if (named.has(id)) markTexts[id] = kind;
  return { workflow, title, summary, findings, notJudged, markTexts };
}

/** @param known fingerprints of the baseline */
export function overviewOf(
  workflow: WorkflowId,
  outcomes: readonly PictureOutcome[],
  known: ReadonlySet<string> = new Set(),
): Overview {
  // Every report on many is written from here: no name and no reason is hostile beyond this.
  const pictures = outcomes.map((outcome) => ({
    ...plainValue(outcome).value,
    path: plainName(outcome.path),
    ...(outcome.reason === undefined ? {} : { reason: oneLine(outcome.reason, 1_000) }),
  }));
  const groups = new Map<string, FindingGroup>();
  const counts = new Map<string, ImpactCounts>();
  for (const { path, sha256, report } of pictures) {
    if (!report) continue;
    const repeated = new Map<string, number>();
    const ofPicture: ImpactCounts = {};
    counts.set(path, ofPicture);
    for (const finding of standing(report.findings)) {
      ofPicture[finding.impact] = (ofPicture[finding.impact] ?? 0) + 1;
      const problem = problemOf(finding, report);
      const number = (repeated.get(problem) ?? 0) + 1;
      repeated.set(problem, number);
      const fingerprint = createHash("sha256").update([path, problem, number].join("\n")).digest("hex");
      const group = groups.get(problem) ?? { finding, places: [] };
      group.places.push({ finding, path, sha256, fingerprint, isNew: !known.has(fingerprint) });
      groups.set(problem, group);
    }
  }
  const rank = ({ finding }: FindingGroup) => impacts.indexOf(finding.impact);
  const sorted = [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.places.length - a.places.length);
  return { workflow, pictures, groups: sorted, counts };
}

/**
 * What a finding is about, without numbers and places: its criterion and the words on the screen. Where no words were
 * measured, its title stands for them.
 */
function problemOf({ criterion, marks, title }: Finding, { markTexts }: ReportedPicture): string {
  const words = marks.map((id) => markTexts[id] ?? "").filter((text) => text !== "");
  const about = words.length > 0 ? [...new Set(words)].sort().join("\n") : title;
  return [
    criterion.number,
    about
      .toLowerCase()
      .replace(/[\d.,:#%×]+/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  ].join("\n");
}

/** How many pictures ended in each state. */
export function stateCounts(pictures: readonly PictureOutcome[]): Record<PictureOutcome["state"], number> {
  const counts = { done: 0, review: 0, failed: 0, cancelled: 0 };
  for (const { state } of pictures) counts[state]++;
  return counts;
}
