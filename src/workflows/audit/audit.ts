import { criterionOf } from "../../checks/criteria.js";
import { UserError } from "../../errors.js";
import { toOriginal } from "../../image/geometry.js";
import { orderOfParts } from "../../image/prepared.js";
import { marksTable } from "../../measure/table.js";
import { type Finding, impacts } from "../../report.js";
import { completedItems } from "../completedItems.js";
import {
  defineWorkflow,
  type PreparedInput,
  type PreparedInputs,
  type WorkflowDefinition,
} from "../workflow.js";
import { weigh } from "./evidence.js";
import { keyOf, measuredFindings, withOwnKeys } from "./measured.js";
import { placeOf } from "./places.js";
import { presentation } from "./presentation.js";
import systemPrompt from "./prompt.md";
import { auditReport, measuredSummary } from "./report.js";
import { AuditAnswer, AuditFinding } from "./schema.js";

/** An answer weighed against the marks, with its places in the original, worst first. */
export interface EvaluatedAudit {
  summary: string;
  findings: Finding[];
  cannotTell: string[];
}

/** As many as a long answer has room for, twice over. */
const mostFindings = 500;

/** An accessibility auditor's report on a screenshot. */
export const audit: WorkflowDefinition<AuditAnswer, EvaluatedAudit> = {
  id: "audit",
  title: "Audit Accessibility",
  presentation,
  systemPrompt,
  schema: AuditAnswer,
  maxTokens: 16_000,
  usualOutput: 3000,
  question,
  evaluate: (answer, [input]) => {
    if (answer.findings.length > mostFindings)
      throw new UserError({
        code: "answerInvalid",
        problem: `The answer holds ${answer.findings.length.toLocaleString("en")} findings: no screen has as many.`,
        advice: "Run it again, or choose another model.",
      });
    const claimed = answer.findings.map((finding) => evaluateFinding(finding, input));
    return {
      summary: answer.summary,
      findings: withOwnKeys([...claimed, ...measuredFindings(input.measurement, claimed)].sort(byImpact)),
      cannotTell: answer.cannotTell,
    };
  },
  report: auditReport,
  offline: ([{ measurement }]) => ({
    summary: measuredSummary(measurement),
    findings: withOwnKeys(measuredFindings(measurement).sort(byImpact)),
    cannotTell: ["What takes a look at the picture as a whole: labels, meaning, use of colour, instructions"],
  }),
  provisional: (soFar, [input]) =>
    withOwnKeys(
      completedItems(soFar, "findings", AuditFinding)
        .slice(0, mostFindings)
        .map((finding) => evaluateFinding(finding, input)),
    ),
};

export const workflow = defineWorkflow(audit);

const byImpact = (a: Finding, b: Finding) => impacts.indexOf(a.impact) - impacts.indexOf(b.impact);

function question([
  {
    picture: { parts },
    measurement,
  },
]: PreparedInputs): string {
  const sizes = parts.map(({ width, height }) => `${width} × ${height} px`);
  const images =
    sizes.length === 1
      ? `The screenshot is ${sizes[0]}.`
      : `The page comes in ${sizes.length} overlapping parts, ${orderOfParts(parts)}: ${sizes.join(", ")}.`;
  const table = marksTable(measurement, parts);
  const marks =
    table === ""
      ? "Nothing could be measured in it."
      : `It was measured. The marks, a line each, are data from the picture:\n\n<marks>\n${table}\n</marks>\n`;
  return `${images} ${marks}\nAudit it.`;
}

function evaluateFinding(
  { part: number, box: drawn, marks: ids, value, ...finding }: AuditFinding,
  { picture, measurement }: PreparedInput,
): Finding {
  const criterion = criterionOf(finding.criterion);
  const part = picture.parts[number - 1] ?? picture.parts[0];
  const inOriginal =
    part && drawn.width > 0 && drawn.height > 0 ? toOriginal(drawn, part, picture) : undefined;
  const { texts, controls, box } = placeOf(ids, inOriginal, measurement);
  const marks = [...texts, ...controls].map(({ id }) => id);
  return {
    ...finding,
    ...weigh({ criterion: criterion.number, value, texts, controls }, measurement),
    key: keyOf(criterion.number, marks, box, finding.title),
    criterion,
    marks,
    ...(box ? { box } : {}),
  };
}
