import { type Grid, type GridCell, pathWords, unsureCells } from "../../report.js";
import type { Overview } from "../overview.js";

/** What a cell of a sheet holds. */
export type SheetValue = string | number | boolean | null;

/** A table over all documents. */
export interface Sheet {
  name: string;
  columns: string[];
  rows: SheetValue[][];
}

/** The columns that every sheet begins with, and those that the documents' own sheet ends with. */
const documentColumn = "document";
const closing = ["unsure", "error"] as const;

/**
 * The data of all documents as sheets: one with a row for each document, with what stands in it once, and one for each
 * list. A document that failed has a row with its error.
 */
export function sheetsOf({ pictures }: Pick<Overview, "pictures">): Sheet[] {
  const documents = pictures.map(({ path, report, reason }) => ({ path, grid: report?.grid, reason }));
  const fields = unique(documents.flatMap(({ grid }) => grid?.fields.map(({ path }) => path) ?? []));
  const own: Sheet = {
    name: "documents",
    columns: [documentColumn, ...fields.map(columnName), ...closing],
    rows: documents.map(({ path, grid, reason }) => [
      path,
      ...fields.map((field) => valueIn(grid?.fields.find((cell) => cell.path === field))),
      grid ? unsureIn(grid) : "",
      reason ?? "",
    ]),
  };
  const lists = unique(documents.flatMap(({ grid }) => grid?.tables.map((table) => table.path) ?? []));
  const tables = lists.map((list): Sheet => {
    const found = documents.flatMap(({ path, grid }) =>
      (grid?.tables ?? []).filter((table) => table.path === list).map((table) => ({ path, table })),
    );
    const columns = unique(found.flatMap(({ table }) => table.columns));
    return {
      name: columnName(list),
      columns: [documentColumn, ...columns],
      rows: found.flatMap(({ path, table }) =>
        table.rows.map((row) => [path, ...columns.map((name) => valueIn(row[table.columns.indexOf(name)]))]),
      ),
    };
  });
  return [own, ...tables];
}

/**
 * The same as one sheet, for formats that hold no more: a row a document, its lists as JSON; of documents that are
 * nothing but one list, the rows of that list.
 */
export function oneSheetOf(overview: Pick<Overview, "pictures">): Sheet {
  const [own, ...lists] = sheetsOf(overview);
  const [list] = lists;
  const hasFailed = overview.pictures.some(({ reason }) => reason !== undefined);
  const hasFields = overview.pictures.some(({ report }) => (report?.grid?.fields.length ?? 0) > 0);
  if (!own) throw new Error("There is a sheet of the documents, even of none");
  if (list && lists.length === 1 && !hasFields && !hasFailed) return list;
  const cells = overview.pictures.map(({ report }) =>
    lists.map(({ name }) => {
      const rows = report?.grid?.tables.find(({ path }) => columnName(path) === name);
      return rows ? JSON.stringify(rows.rows.map((row) => objectOf(rows.columns, row))) : null;
    }),
  );
  const before = own.columns.length - closing.length;
  return {
    name: own.name,
    columns: own.columns.toSpliced(before, 0, ...lists.map(({ name }) => name)),
    rows: own.rows.map((row, index) => row.toSpliced(before, 0, ...(cells[index] ?? []))),
  };
}

const objectOf = (columns: readonly string[], row: readonly GridCell[]) =>
  Object.fromEntries(columns.map((name, index) => [name, row[index]?.value ?? null]));

const valueIn = (cell: GridCell | undefined): SheetValue => {
  const value = cell?.value ?? null;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
};

/** The values of a document that a person should look at. */
const unsureIn = (grid: Grid): string =>
  unsureCells(grid)
    .map(({ path }) => path)
    .join(" ");

/** A JSON pointer as the name of a column: its keys with points between. */
const columnName = (pointer: string): string => pathWords(pointer, ".");

const unique = (values: readonly string[]): string[] => [...new Set(values)];
