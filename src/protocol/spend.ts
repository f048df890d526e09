import { z } from "zod";
import { Report } from "../report.js";

/** Messages between the view of what was spent and the host. Both ends parse what they receive with these. */

/** What was asked on one day, by one workflow, of one model. */
export const SpendRow = z.object({
  /** As 2026-03-12. */
  day: z.string(),
  workflow: Report.shape.workflow,
  model: z.string(),
  requests: z.number(),
  /** Tokens, by kind. */
  input: z.number(),
  cacheWrite: z.number(),
  cacheRead: z.number(),
  output: z.number(),
  thinking: z.number(),
  visualTokens: z.number(),
  /** US$ that are known, and that may come to it. */
  cost: z.number(),
  open: z.number(),
});
export type SpendRow = z.infer<typeof SpendRow>;

export const ToSpend = z.object({
  type: z.literal("spend"),
  rows: z.array(SpendRow),
  /** Of today. US$; absent when there is none. */
  budget: z.number().optional(),
  today: z.string(),
  /** What stands out, a sentence each. */
  warnings: z.array(z.string()),
  pricesAsOf: z.string(),
});
export type ToSpend = z.infer<typeof ToSpend>;

export const FromSpend = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("export") }),
  z.object({ type: z.literal("raiseBudget") }),
]);
export type FromSpend = z.infer<typeof FromSpend>;
