import { z } from "zod";
import { criteria } from "../../checks/criteria.js";
import { Aside, Confidence, Impact } from "../../report.js";

export const AuditFinding = z.object({
  title: z.string().describe("The problem and the element, in a few words"),
  criterion: z
    .enum([...criteria.keys()])
    .describe("The number of the one WCAG 2.2 success criterion that fails"),
  impact: Impact,
  where: z.string().describe("Where it is, in words that a colleague would use on the phone"),
  part: z.number().int().describe("The number of the part that shows it, from 1"),
  box: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .describe("Of the clearest example, in pixels of that part; all 0 when there is no place"),
  marks: z
    .array(z.string())
    .describe("The ids of all marks that fail so, such as T4 or C2; empty when no mark fits"),
  value: z
    .number()
    .describe(
      "The contrast ratio, or the smaller side in CSS px, of the worst of them; 0 when it is about neither",
    ),
  problem: z.string(),
  affected: z.string().describe("Who is affected, and how"),
  fix: z.string().describe("One concrete change"),
  confidence: Confidence,
});
export type AuditFinding = z.infer<typeof AuditFinding>;

/** Marks of which less is asked than of others, or which are no text. */
export const AuditAside = z.object({
  marks: z.array(z.string()).describe("The ids of the marks"),
  reason: Aside,
});

export const AuditAnswer = z.object({
  summary: z.string(),
  setAside: z.array(AuditAside).describe("One entry a reason; empty when there are none"),
  findings: z.array(AuditFinding),
  cannotTell: z.array(z.string()).describe("What this picture cannot show and would be worth testing"),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;
