import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { rowsOf } from "../labels.js";
import { indent } from "../names.js";
import { type Column, type ColumnType, databaseOf, type Relation, type Table } from "./entities.js";
import { isNamed } from "./identifiers.js";

/**
 * Writes a Prisma schema for PostgreSQL.
 *
 * @see https://www.prisma.io/docs/orm/reference/prisma-schema-reference
 */
export function emitPrisma(graph: Graph): Emitted {
  const warnings: string[] = [];
  const { tables, relations } = databaseOf(graph, { table: "Pascal", column: "camel" }, warnings);
  const partsOf = new Map<Table, Numbered[]>();
  for (const [at, relation] of relations.entries())
    for (const table of new Set([relation.many, relation.one]))
      partsOf.set(table, [...(partsOf.get(table) ?? []), { ...relation, number: at + 1 }]);
  const blocks = [
    ["datasource db {", ...indent(['provider = "postgresql"']), "}"],
    ...tables.map((table) => modelRows(table, fieldsOf(table, partsOf.get(table) ?? []))),
  ];
  return { text: `${blocks.map((rows) => rows.join("\n")).join("\n\n")}\n`, warnings };
}

interface Numbered extends Relation {
  number: number;
}

/** Both sides of the relations that a table takes part in; their name tells several between two tables apart. */
function fieldsOf(table: Table, relations: Numbered[]): string[] {
  return relations.flatMap(({ many, one, columns, unique, number }) => {
    const relation = `"relation${number}"`;
    const list = (of: Column[]) => `[${of.map(({ name }) => name).join(", ")}]`;
    const optional = columns.some(({ required }) => !required) ? "?" : "";
    const there =
      many === table
        ? [
            `${table.names.give(lowerFirst(one.name), "one")} ${one.name}${optional} @relation(name: ${relation}, fields: ${list(columns)}, references: ${list(one.key)}${mapped(many, columns, "fkey")})`,
          ]
        : [];
    const back =
      one === table
        ? [
            `${table.names.give(lowerFirst(many.name) + (unique ? "" : "s"), "many")} ${many.name}${unique ? "?" : "[]"} @relation(name: ${relation})`,
          ]
        : [];
    const alone =
      many === table && unique && !isKey(table, columns)
        ? [`@@unique(${list(columns)}${mapped(many, columns, "key")})`]
        : [];
    return [...there, ...back, ...alone];
  });
}

/** PostgreSQL cuts constraints' names after 63 bytes; Prisma refuses those that are then the same. */
function mapped(table: Table, columns: Column[], ending: string): string {
  const full = [table.name, ...columns.map(({ name }) => name), ending].join("_");
  const number = table.columns.findIndex((column) => columns.includes(column)) + 1;
  return full.length > 63 ? `, map: "${table.name}_${number}_${ending}"` : "";
}

const isKey = ({ key }: Table, columns: Column[]): boolean =>
  key.length === columns.length && key.every((column) => columns.includes(column));

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function modelRows(table: Table, relations: string[]): string[] {
  const single = table.key.length === 1;
  const isBlock = (row: string) => row.startsWith("@@");
  return [
    ...documentation(isNamed(table.label, table.name) ? "" : table.label),
    `model ${table.name} {`,
    ...indent([
      ...table.columns.flatMap((column) => columnRows(column, table)),
      ...relations.filter((row) => !isBlock(row)),
      ...new Set(relations.filter(isBlock)),
      ...(single ? [] : [`@@id([${table.key.map(({ name }) => name).join(", ")}])`]),
    ]),
    "}",
  ];
}

function columnRows(column: Column, table: Table): string[] {
  const { name, type, required, unique, generated, comment } = column;
  const map = mapped(table, [column], "key").slice(2);
  return [
    ...documentation(comment),
    [
      name,
      `${prismaTypes[type.name]}${required ? "" : "?"}`,
      ...(isKey(table, [column]) ? ["@id"] : unique ? [`@unique${map === "" ? "" : `(${map})`}`] : []),
      ...(generated ? ["@default(autoincrement())"] : []),
      ...nativeType(type),
    ].join(" "),
  ];
}

const prismaTypes: Record<ColumnType["name"], string> = {
  text: "String",
  integer: "Int",
  bigint: "BigInt",
  decimal: "Decimal",
  float: "Float",
  boolean: "Boolean",
  date: "DateTime",
  timestamp: "DateTime",
  uuid: "String",
  json: "Json",
  bytes: "Bytes",
};

function nativeType({ name, length, scale }: ColumnType): string[] {
  if (name === "uuid") return ["@db.Uuid"];
  if (name === "date") return ["@db.Date"];
  if (length === undefined) return [];
  return name === "text" ? [`@db.VarChar(${length})`] : [`@db.Decimal(${length}, ${scale ?? 0})`];
}

const documentation = (text: string): string[] => {
  const row = rowsOf(text).join(" ");
  return row === "" ? [] : [`/// ${row}`];
};
