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
  const { tables, relations } = databaseOf(
    graph,
    { table: "snake", column: "snake", language: "sql", everyTableKeyed: false },
    warnings,
  );
  const blocks = [...tables.map(tableRows), ...(relations.length > 0 ? [relations.map(relationRow)] : [])];
  return { text: `${blocks.map((rows) => rows.join("\n")).join("\n\n")}\n`, warnings };
}

/** PostgreSQL's reserved words: they stand in quotes. */
const reserved = new Set(
  (
    "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation " +
    "column concurrently constraint create cross current_catalog current_date current_role current_schema " +
    "current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for " +
    "foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral " +
    "leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer " +
    "overlaps placing primary references returning right select session_user similar some symmetric " +
    "system_user table tablesample then to trailing true union unique user using variadic verbose when where window with"
  ).split(" "),
);

const name = (identifier: string): string => (reserved.has(identifier) ? `"${identifier}"` : identifier);
const names = (columns: Column[]): string => columns.map((column) => name(column.name)).join(", ");

function tableRows(table: Table): string[] {
  const rows = [
    ...table.columns.map((column) => columnRow(column, table)),
    ...(table.key.length > 1 ? [`PRIMARY KEY (${names(table.key)})`] : []),
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

function columnRow(column: Column, { key }: Table): string {
  const { name: own, type, presence, unique, generated } = column;
  const isKey = key.includes(column);
  return [
    name(own),
    sqlTypes[type.name](type),
    ...(generated ? ["GENERATED ALWAYS AS IDENTITY"] : []),
    ...(isKey && key.length === 1 ? ["PRIMARY KEY"] : []),
    ...(presence === "required" && !isKey ? ["NOT NULL"] : []),
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
