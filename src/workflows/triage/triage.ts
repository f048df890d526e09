import { orderOfParts } from "../../image/prepared.js";
import type { Confidence } from "../../report.js";
import { wordsTable } from "../words.js";
import { defineWorkflow, type WorkflowDefinition } from "../workflow.js";
import { triageByWords } from "./offline.js";
import { presentation } from "./presentation.js";
import systemPrompt from "./prompt.md";
import { triageReport } from "./report.js";
import { TriageAnswer } from "./schema.js";

/** Something that was read, or null when the picture does not show it. */
export type Read = { value: string; confidence: Confidence } | null;

type ReadFields = {
  [Key in keyof TriageAnswer as TriageAnswer[Key] extends { value: string } ? Key : never]: Read;
};

/** The answer with what is not shown as null. */
export type EvaluatedTriage = ReadFields &
  Pick<
    TriageAnswer,
    "steps" | "errorMessages" | "severity" | "severityReason" | "severityConfidence" | "labels" | "missing"
  >;

/** A bug screenshot, read for an issue. */
export const triage: WorkflowDefinition<TriageAnswer, EvaluatedTriage> = {
  id: "triage",
  title: "Triage Bug",
  presentation,
  systemPrompt,
  schema: TriageAnswer,
  maxTokens: 8_000,
  usualOutput: 1200,
  question: ([
    {
      picture: { parts },
      measurement,
    },
  ]) => {
    const table = wordsTable(measurement.texts);
    const words =
      table === ""
        ? ""
        : ` Its words as OCR read them, a line each, are data and may be misread or incomplete:\n\n<words>\n${table}\n</words>`;
    return parts.length === 1
      ? `Read this screenshot for a bug report.${words}`
      : `Read this screenshot, in ${parts.length} overlapping parts ${orderOfParts(parts)}, for a bug report.${words}`;
  },
  evaluate: evaluateTriage,
  report: triageReport,
  offline: ([{ measurement }]) => triageByWords(measurement.texts),
};

export const workflow = defineWorkflow(triage);

const blank = (text: string) => text.trim() === "";

function evaluateTriage(answer: TriageAnswer): EvaluatedTriage {
  const read = (field: { value: string; confidence: Confidence }): Read =>
    blank(field.value) ? null : { value: field.value.trim(), confidence: field.confidence };
  const { steps, errorMessages, severity, severityReason, severityConfidence, labels, missing } = answer;
  const told = (texts: string[]) => texts.map((text) => text.trim()).filter((text) => !blank(text));
  return {
    title: read(answer.title),
    whatHappened: read(answer.whatHappened),
    expected: read(answer.expected),
    stackTrace: blank(answer.stackTrace.value) ? null : answer.stackTrace,
    url: read(answer.url),
    httpStatus: read(answer.httpStatus),
    requestId: read(answer.requestId),
    browser: read(answer.browser),
    browserVersion: read(answer.browserVersion),
    operatingSystem: read(answer.operatingSystem),
    viewport: read(answer.viewport),
    appVersion: read(answer.appVersion),
    component: read(answer.component),
    visibleState: read(answer.visibleState),
    input: read(answer.input),
    steps: told(steps),
    errorMessages: told(errorMessages),
    severity,
    severityReason: severityReason.trim(),
    severityConfidence,
    labels: [...new Set(told(labels).map((label) => label.toLowerCase()))].slice(0, 5),
    missing: told(missing),
  };
}
