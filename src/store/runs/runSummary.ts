import { z } from "zod";
import { Impact, impacts, needsReview, type Report, standing } from "../../report.js";
import { fileHash, PictureId } from "../../sources/picture.js";
import { AskSettings } from "./askSettings.js";
import type { RunResult } from "./runResult.js";

/** `old` was kept by an older version, which kept less of a run than is needed to show it. */
export const runStates = ["done", "review", "failed", "old"] as const;
export type RunState = (typeof runStates)[number];

const common = {
  workflow: AskSettings.shape.workflow,
  /** The first picture's. */
  name: z.string(),
  /** Where the first picture is, as a URI; absent for a pasted one. */
  source: z.string().optional(),
  /** ISO 8601. */
  time: z.string(),
  /** Findings that stand, by impact. */
  findings: z.partialRecord(Impact, z.number()),
  /** Absent when nobody was asked. */
  model: z.string().optional(),
  /** US$, when it was asked. */
  cost: z.number().optional(),
  /** Why it failed. */
  reason: z.string().optional(),
  /** On the disk. */
  bytes: z.number(),
};

/** A run in a list. */
export const RunSummary = z.object({
  /** The run's key; of an old run, the name that it had then. */
  id: z.string().regex(/^([a-z]+-)?[0-9a-f]{64}$/),
  ...common,
  pictures: z.tuple([PictureId], PictureId),
  state: z.enum(runStates),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** A run in the index of an older version, as a summary. */
export const OldRunLine = z
  .object({
    type: z.literal("run"),
    id: z.string().regex(/^[a-z]+-[0-9a-f]{64}$/),
    ...common,
    sha256: PictureId,
  })
  .transform(({ sha256, ...run }): RunSummary & { type: "run" } => ({
    ...run,
    pictures: [sha256],
    state: "old",
  }));

/** The findings that stand, counted by impact. */
export function countsOf({ findings }: Report): RunSummary["findings"] {
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
  {
    settings,
    runKey: id,
    pictures,
    response,
    report,
  }: Pick<RunResult, "settings" | "runKey" | "pictures" | "response" | "report">,
  bytes: number,
): RunSummary {
  const [first, ...others] = pictures;
  return {
    id,
    workflow: settings.workflow,
    name: first.picture.name,
    pictures: [first.id, ...others.map((picture) => picture.id)],
    ...(first.uri === undefined ? {} : { source: first.uri }),
    time: new Date().toISOString(),
    state: needsReview(report) ? "review" : "done",
    findings: countsOf(report),
    ...(response ? { model: response.model } : {}),
    ...(response?.cost === undefined || response.cachedAt ? {} : { cost: response.cost }),
    bytes,
  };
}

/** The file that a run's first picture is in. */
export const fileOf = ({ pictures: [first] }: Pick<RunSummary, "pictures">): string => fileHash(first);
