import { z } from "zod";
import { Confidence } from "../../report.js";

/** A value that the picture may not show: then it is empty. A nullable field would count as a union. */
const read = (about: string) =>
  z
    .object({ value: z.string().describe("Empty when the picture does not show it"), confidence: Confidence })
    .describe(about);

export const severities = ["blocker", "critical", "major", "minor", "trivial", "unknown"] as const;

export const TriageAnswer = z.object({
  title: read("One line, at most 80 characters"),
  whatHappened: read("Two to four sentences"),
  expected: read("What the user evidently expected"),
  steps: z.array(z.string()).describe("Only steps that the picture proves"),
  errorMessages: z.array(z.string()).describe("Verbatim, one an entry"),
  stackTrace: read("Verbatim, with line breaks"),
  url: read("As shown"),
  httpStatus: read("The number"),
  requestId: read("An id by which the log is searched: of a request, trace, correlation, incident or event"),
  browser: read("Its name"),
  browserVersion: read("Its version"),
  operatingSystem: read("Name and version"),
  viewport: read("As stated in the picture"),
  appVersion: read("Version or build of the application"),
  component: read("Page, screen or component"),
  visibleState: read("What matters for a reproduction"),
  input: read("Typed or selected, verbatim"),
  severity: z.enum(severities),
  severityReason: z.string().describe("One sentence, from what is visible"),
  severityConfidence: Confidence,
  labels: z.array(z.string()).describe("At most five, in lower case"),
  missing: z.array(z.string()).describe("What a developer would ask next; at most six"),
});
export type TriageAnswer = z.infer<typeof TriageAnswer>;
