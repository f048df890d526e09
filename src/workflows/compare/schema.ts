import { z } from "zod";
import { Confidence, Substance } from "../../report.js";

const common = {
  what: z.string().describe("What it is, in a few words: “the Pay button”, “the order's total”"),
  change: z
    .string()
    .describe("What changed, in one plain sentence that a person would say: “It is green instead of blue.”"),
  substance: Substance,
  intent: z
    .string()
    .describe("What it is most likely meant for, in half a sentence; empty where nothing tells"),
  confidence: Confidence,
};

export const CompareAnswer = z.object({
  summary: z
    .string()
    .describe("Two to five sentences for a reviewer, the most important change first, ready to be pasted"),
  changes: z.array(
    z.object({
      regions: z
        .array(z.string())
        .describe("The ids of all regions that are this one change, such as D1 and D4; each id once in all"),
      ...common,
    }),
  ),
  seen: z
    .array(
      z.object({
        picture: z.enum(["before", "after"]).describe("The picture that shows it more clearly"),
        part: z.number().int().describe("The number of that picture's part, from 1"),
        box: z
          .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
          .describe("Where, in pixels of that part"),
        ...common,
      }),
    )
    .describe("Changes that you see and that no region shows; most often empty"),
});
export type CompareAnswer = z.infer<typeof CompareAnswer>;
