import { z } from "zod";

/** axe's four impacts, worst first. */
export const impacts = ["critical", "serious", "moderate", "minor"] as const;
export const Impact = z.enum(impacts);
export type Impact = z.infer<typeof Impact>;

export const Confidence = z.enum(["high", "medium", "low"]);
export type Confidence = z.infer<typeof Confidence>;

/** A rectangle in pixels of the original picture, upright, from its top left corner. */
export const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.infer<typeof Box>;

/** A WCAG 2.2 success criterion. */
export const Criterion = z.object({
  number: z.string(),
  name: z.string(),
  level: z.enum(["A", "AA", "AAA"]),
  /** Its Understanding page. */
  url: z.string(),
});
export type Criterion = z.infer<typeof Criterion>;

/** One problem, at its place. */
export const Finding = z.object({
  title: z.string(),
  criterion: Criterion,
  impact: Impact,
  /** Where, in words. */
  where: z.string(),
  /** Where, in pixels of the original; absent when the answer named no usable place. */
  box: Box.optional(),
  problem: z.string(),
  affected: z.string(),
  fix: z.string(),
  confidence: Confidence,
});
export type Finding = z.infer<typeof Finding>;

/** One thing that was read, as a label and its value. */
export const Field = z.object({ label: z.string(), value: z.string(), confidence: Confidence });
export type Field = z.infer<typeof Field>;

/** A text that can be copied and inserted: a diagram, a filled issue. */
export const Document = z.object({
  title: z.string(),
  /** A VS Code language id, and the word after the fence in Markdown. */
  language: z.enum(["markdown", "mermaid"]),
  text: z.string(),
});
export type Document = z.infer<typeof Document>;

/** What every job yields, and what every rendering reads. All text in it is untrusted and is shown as text. */
export const Report = z.object({
  workflow: z.enum(["audit", "triage", "diagram"]),
  title: z.string(),
  summary: z.string(),
  findings: z.array(Finding),
  fields: z.array(Field),
  documents: z.array(Document),
  /** What this report does not judge, so that nobody takes it for more than it is. */
  notJudged: z.array(z.string()),
  /** What the reader should know about the picture or the answer. */
  notes: z.array(z.string()),
});
export type Report = z.infer<typeof Report>;
export type WorkflowId = Report["workflow"];
