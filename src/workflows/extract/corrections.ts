import { keysOf, pointerOf } from "./pointer.js";
import type { ExtractAnswer, ExtractedTable } from "./schema.js";

/** The keys of a table's column below each of its rows; a list of plain values has none. */
export const columnKeys = ({ columns }: Pick<ExtractedTable, "columns">, name: string): string[] =>
  name === "value" && columns.length === 1 ? [] : name.split("/");

/** Every printed text of an answer by the JSON pointer of its value. */
export function textsOf({ values, tables }: ExtractAnswer): Map<string, string> {
  const texts = new Map(values.map(({ path, text }) => [path, text]));
  for (const table of tables)
    for (const [row, { cells }] of table.rows.entries())
      for (const [column, { name }] of table.columns.entries())
        texts.set(cellPath(table, row, name), cells[column] ?? "");
  return texts;
}

export const cellPath = (table: ExtractedTable, row: number, column: string): string =>
  pointerOf([...(keysOf(table.path) ?? []), String(row), ...columnKeys(table, column)]);

/** An answer with another text at a place, where there is one. */
export function withText(answer: ExtractAnswer, path: string, text: string): ExtractAnswer {
  return {
    ...answer,
    values: answer.values.map((value) => (value.path === path ? { ...value, text } : value)),
    tables: answer.tables.map((table) => ({
      ...table,
      rows: table.rows.map((line, row) => ({
        ...line,
        cells: table.columns.map(({ name }, column) =>
          cellPath(table, row, name) === path ? text : (line.cells[column] ?? ""),
        ),
      })),
    })),
  };
}

/** The places at which two answers say something else. */
export function differences(first: ExtractAnswer, second: ExtractAnswer): string[] {
  const [before, after] = [textsOf(first), textsOf(second)];
  return [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
}
