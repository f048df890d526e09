import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { labelLines } from "../labels.js";
import { indent } from "../names.js";
import { type Column, type ColumnType, databaseOf, type Relation, type Table } from "./entities.js";
import { Identifiers, isNamed } from "./identifiers.js";
import { plural, singular } from "./plurals.js";

/**
 * Writes a Prisma schema for PostgreSQL.
 *
 * @see https://www.prisma.io/docs/orm/reference/prisma-schema-reference
 */
export function emitPrisma(graph: Graph): Emitted {
  const warnings: string[] = [];
  const { tables, relations } = databaseOf(
    graph,
    { table: "Pascal", column: "camel", language: "prisma", everyTableKeyed: true, tableName: modelName },
    warnings,
  );
  const partsOf = new Map<Table, Named[]>();
  const names = new Identifiers("Pascal", "prisma");
  for (const relation of relations) {
    const { many, one, label } = relation;
    const named = { ...relation, name: names.give(label, `${many.name} ${one.name}`) };
    for (const table of new Set([many, one])) partsOf.set(table, [...(partsOf.get(table) ?? []), named]);
  }
  const blocks = [
    ["datasource db {", ...indent(['provider = "postgresql"']), "}"],
    ...tables.map((table) => modelRows(table, fieldsOf(table, partsOf.get(table) ?? []))),
  ];
  return { text: `${blocks.map((rows) => rows.join("\n")).join("\n\n")}\n`, warnings };
}

interface Named extends Relation {
  name: string;
}

/** Both sides of the relations that a table takes part in; a name tells several between two tables apart. */
function fieldsOf(table: Table, relations: Named[]): string[] {
  return relations.flatMap((relation) => {
    const { many, one, columns, unique } = relation;
    const isOneOfSeveral =
      many === one ||
      relations.some(
        (other) =>
          other !== relation &&
          [other.many, other.one].every((end) => end === many || end === one) &&
          [many, one].every((end) => end === other.many || end === other.one),
      );
    const name = isOneOfSeveral ? [`"${relation.name}"`] : [];
    // Of several, each is called after its words.
    const role = isOneOfSeveral && relation.label.trim() !== "" ? relation.label : roleOf(columns, one);
    const list = (of: Column[]) => `[${of.map((column) => column.name).join(", ")}]`;
    const optional = columns.some(({ presence }) => presence === "optional") ? "?" : "";
    const there =
      many === table
        ? [
            `${table.names.give(role, lowerFirst(one.name))} ${one.name}${optional} @relation(${[...name, `fields: ${list(columns)}`, `references: ${list(one.key)}`].join(", ")}${mapped(many, columns, "fkey")})`,
          ]
        : [];
    const back =
      one === table
        ? [
            `${table.names.give(unique ? lowerFirst(many.name) : plural(lowerFirst(many.name)), "many")} ${many.name}${unique ? "?" : "[]"}${isOneOfSeveral ? ` @relation(${name[0]})` : ""}`,
          ]
        : [];
    const single = columns.length === 1;
    const alone =
      many === table && unique && !isKey(table, columns) && !(single && columns[0]?.unique)
        ? [`@@unique(${list(columns)}${mapped(many, columns, "key")})`]
        : [];
    return [...there, ...back, ...alone];
  });
}

/** PostgreSQL cuts constraints' names after 63 bytes; Prisma refuses those that are then the same. */
function mapped(table: Table, columns: Column[], ending: string): string {
  const full = [table.name, ...columns.map(({ drawn, name }) => drawn || name), ending].join("_");
  const number = table.columns.findIndex((column) => columns.includes(column)) + 1;
  return full.length > 63 ? `, map: "${table.name}_${number}_${ending}"` : "";
}

const isKey = ({ key }: Table, columns: Column[]): boolean =>
  key.length === columns.length && key.every((column) => columns.includes(column));

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function modelRows(table: Table, relations: string[]): string[] {
  const single = table.key.length === 1;
  const isBlock = (row: string) => row.startsWith("@@");
  const fields = [
    ...table.columns.flatMap((column) => columnRows(column, table)),
    ...relations.filter((row) => !isBlock(row)),
  ];
  const blocks = [
    ...(single ? [] : [`@@id([${table.key.map(({ name }) => name).join(", ")}])`]),
    ...new Set(relations.filter(isBlock)),
    ...(isMapped(table) ? [`@@map("${table.label}")`] : []),
  ];
  return [
    ...documentation(isNamed(modelName(table.label), table.name) ? "" : table.label),
    `model ${table.name} {`,
    ...indent(aligned(fields)),
    ...(blocks.length > 0 ? ["", ...indent(blocks)] : []),
    "}",
  ];
}

/** A model is one of what a table holds: `users`, drawn as databases call it, is `User`. */
const modelName = (label: string): string => (/^[a-z][a-z0-9_]*$/.test(label) ? singular(label) : label);

/** A table keeps its name where a model has another. */
const isMapped = ({ label, name }: Table): boolean =>
  isNamed(modelName(label), name) && (isSnake(label) || modelName(label) !== label);

/** What a drawn key calls the other row: `author_id` is the author's. */
function roleOf(columns: readonly Column[], one: Table): string {
  const [only, ...others] = columns;
  const [, role] = (others.length === 0 && /^(\w+?)(?:_id|Id)$/.exec(only?.drawn ?? "")) || [];
  return role ?? lowerFirst(one.name);
}

/** What is drawn as databases call things keeps its name there. */
const isSnake = (drawn: string): boolean => /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(drawn);

/** Names, types and attributes below one another, as Prisma's own formatter puts them. */
function aligned(rows: string[]): string[] {
  const fields = rows.map((row) => {
    if (row.startsWith("///")) return row;
    const [name = "", type = "", ...attributes] = row.split(" ");
    return { name, type, attributes: attributes.join(" ") };
  });
  const widest = (of: "name" | "type") =>
    Math.max(0, ...fields.map((field) => (typeof field === "string" ? 0 : field[of].length)));
  const [names, types] = [widest("name"), widest("type")];
  return fields.map((field) =>
    typeof field === "string"
      ? field
      : `${field.name.padEnd(names)} ${field.type.padEnd(types)} ${field.attributes}`.trimEnd(),
  );
}

function columnRows(column: Column, table: Table): string[] {
  const { name, drawn, type, presence, unique, generated, comment } = column;
  const map = mapped(table, [column], "key").slice(2);
  return [
    ...documentation(comment),
    [
      name,
      `${prismaTypes[type.name]}${presence === "optional" ? "?" : ""}`,
      ...(isKey(table, [column]) ? ["@id"] : unique ? [`@unique${map === "" ? "" : `(${map})`}`] : []),
      ...(generated ? ["@default(autoincrement())"] : []),
      ...(isSnake(drawn) && isNamed(drawn, name) ? [`@map("${drawn}")`] : []),
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

function nativeType({ name, length, scale, isFixed }: ColumnType): string[] {
  if (name === "uuid") return ["@db.Uuid"];
  if (name === "date") return ["@db.Date"];
  if (length === undefined) return [];
  return name === "text"
    ? [`@db.${isFixed ? "Char" : "VarChar"}(${length})`]
    : [`@db.Decimal(${length}, ${scale ?? 0})`];
}

const documentation = (text: string): string[] => {
  const row = labelLines(text).join(" ");
  return row === "" ? [] : [`/// ${row}`];
};
