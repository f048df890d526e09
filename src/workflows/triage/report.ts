import type { Field } from "../../report.js";
import type { OwnReport, PreparedInputs } from "../workflow.js";
import type { EvaluatedTriage, Read } from "./triage.js";

const readFields: ReadonlyArray<[string, (evaluated: EvaluatedTriage) => Read]> = [
  ["Title", ({ title }) => title],
  ["What happened", ({ whatHappened }) => whatHappened],
  ["Expected", ({ expected }) => expected],
  ["Error messages", ({ errorMessages }) => verbatim(errorMessages.join("\n"))],
  ["Stack trace", ({ stackTrace }) => stackTrace],
  ["Steps seen", ({ steps }) => verbatim(steps.map((step, index) => `${index + 1}. ${step}`).join("\n"))],
  ["Address", ({ url }) => url],
  ["HTTP status", ({ httpStatus }) => httpStatus],
  ["Request ID", ({ requestId }) => requestId],
  ["Browser", ({ browser }) => browser],
  ["Browser version", ({ browserVersion }) => browserVersion],
  ["Operating system", ({ operatingSystem }) => operatingSystem],
  ["Viewport", ({ viewport }) => viewport],
  ["Application version", ({ appVersion }) => appVersion],
  ["Page or component", ({ component }) => component],
  ["Visible state", ({ visibleState }) => visibleState],
  ["Input", ({ input }) => input],
  [
    "Severity",
    ({ severity, severityReason, severityConfidence }) => ({
      value: `${severity}${severityReason && ` — ${severityReason}`}`,
      confidence: severityConfidence,
    }),
  ],
  ["Labels", ({ labels }) => verbatim(labels.join(", "))],
];

/** Lists hold what is written in the picture, and say themselves what could not be read. */
const verbatim = (value: string): Read =>
  value === "" ? null : { value, confidence: value.includes("[unreadable]") ? "low" : "high" };

export function triageReport(evaluated: EvaluatedTriage, [{ picture }]: PreparedInputs): OwnReport {
  return {
    workflow: "triage",
    title: `Bug triage of ${picture.name}`,
    summary:
      evaluated.whatHappened?.value ??
      evaluated.title?.value ??
      "The picture shows no bug that could be read.",
    findings: [],
    fields: readFields.flatMap(([label, pick]): Field[] => {
      const field = pick(evaluated);
      return field ? [{ label, ...field }] : [];
    }),
    documents: [],
    notJudged: evaluated.missing,
    notes: picture.notes,
  };
}
