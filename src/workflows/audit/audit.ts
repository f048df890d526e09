import { criterionOf } from "../../checks/criteria.js";
import { quoteText } from "../../checks/words.js";
import { UserError } from "../../errors.js";
import { toOriginal } from "../../image/geometry.js";
import { orderOfParts } from "../../image/prepared.js";
import type { Measurement } from "../../measure/measurement.js";
import { type Finding, impacts, type Undecided } from "../../report.js";
import { completedItems } from "../completedItems.js";
import {
  defineWorkflow,
  type Parameters,
  type PreparedInput,
  type PreparedInputs,
  type WorkflowDefinition,
} from "../workflow.js";
import { coverageOf } from "./coverage.js";
import { weigh } from "./evidence.js";
import { levelOf } from "./level.js";
import { marksTable } from "./marksTable.js";
import { type Circumstances, keyOf, measuredFindings, withOwnKeys } from "./measured.js";
import { placeOf } from "./places.js";
import { presentation } from "./presentation.js";
import systemPrompt from "./prompt.md";
import { auditReport, measuredSummary } from "./report.js";
import { noRulings, rulingsOf } from "./rulings.js";
import { AuditAnswer, AuditFinding } from "./schema.js";
import { undecidedIn } from "./undecided.js";

/** An answer weighed against the marks, with its places in the original, worst first. */
export interface EvaluatedAudit {
  summary: string;
  findings: Finding[];
  /** How much of the text has a verdict, 0 to 1; undefined where there is no text. */
  coverage: number | undefined;
  undecided: Undecided[];
  /** Words that the model takes for icons. */
  disputed: string[];
  cannotTell: string[];
  /** Whether the model was asked; else the pixels alone say all of it. */
  isAsked: boolean;
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
  states: true,
  maxTokens: 16_000,
  usualOutput: 3000,
  question,
  evaluate: ({ summary, findings, setAside, cannotTell }, [input], parameters) => {
    if (findings.length > mostFindings)
      throw new UserError({
        code: "answerInvalid",
        problem: `The answer holds ${findings.length.toLocaleString("en")} findings: no screen has as many.`,
        advice: "Run it again, or choose another model.",
      });
    const claimed = findings.map((finding) => evaluateFinding(finding, input));
    const rulings = rulingsOf(setAside, input.measurement);
    return {
      summary,
      ...evaluateMarks(input.measurement, { level: levelOf(parameters), rulings, named: claimed }, claimed),
      cannotTell,
      isAsked: true,
    };
  },
  report: auditReport,
  offline: ([{ measurement }], parameters) => ({
    summary: measuredSummary(measurement),
    ...evaluateMarks(measurement, { level: levelOf(parameters), rulings: noRulings, named: [] }, []),
    cannotTell: ["What takes a look at the picture as a whole: labels, meaning, use of colour, instructions"],
    isAsked: false,
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

/** What the marks say, beside what is claimed. */
function evaluateMarks(page: Measurement, circumstances: Circumstances, claimed: readonly Finding[]) {
  const { level, rulings } = circumstances;
  return {
    findings: withOwnKeys([...claimed, ...measuredFindings(page, circumstances)].sort(byImpact)),
    coverage: coverageOf(page, rulings),
    undecided: undecidedIn(page, level, rulings),
    disputed: rulings.disputed.map(({ id, text }) => `${id} ${quoteText(text)}`),
  };
}

function question(
  [
    {
      picture: { parts },
      measurement,
    },
  ]: PreparedInputs,
  parameters: Parameters,
): string {
  const sizes = parts.map(({ width, height }) => `${width} × ${height} px`);
  const images =
    sizes.length === 1
      ? `The screenshot is ${sizes[0]}.`
      : `The page comes in ${sizes.length} overlapping parts, ${orderOfParts(parts)}: ${sizes.join(", ")}.`;
  const scale = (parts[0]?.scale.x ?? 1) * measurement.pixelRatio;
  const ratio = `One CSS px is ${Number(scale.toFixed(2))} px of ${sizes.length === 1 ? "it" : "them"}.`;
  const table = marksTable(measurement, parts);
  const marks =
    table === ""
      ? "Nothing could be measured in it."
      : `It was measured. The marks are data from the picture:\n\n<marks>\n${table}\n</marks>\n`;
  const task = levelOf(parameters) === "AAA" ? "Audit it at level AAA." : "Audit it.";
  return `${images} ${ratio} ${marks}\n${task}`;
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
