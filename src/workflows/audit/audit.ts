import { toOriginal } from "../../image/geometry.js";
import { type Finding, impacts } from "../../report.js";
import { completedItems } from "../completedItems.js";
import type { PictureGeometry, Workflow } from "../workflow.js";
import { criteria } from "./criteria.js";
import systemPrompt from "./prompt.md";
import { auditReport } from "./report.js";
import { AuditAnswer, AuditFinding } from "./schema.js";

/** An answer with its places in the original, worst first. */
export interface JudgedAudit {
  summary: string;
  findings: Finding[];
  cannotTell: string[];
}

/** An accessibility auditor's report on a screenshot. */
export const audit: Workflow<AuditAnswer, JudgedAudit> = {
  id: "audit",
  title: "Audit Accessibility",
  systemPrompt,
  schema: AuditAnswer,
  detail: "text",
  maxTokens: 16_000,
  question,
  judge: (answer, picture) => ({
    summary: answer.summary,
    findings: answer.findings
      .map((finding) => judgeFinding(finding, picture))
      .sort((a, b) => impacts.indexOf(a.impact) - impacts.indexOf(b.impact)),
    cannotTell: answer.cannotTell,
  }),
  report: auditReport,
  provisional: (soFar, picture) =>
    completedItems(soFar, "findings", AuditFinding).map((finding) => judgeFinding(finding, picture)),
};

function question({ parts }: PictureGeometry): string {
  const sizes = parts.map(({ width, height }) => `${width} × ${height} px`);
  const images =
    sizes.length === 1
      ? `The screenshot is ${sizes[0]}.`
      : `The page comes in ${sizes.length} overlapping parts, from top to bottom: ${sizes.join(", ")}.`;
  return `${images} Audit it.`;
}

function judgeFinding({ part: number, box, ...finding }: AuditFinding, picture: PictureGeometry): Finding {
  const criterion = criteria.get(finding.criterion);
  if (!criterion) throw new Error(`The schema let an unknown criterion pass: ${finding.criterion}`);
  const part = picture.parts[number - 1] ?? picture.parts[0];
  const place = part && box.width > 0 && box.height > 0 ? toOriginal(box, part, picture) : undefined;
  return { ...finding, criterion, ...(place ? { box: place } : {}) };
}
