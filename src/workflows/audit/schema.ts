import { z } from "zod";
import { criteria } from "../../checks/criteria.js";
import { Confidence, Impact } from "../../report.js";

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
    .describe("In pixels of that part; all 0 when there is no place"),
  marks: z
    .array(z.string())
    .describe("The ids of the marks that fail, such as T4 or C2; empty when no mark fits"),
  value: z
    .number()
    .describe("The contrast ratio, or the smaller side in CSS px, that you claim; 0 when you claim neither"),
  problem: z.string(),
  affected: z.string().describe("Who is affected, and how"),
  fix: z.string().describe("One concrete change"),
  confidence: Confidence,
});
export type AuditFinding = z.infer<typeof AuditFinding>;

export const AuditAnswer = z.object({
  summary: z.string(),
  findings: z.array(AuditFinding),
  cannotTell: z.array(z.string()).describe("What this picture cannot show and would be worth testing"),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;
