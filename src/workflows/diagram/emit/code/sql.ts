import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { labelLines } from "../labels.js";
import { indent } from "../names.js";
import { type Column, type ColumnType, databaseOf, type Relation, type Table } from "./entities.js";
import { isNamed } from "./identifiers.js";

/**
 * Writes PostgreSQL. A table stands behind those that it points at; where two point at one another, one of the foreign
 * keys comes after all tables.
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
  const ordered = pointedAtFirst(tables, relations);
  const place = new Map(ordered.map((table, index) => [table, index]));
  const isKnown = ({ many, one }: Relation) => (place.get(one) ?? 0) <= (place.get(many) ?? 0);
  const later = relations.filter((relation) => !isKnown(relation));
  const blocks = [
    ...ordered.map((table) =>
      tableRows(
        table,
        relations.filter((relation) => relation.many === table && isKnown(relation)),
      ),
    ),
    ...(later.length > 0 ? [later.map(relationRow)] : []),
  ];
  return { text: `${blocks.map((rows) => rows.join("\n")).join("\n\n")}\n`, warnings };
}

/** Tables behind those that they point at, as far as they do not point at one another; else in the picture's order. */
function pointedAtFirst(tables: readonly Table[], relations: readonly Relation[]): Table[] {
  const ordered = new Set<Table>();
  const open = new Set<Table>();
  const visit = (table: Table): void => {
    if (open.has(table)) return;
    open.add(table);
    for (const { many, one } of relations) if (many === table) visit(one);
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
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

/** @param relations of this table with itself and with those above */
function tableRows(table: Table, relations: readonly Relation[]): string[] {
  const single = new Map(
    relations.flatMap((one) =>
      one.columns.length === 1 ? one.columns.map((column) => [column, one] as const) : [],
    ),
  );
  const rows = [
    ...table.columns.map((column) => columnRow(column, table, single.get(column))),
    ...(table.key.length > 1 ? [`PRIMARY KEY (${names(table.key)})`] : []),
    ...relations
      .filter(({ columns }) => columns.length > 1)
      .flatMap((relation) => [
        ...(relation.unique ? [`UNIQUE (${names(relation.columns)})`] : []),
        `FOREIGN KEY (${names(relation.columns)}) ${pointing(relation)}`,
      ]),
  ];
  const commented = table.columns.filter(({ comment }) => comment !== "");
  return [
    `CREATE TABLE ${name(table.name)} (`,
    ...indent(rows.map((row, index) => (index < rows.length - 1 ? `${row},` : row))),
    ");",
    ...(table.label.trim() === "" || isNamed(table.label, table.name)
      ? []
      : [`COMMENT ON TABLE ${name(table.name)} IS ${text(table.label)};`]),
    ...commented.map(
      (column) => `COMMENT ON COLUMN ${name(table.name)}.${name(column.name)} IS ${text(column.comment)};`,
    ),
  ];
}

const pointing = ({ one }: Relation): string => `REFERENCES ${name(one.name)} (${names(one.key)})`;

function columnRow(column: Column, { key }: Table, relation: Relation | undefined): string {
  const { name: own, type, presence, unique, generated } = column;
  const isKey = key.includes(column);
  return [
    name(own),
    sqlTypes[type.name](type),
    ...(generated ? ["GENERATED ALWAYS AS IDENTITY"] : []),
    ...(isKey && key.length === 1 ? ["PRIMARY KEY"] : []),
    ...(presence === "required" && !isKey ? ["NOT NULL"] : []),
    ...(unique || (relation?.unique && !(isKey && key.length === 1)) ? ["UNIQUE"] : []),
    ...(relation ? [pointing(relation)] : []),
  ].join(" ");
}

const sqlTypes: Record<ColumnType["name"], (type: ColumnType) => string> = {
  text: ({ length, isFixed }) =>
    length === undefined ? "text" : `${isFixed ? "char" : "varchar"}(${length})`,
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

function relationRow(relation: Relation): string {
  const { many, columns, unique } = relation;
  const alter = `ALTER TABLE ${name(many.name)} ADD`;
  const foreign = `${alter} FOREIGN KEY (${names(columns)}) ${pointing(relation)};`;
  return unique ? `${alter} UNIQUE (${names(columns)});\n${foreign}` : foreign;
}

/** A standard string: a quote is doubled, and a backslash stands for itself. */
const text = (words: string): string => `'${labelLines(words).join(" ").replaceAll("'", "''")}'`;
