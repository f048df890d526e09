import { z } from "zod";
import {
  Impact,
  impacts,
  needsReview,
  Report,
  type Report as ReportType,
  standing,
  type WorkflowId,
} from "../../report.js";
import type { RunResult } from "./runResult.js";

export const runStates = ["done", "review", "failed"] as const;
export type RunState = (typeof runStates)[number];

/** A run in a list. */
export const RunSummary = z.object({
  id: z.string().regex(/^(audit|triage|diagram)-[0-9a-f]{64}$/),
  workflow: Report.shape.workflow,
  /** The picture's. */
  name: z.string(),
  sha256: z.string(),
  source: z.string().optional(),
  /** ISO 8601. */
  time: z.string(),
  state: z.enum(runStates),
  /** Findings that stand, by impact. */
  findings: z.partialRecord(Impact, z.number()),
  /** US$, when it was asked. */
  cost: z.number().optional(),
  /** Why it failed. */
  reason: z.string().optional(),
  /** On the disk. */
  bytes: z.number(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** One workflow on one content: running it again replaces what is kept. */
export function runId({ workflow, sha256 }: { workflow: WorkflowId; sha256: string }): string {
  return `${workflow}-${sha256}`;
}

/** The findings that stand, counted by impact. */
export function countsOf({ findings }: ReportType): RunSummary["findings"] {
  const counts: RunSummary["findings"] = {};
  const counted = standing(findings);
  for (const impact of impacts) {
    const count = counted.filter((finding) => finding.impact === impact).length;
    if (count > 0) counts[impact] = count;
  }
  return counts;
}

/** @param bytes of the run on the disk */
export function summaryOf(
  { workflow, picture, asked, report }: Pick<RunResult, "workflow" | "picture" | "asked" | "report">,
  source: string | undefined,
  bytes: number,
): RunSummary {
  return {
    id: runId({ workflow, sha256: picture.sha256 }),
    workflow,
    name: picture.name,
    sha256: picture.sha256,
    source,
    time: new Date().toISOString(),
    state: needsReview(report) ? "review" : "done",
    findings: countsOf(report),
    ...(asked?.cost === undefined || asked.cachedAt ? {} : { cost: asked.cost }),
    bytes,
  };
}
