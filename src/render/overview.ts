import { createHash } from "node:crypto";
import {
  type Aside,
  type Box,
  type Finding,
  type Impact,
  impacts,
  type Report,
  setAsideBy,
  standing,
  standingOf,
  type WorkflowId,
} from "../report.js";
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
export type ReportedPicture = Pick<
  Report,
  "workflow" | "title" | "summary" | "findings" | "coverage" | "undecided" | "notJudged" | "grid"
> & {
  /** The marks that findings name, by their ids: what they say, and where they are. */
  marks: Readonly<Record<string, { text: string; box: Box }>>;
};

/** A finding in one of many pictures. */
export interface PlacedFinding {
  finding: Finding;
  path: string;
  sha256: string;
  /** All places that it names in the picture. Pixels of the original. */
  boxes: Box[];
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
  /** What the model sets aside, by its reasons. */
  setAside: Array<{ reason: Aside; places: Array<{ path: string; finding: Finding }> }>;
  /** What waits for a person's decision, and does not count until then. */
  review: Array<{ path: string; finding: Finding }>;
  /** Of each picture, by its path. */
  counts: ReadonlyMap<string, ImpactCounts>;
}

/** Findings by impact. */
export type ImpactCounts = Partial<Record<Impact, number>>;

/** A report without what an overview does not need. Thousands of them fit into memory. */
export function slim(report: Report): ReportedPicture {
  const { workflow, title, summary, findings, coverage, undecided, notJudged, texts, controls, grid } =
    report;
  const named = new Set(findings.flatMap((finding) => finding.marks));
  const marks: Record<string, { text: string; box: Box }> = {};
  for (const { id, text, box } of texts) if (named.has(id)) marks[id] = { text, box };
  for (const { id, kind, box } of controls) if (named.has(id)) marks[id] = { text: kind, box };
  const share = coverage === undefined ? {} : { coverage };
  return {
    workflow,
    title,
    summary,
    findings,
    ...share,
    undecided,
    notJudged,
    marks,
    ...(grid ? { grid } : {}),
  };
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
      const boxes = boxesOf(finding, report);
      group.places.push({ finding, path, sha256, boxes, fingerprint, isNew: !known.has(fingerprint) });
      groups.set(problem, group);
    }
  }
  const rank = ({ finding }: FindingGroup) => impacts.indexOf(finding.impact);
  const sorted = [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.places.length - a.places.length);
  return {
    workflow,
    pictures,
    groups: sorted,
    setAside: setAsideIn(pictures),
    review: reviewIn(pictures),
    counts,
  };
}

const reviewIn = (pictures: readonly PictureOutcome[]): Overview["review"] =>
  pictures.flatMap(({ path, report }) =>
    (report?.findings ?? [])
      .filter((finding) => standingOf(finding) === "review")
      .map((finding) => ({ path, finding })),
  );

function setAsideIn(pictures: readonly PictureOutcome[]): Overview["setAside"] {
  const all = pictures.flatMap(({ path, report }) =>
    (report?.findings ?? []).map((finding) => ({ path, finding })),
  );
  return setAsideBy(all.map(({ finding }) => finding)).map(({ reason, findings }) => ({
    reason,
    places: all.filter(({ finding }) => findings.includes(finding)),
  }));
}

/** The places of the marks that a finding names, or else its own. */
function boxesOf({ marks: ids, box }: Finding, { marks }: ReportedPicture): Box[] {
  const boxes = ids.flatMap((id) => marks[id]?.box ?? []);
  return boxes.length > 0 ? boxes : box ? [box] : [];
}

/**
 * The findings' problems by their keys, as a hash each: the same for the same problem of another picture of the same
 * screen. Nothing of the screen can be read from it.
 */
export function problemHashes(report: Report): Map<string, string> {
  const slimmed = slim(report);
  const repeated = new Map<string, number>();
  return new Map(
    report.findings.map((finding) => {
      const problem = problemOf(finding, slimmed);
      const number = (repeated.get(problem) ?? 0) + 1;
      repeated.set(problem, number);
      return [finding.key, createHash("sha256").update(`${problem}\n${number}`).digest("hex")];
    }),
  );
}

/**
 * What a finding is about, without numbers and places: its criterion and the words on the screen. Where no words were
 * measured, its title stands for them.
 */
function problemOf({ criterion, substance, marks: ids, title }: Finding, { marks }: ReportedPicture): string {
  const words = ids.map((id) => marks[id]?.text ?? "").filter((text) => text !== "");
  const about = words.length > 0 ? [...new Set(words)].sort().join("\n") : title;
  return [
    criterion?.number ?? substance ?? "",
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
