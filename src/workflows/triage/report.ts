import type { Field } from "../../report.js";
import type { OwnReport, PreparedInputs } from "../workflow.js";
import type { EvaluatedTriage, Read } from "./triage.js";

const readFields: ReadonlyArray<[string, (evaluated: EvaluatedTriage) => Read]> = [
  ["Title", ({ title }) => title],
  ["What happened", ({ whatHappened }) => whatHappened],
  ["Expected", ({ expected }) => expected],
  ["Error messages", ({ errorMessages }) => sure(errorMessages.join("\n"))],
  ["Stack trace", ({ stackTrace }) => stackTrace],
  ["Steps seen", ({ steps }) => sure(steps.map((step, at) => `${at + 1}. ${step}`).join("\n"))],
  ["Address", ({ url }) => url],
  ["HTTP status", ({ httpStatus }) => httpStatus],
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
    ({ severity, severityReason }) => sure(`${severity}${severityReason && ` — ${severityReason}`}`),
  ],
  ["Labels", ({ labels }) => sure(labels.join(", "))],
];

const sure = (value: string): Read => (value === "" ? null : { value, confidence: "high" });

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
