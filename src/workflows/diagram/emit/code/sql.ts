import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { rowsOf } from "../labels.js";
import { indent } from "../names.js";
import { type Column, type ColumnType, databaseOf, type Relation, type Table } from "./entities.js";
import { isNamed } from "./identifiers.js";

/**
 * Writes PostgreSQL. Foreign keys come after all tables, so that tables may point at one another.
 *
 * @see https://www.postgresql.org/docs/current/sql-createtable.html
 */
export function emitSql(graph: Graph): Emitted {
  const warnings: string[] = [];
  const { tables, relations } = databaseOf(graph, { table: "snake", column: "snake" }, warnings);
  const blocks = [...tables.map(tableRows), ...(relations.length > 0 ? [relations.map(relationRow)] : [])];
  return { text: `${blocks.map((rows) => rows.join("\n")).join("\n\n")}\n`, warnings };
}

const name = (identifier: string): string => `"${identifier}"`;
const names = (columns: Column[]): string => columns.map((column) => name(column.name)).join(", ");

function tableRows(table: Table): string[] {
  const rows = [
    ...table.columns.map(columnRow),
    ...(table.key.length > 0 ? [`PRIMARY KEY (${names(table.key)})`] : []),
  ];
  const commented = table.columns.filter(({ comment }) => comment !== "");
  return [
    `CREATE TABLE ${name(table.name)} (`,
    ...indent(rows.map((row, at) => (at < rows.length - 1 ? `${row},` : row))),
    ");",
    ...(table.label.trim() === "" || isNamed(table.label, table.name)
      ? []
      : [`COMMENT ON TABLE ${name(table.name)} IS ${text(table.label)};`]),
    ...commented.map(
      (column) => `COMMENT ON COLUMN ${name(table.name)}.${name(column.name)} IS ${text(column.comment)};`,
    ),
  ];
}

function columnRow({ name: own, type, required, unique, generated }: Column): string {
  return [
    name(own),
    sqlTypes[type.name](type),
    ...(generated ? ["GENERATED ALWAYS AS IDENTITY"] : []),
    ...(required ? ["NOT NULL"] : []),
    ...(unique ? ["UNIQUE"] : []),
  ].join(" ");
}

const sqlTypes: Record<ColumnType["name"], (type: ColumnType) => string> = {
  text: ({ length }) => (length === undefined ? "text" : `varchar(${length})`),
  integer: () => "integer",
  bigint: () => "bigint",
  decimal: ({ length, scale }) => (length === undefined ? "numeric" : `numeric(${length}, ${scale ?? 0})`),
  float: () => "double precision",
  boolean: () => "boolean",
  date: () => "date",
  timestamp: () => "timestamptz",
  uuid: () => "uuid",
  json: () => "jsonb",
  bytes: () => "bytea",
};

function relationRow({ many, one, columns, unique }: Relation): string {
  const alter = `ALTER TABLE ${name(many.name)} ADD`;
  const foreign = `${alter} FOREIGN KEY (${names(columns)}) REFERENCES ${name(one.name)} (${names(one.key)});`;
  return unique ? `${alter} UNIQUE (${names(columns)});\n${foreign}` : foreign;
}

/** A standard string: a quote is doubled, and a backslash stands for itself. */
const text = (words: string): string => `'${rowsOf(words).join(" ").replaceAll("'", "''")}'`;
