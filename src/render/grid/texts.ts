import { csv } from "../csv.js";
import type { Overview } from "../overview.js";
import { oneSheetOf, type Sheet, type SheetValue, sheetsOf } from "./sheets.js";

type Documents = Pick<Overview, "pictures">;

const text = (value: SheetValue): string => (value === null ? "" : String(value));

/** One row a document, its lists as JSON in a cell. */
export function gridToCsv(overview: Documents): string {
  const { columns, rows } = oneSheetOf(overview);
  return csv([columns, ...rows.map((row) => row.map(text))]);
}

/** The same with tabs, as spreadsheets paste it. */
export function gridToTsv(overview: Documents): string {
  const { columns, rows } = oneSheetOf(overview);
  return [columns, ...rows.map((row) => row.map(text))]
    .map((row) => `${row.map(tabCell).join("\t")}\n`)
    .join("");
}

/** On one line, and nothing that a spreadsheet would take for a formula. */
function tabCell(value: string): string {
  const line = value.replace(/\s+/g, " ");
  return /^\s*[=+\-@＝＋－＠]/.test(line) && !/^-?\d+(\.\d+)?$/.test(line) ? `'${line}` : line;
}

/** One document a line, or its error. */
export const gridToJsonLines = ({ pictures }: Documents): string =>
  pictures
    .map(({ path, report, reason }) =>
      JSON.stringify(
        report?.grid
          ? { document: path, ...valuesOf(report.grid.data) }
          : { document: path, error: reason ?? "" },
      ),
    )
    .map((line) => `${line}\n`)
    .join("");

const valuesOf = (data: unknown): object => (data !== null && typeof data === "object" ? data : {});

/** The data of all documents: of one, its own. */
function dataOf({ pictures }: Documents): unknown {
  const [only, ...more] = pictures.flatMap(({ report }) => (report?.grid ? [report.grid.data] : []));
  return only !== undefined && more.length === 0
    ? only
    : [only, ...more].filter((data) => data !== undefined);
}

export const gridToTypeScript = (overview: Documents): string =>
  `export const data = ${JSON.stringify(dataOf(overview), null, 2)};\n`;

export const gridToPython = (overview: Documents): string =>
  `data = ${pythonLiteral(dataOf(overview), "")}\n`;

function pythonLiteral(value: unknown, indent: string): string {
  const inner = `${indent}    `;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value))
    return value.length === 0
      ? "[]"
      : `[\n${value.map((one) => `${inner}${pythonLiteral(one, inner)},\n`).join("")}${indent}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value);
    return entries.length === 0
      ? "{}"
      : `{\n${entries.map(([key, one]) => `${inner}${JSON.stringify(key)}: ${pythonLiteral(one, inner)},\n`).join("")}${indent}}`;
  }
  // A JSON text is a Python text, too.
  return JSON.stringify(value);
}

/** A table a sheet, as standard SQL has it. */
export const gridToSql = (overview: Documents): string =>
  sheetsOf(overview)
    .filter(({ rows }) => rows.length > 0)
    .map(insertInto)
    .join("\n");

function insertInto({ name, columns, rows }: Sheet): string {
  const head = `INSERT INTO ${sqlName(name)} (${columns.map(sqlName).join(", ")}) VALUES`;
  return `${head}\n${rows.map((row) => `  (${row.map(sqlValue).join(", ")})`).join(",\n")};\n`;
}

const sqlName = (name: string): string => `"${name.replaceAll("\0", "").replaceAll('"', '""')}"`;

function sqlValue(value: SheetValue): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return typeof value === "number" ? String(value) : `'${value.replaceAll("\0", "").replaceAll("'", "''")}'`;
}
