import type { ResultKind } from "../report.js";
import type { RunResult } from "../store/runs/runResult.js";
import { workflowOf } from "../workflows/index.js";
import { summaryToCsv } from "./csv.js";
import { documentOf } from "./document.js";
import {
  gridToCsv,
  gridToJsonLines,
  gridToPython,
  gridToSql,
  gridToTsv,
  gridToTypeScript,
} from "./grid/texts.js";
import { gridToXlsx } from "./grid/xlsx.js";
import { summaryToHtml } from "./html.js";
import { runToJson } from "./json.js";
import { summaryToJunit } from "./junit.js";
import { reportToMarkdown } from "./markdown.js";
import { summaryToMarkdown } from "./markdownSummary.js";
import { type Overview, overviewOf, slim } from "./overview.js";
import { auditsToSarif } from "./sarif.js";

/** A way of writing results. A new one is a file of its own and one entry below. */
export interface Format {
  id: string;
  /** As a menu names it. */
  title: string;
  /** Of its files. */
  ending: string;
  /** The kinds of result that it can hold; absent: every kind. */
  kinds?: readonly ResultKind[];
  /** Whether it is no text. */
  isBinary?: true;
  /** One picture's result by itself; absent: it is written as a report on many is. */
  one?(result: RunResult): string;
  /** One report on many pictures; absent: each picture has its own. Bytes where it is no text. */
  many?(overview: Overview, hasBaseline: boolean): string | Uint8Array;
}

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** All formats, in the order in which they are offered. */
export const formats: readonly Format[] = [
  {
    id: "markdown",
    title: "Markdown",
    ending: "md",
    one: ({ report }) => reportToMarkdown(report),
    many: summaryToMarkdown,
  },
  { id: "json", title: "JSON", ending: "json", one: (result) => toJson(runToJson(result)) },
  { id: "html", title: "HTML", ending: "html", many: summaryToHtml },
  {
    id: "csv",
    title: "CSV",
    ending: "csv",
    many: (overview) => (holdsData(overview) ? gridToCsv(overview) : summaryToCsv(overview)),
  },
  {
    id: "sarif",
    title: "SARIF",
    ending: "sarif",
    kinds: ["findings", "comparison"],
    many: (overview, hasBaseline) => toJson(auditsToSarif(overview, __VERSION__, hasBaseline, __ADDRESS__)),
  },
  {
    id: "junit",
    title: "JUnit XML",
    ending: "xml",
    kinds: ["findings", "comparison"],
    many: summaryToJunit,
  },
  {
    id: "text",
    title: "Text",
    ending: "txt",
    kinds: ["graph", "text"],
    one: ({ report }) => documentOf(report).text,
  },
  { id: "tsv", title: "TSV", ending: "tsv", kinds: ["grid"], many: gridToTsv },
  { id: "jsonl", title: "JSON Lines", ending: "jsonl", kinds: ["grid"], many: gridToJsonLines },
  { id: "xlsx", title: "Excel", ending: "xlsx", kinds: ["grid"], isBinary: true, many: gridToXlsx },
  { id: "typescript", title: "TypeScript", ending: "ts", kinds: ["grid"], many: gridToTypeScript },
  { id: "python", title: "Python", ending: "py", kinds: ["grid"], many: gridToPython },
  { id: "sql", title: "SQL", ending: "sql", kinds: ["grid"], many: gridToSql },
];

const holdsData = ({ workflow }: Overview): boolean => workflowOf(workflow).presentation.result === "grid";

/** Those that can be shown, copied and read by an agent. */
export const textFormats = formats.filter(({ isBinary }) => !isBinary);

/** @throws Error when there is none of this name, which whoever reads it from outside makes sure of */
export function formatNamed(id: string): Format {
  const format = formats.find((one) => one.id === id);
  if (!format) throw new Error(`There is no format ${id}`);
  return format;
}

/** Whether a format can hold the results of a workflow. */
export const holds = ({ kinds }: Format, workflow: string): boolean =>
  kinds?.includes(workflowOf(workflow).presentation.result) ?? true;

/** The formats that hold one report on many results of a workflow. */
export const summaryFormats = (workflow: string): Format[] =>
  formats.filter((format) => format.many !== undefined && holds(format, workflow));

/**
 * One picture's result in a format.
 *
 * @param path of the picture, as a report says it
 */
export function renderOne(format: Format, result: RunResult, path: string): string | Uint8Array {
  if (format.one) return format.one(result);
  const { report, pictures } = result;
  const outcome = { path, sha256: pictures[0].picture.sha256, state: "done" as const, report: slim(report) };
  return format.many?.(overviewOf(report.workflow, [outcome]), false) ?? "";
}

/**
 * The same in one of `textFormats`.
 *
 * @throws Error for another
 */
export function renderText(format: Format, result: RunResult, path: string): string {
  const written = renderOne(format, result, path);
  if (typeof written !== "string") throw new Error(`${format.id} is no text`);
  return written;
}
