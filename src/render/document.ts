import type { Document, Report } from "../report.js";
import { reportToMarkdown } from "./markdown.js";

/** The text of a report that is inserted, copied and saved: its own document, or the report as Markdown. */
export function documentOf(report: Report): Document {
  return (
    report.documents[0] ?? {
      title: "Report",
      language: "markdown",
      ending: "md",
      text: reportToMarkdown(report),
    }
  );
}
