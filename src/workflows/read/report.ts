import type { Field } from "../../report.js";
import type { OwnReport, PreparedInputs } from "../workflow.js";
import { toMarkdown, toPlainText } from "./documents.js";
import type { ReadText } from "./read.js";

/** Differences are listed up to this many; the rest are counted. */
const mostListed = 100;

export function readReport(
  { blocks, lines }: ReadText,
  [{ picture, measurement }]: PreparedInputs,
): OwnReport {
  const different = lines.flatMap((line) =>
    "other" in line && line.other !== undefined ? [{ ...line, other: line.other }] : [],
  );
  const unread = measurement.texts.filter(({ text }) => text.trim() === "").length + measurement.unread;
  return {
    workflow: "read",
    title: `Text of ${picture.name}`,
    summary: summaryOf(lines, picture.format === "pdf"),
    findings: [],
    fields: different.slice(0, mostListed).map(
      ({ text, other, evidence }): Field => ({
        label: evidence === "contradicted" ? "Read differently" : "OCR is unsure",
        value: `Claude: “${text}” · OCR: “${other}”`,
        confidence: evidence === "contradicted" ? "low" : "medium",
      }),
    ),
    documents: [
      { title: "Text", language: "plaintext", ending: "txt", text: toPlainText(blocks) },
      { title: "Markdown", language: "markdown", ending: "md", text: toMarkdown(blocks) },
    ],
    notJudged: [
      ...(different.length > mostListed
        ? [`${different.length - mostListed} more lines that are read differently`]
        : []),
      ...(unread > 0
        ? [`${unread} ${unread === 1 ? "place" : "places"} that may hold text and could not be read by OCR`]
        : []),
    ],
    notes: picture.notes,
  };
}

/** @param isDocument whether the file holds words of its own, as pages do that are no scans */
function summaryOf(lines: ReadText["lines"], isDocument: boolean): string {
  if (lines.length === 0) return "No text was found in the picture.";
  const count = `${lines.length} ${lines.length === 1 ? "line" : "lines"}`;
  const number = (evidence: string) => lines.filter((line) => line.evidence === evidence).length;
  if (number("measured") === lines.length)
    return isDocument
      ? `${count}, from the document itself where it holds words, else read by OCR on this machine.`
      : `${count}, read by OCR on this machine.`;
  const parts = [
    `OCR agrees with ${number("confirmed")}`,
    ...(number("contradicted") > 0 ? [`reads ${number("contradicted")} differently`] : []),
    ...(number("seen") > 0 ? [`cannot tell of ${number("seen")}`] : []),
  ];
  return `${count}: ${parts.join(", ")}.`;
}
