import { type GridCell, unsureCells } from "../../report.js";
import type { OwnReport, PreparedInputs } from "../workflow.js";
import type { ExtractedData } from "./extract.js";
import { gridToMarkdown } from "./markdown.js";

/** Doubts are listed up to this many; the rest are counted. */
const mostListed = 100;

export function extractReport(
  { title, grid, absent, misplaced }: ExtractedData,
  [{ picture }]: PreparedInputs,
): OwnReport {
  const cells = [...grid.fields, ...grid.tables.flatMap(({ rows }) => rows.flat())].filter(
    ({ text }) => text !== "",
  );
  const doubtful = unsureCells(grid);
  const failed = grid.checks.filter(({ holds }) => !holds);
  const estimated = grid.tables.filter(({ isEstimated }) => isEstimated).length;
  return {
    workflow: "extract",
    title: title === "" ? `Data of ${picture.name}` : title,
    summary: summaryOf(cells, grid.checks.length - failed.length, failed.length),
    findings: [],
    fields: doubtful
      .slice(0, mostListed)
      .map((cell) => ({ label: cell.path, value: doubtWords(cell), confidence: "low" })),
    documents: [
      { title: "Data", language: "markdown", ending: "md", text: gridToMarkdown(grid) },
      { title: "JSON", language: "json", ending: "json", text: `${JSON.stringify(grid.data, null, 2)}\n` },
    ],
    grid,
    notJudged: [
      ...failed.map(({ words }) => words),
      ...(doubtful.length > mostListed
        ? [`${doubtful.length - mostListed} more values that OCR does not confirm`]
        : []),
      ...absent.map((path) => `${path} is not in the picture`),
      ...misplaced.map((path) => `${path} names no place for a value, and was left out`),
      ...(estimated > 0 ? ["Numbers that are read off a chart's axes are estimates"] : []),
    ],
    notes: picture.notes,
  };
}

function doubtWords({ text, other, evidence }: GridCell): string {
  if (evidence === "contradicted") return `Claude: “${text}” · OCR: “${other ?? ""}”`;
  if (evidence === "absent") return `Claude: “${text}” · nothing is printed there`;
  return `Claude: “${text}”, unsure`;
}

function summaryOf(cells: readonly GridCell[], hold: number, fail: number): string {
  if (cells.length === 0) return "No values were found in the picture.";
  const number = (evidence: GridCell["evidence"]) =>
    cells.filter((cell) => cell.evidence === evidence).length;
  const parts = [
    `OCR confirms ${number("confirmed")}`,
    ...(number("contradicted") > 0 ? [`reads ${number("contradicted")} differently`] : []),
    ...(number("absent") > 0 ? [`finds nothing at the place of ${number("absent")}`] : []),
    ...(number("seen") > 0 ? [`cannot tell of ${number("seen")}`] : []),
  ];
  const sums = hold + fail === 0 ? "" : ` ${hold} of ${hold + fail} checks of sums and check digits hold.`;
  return `${cells.length} ${cells.length === 1 ? "value" : "values"}: ${parts.join(", ")}.${sums}`;
}
