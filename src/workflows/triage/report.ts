import type { Field } from "../../report.js";
import type { OwnReport, PreparedInput } from "../workflow.js";
import type { JudgedTriage, Read } from "./triage.js";

const readFields: ReadonlyArray<[string, (judged: JudgedTriage) => Read]> = [
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

export function triageReport(judged: JudgedTriage, { picture }: PreparedInput): OwnReport {
  return {
    workflow: "triage",
    title: `Bug triage of ${picture.name}`,
    summary:
      judged.whatHappened?.value ?? judged.title?.value ?? "The picture shows no bug that could be read.",
    findings: [],
    fields: readFields.flatMap(([label, pick]): Field[] => {
      const field = pick(judged);
      return field ? [{ label, ...field }] : [];
    }),
    documents: [],
    notJudged: judged.missing,
    notes: picture.notes,
  };
}
