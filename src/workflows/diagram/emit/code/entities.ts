import type { Edge, Graph } from "../../schema.js";
import { rowsOf } from "../labels.js";
import { Identifiers, isNamed, type Style } from "./identifiers.js";
import { memberOf } from "./members.js";

/** An entity diagram as a database sees it. */
export interface Database {
  tables: Table[];
  relations: Relation[];
}

export interface Table {
  name: string;
  label: string;
  columns: Column[];
  /** The columns that together name a row. */
  key: Column[];
  /** Its columns' names, to which more can be added. */
  names: Identifiers;
}

export interface Column {
  name: string;
  type: ColumnType;
  required: boolean;
  unique: boolean;
  /** Whether the database counts it up by itself. */
  generated: boolean;
  /** What stands in the picture, where the column does not say it all. */
  comment: string;
  /** Whether it stands in the picture; else a relation asks for it. */
  isDrawn: boolean;
}

export type ColumnType = { name: (typeof columnTypes)[number]; length?: number; scale?: number };
const columnTypes = [
  "text",
  "integer",
  "bigint",
  "decimal",
  "float",
  "boolean",
  "date",
  "timestamp",
  "uuid",
  "json",
  "bytes",
] as const;

/** Rows of `many` point at a row of `one`. */
export interface Relation {
  many: Table;
  one: Table;
  /** Of `many`, in the order of the key of `one`. */
  columns: Column[];
  /** Whether at most one row points there. */
  unique: boolean;
  label: string;
}

/**
 * Tables with keys, foreign keys where the cardinalities ask for them, and a table between two that are many
 * on both sides.
 *
 * @param style of columns; tables are named alike
 * @param warnings receives what a database cannot hold, one sentence each
 */
export function databaseOf(
  graph: Graph,
  styles: { table: Style; column: Style },
  warnings: string[],
): Database {
  const names = new Identifiers(styles.table);
  const tables = new Map(
    graph.nodes.map(({ id, label, details }, at) => [
      id,
      tableOf(names.give(label, `table${at + 1}`), label, details.flatMap(rowsOf), styles.column),
    ]),
  );
  const relations: Relation[] = [];
  /** Columns of the picture that are foreign keys already. */
  const taken = new Set<Column>();
  const between: Table[] = [];
  for (const edge of graph.edges) {
    const from = tables.get(edge.from);
    const to = tables.get(edge.to);
    if (!from || !to) continue;
    if (isMany(edge.startCount) && isMany(edge.endCount)) {
      const named = names.give(`${from.name} ${to.name}`, "link");
      const link = tableOf(named, edge.label, [], styles.column, false);
      const both = [from, to].map((one) => relate(link, one, "", { required: true, unique: false }, taken));
      link.key = both.flatMap(({ columns }) => columns);
      relations.push(...both);
      between.push(link);
      continue;
    }
    // The foreign key stands on the side of the many; where there is none, on that which may be missing.
    const onFrom =
      isMany(edge.startCount) ||
      (!isMany(edge.endCount) && edge.startCount === "zeroOrOne" && edge.endCount !== "zeroOrOne");
    const [many, one] = onFrom ? [from, to] : [to, from];
    const oneCount = onFrom ? edge.endCount : edge.startCount;
    const manyCount = onFrom ? edge.startCount : edge.endCount;
    relations.push(
      relate(
        many,
        one,
        edge.label,
        { required: oneCount !== "zeroOrOne", unique: !isMany(manyCount) },
        taken,
      ),
    );
  }
  if (graph.groups.length > 0) warnings.push("The frames around entities are left out.");
  if (graph.notes.length > 0) warnings.push("Remarks are left out: a schema has no place for them.");
  return { tables: [...tables.values(), ...between], relations };
}

const isMany = (count: Edge["endCount"]) => count === "oneOrMore" || count === "zeroOrMore";

function tableOf(name: string, label: string, rows: string[], style: Style, keyed = true): Table {
  const names = new Identifiers(style);
  const read = rows.map((row, at) => ({ row, ...columnOf(row, names, `column${at + 1}`) }));
  const columns = read.map(({ column }) => column);
  const marked = read.filter(({ isKey }) => isKey).map(({ column }) => column);
  const key = marked.length > 0 ? marked : columns.filter((column) => column.name === "id").slice(0, 1);
  if (keyed && key.length === 0) {
    const id: Column = {
      name: names.give("id", "id"),
      type: { name: "bigint" },
      required: true,
      unique: false,
      generated: true,
      comment: "",
      isDrawn: false,
    };
    columns.unshift(id);
    key.push(id);
  }
  for (const column of key) column.required = true;
  return { name, label, columns, key, names };
}

/** What a row of an entity says. */
export interface Attribute {
  name: string;
  /** As it stands in the picture; empty where none does. */
  type: string;
  isKey: boolean;
  isForeign: boolean;
  isUnique: boolean;
  isOptional: boolean;
}

/** Reads `id: int PK`, `int id PK`, `name varchar(80)`, `shipped date null`. */
export function attributeOf(row: string): Attribute {
  const words = row
    .replace(/\b(PK|FK\d*|UK|unique|primary key|foreign key|not null|nullable|null|optional)\b/gi, " ")
    .replace(/[«»?]|,\s*$/g, " ")
    .trim();
  return {
    ...nameAndType(words),
    isKey: /\bPK\b|«PK»|\bprimary key\b/i.test(row),
    isForeign: /\bFK\d*\b|\bforeign key\b/i.test(row),
    isUnique: /\b(UK|unique)\b/i.test(row),
    isOptional: /\b(nullable|null|optional)\b|\?/i.test(row) && !/\bnot null\b/i.test(row),
  };
}

function columnOf(row: string, names: Identifiers, fallback: string): { column: Column; isKey: boolean } {
  const { name, type, isKey, isUnique, isOptional } = attributeOf(row);
  const given = names.give(name, fallback);
  const isPlain = type === "" || (isType(type) && /^\w+(\(\s*\d+\s*(,\s*\d+\s*)?\))?$/.test(type));
  const column: Column = {
    name: given,
    type: columnType(type),
    required: !isOptional,
    unique: isUnique && !isKey,
    generated: false,
    comment: isNamed(name, given) && isPlain ? "" : row,
    isDrawn: true,
  };
  return { column, isKey };
}

/** Written both ways, `name type` and `type name`: the word that is a type tells. */
function nameAndType(words: string): { name: string; type: string } {
  if (words.includes(":") || words.startsWith("+") || words.startsWith("-")) {
    const { name } = memberOf(words);
    return { name, type: words.slice(words.indexOf(":") + 1).trim() };
  }
  const [first = "", ...others] = words.split(/\s+/);
  const rest = others.join(" ");
  return isType(first) && rest !== "" && !isType(rest)
    ? { name: rest, type: first }
    : { name: first, type: rest };
}

const typeNames: Record<ColumnType["name"], string> = {
  bigint: "bigint,bigserial,int8,long",
  integer: "int,integer,int2,int4,serial,smallint,tinyint,number",
  decimal: "decimal,numeric,money,currency",
  float: "float,float4,float8,double,double precision,real",
  boolean: "bool,boolean",
  timestamp: "timestamp,timestamptz,datetime",
  date: "date",
  uuid: "uuid,guid",
  json: "json,jsonb",
  bytes: "bytea,blob,binary,bytes",
  text: "text,string,str,char,nchar,character,character varying,varchar,varchar2,nvarchar",
};
const typesByName = new Map(
  columnTypes.flatMap((type) => typeNames[type].split(",").map((name) => [name, type] as const)),
);

const typeOf = (text: string): ColumnType["name"] | undefined =>
  typesByName.get(text.toLowerCase().replace(/\(.*$/, "").trim());
const isType = (text: string): boolean => typeOf(text) !== undefined;

function columnType(text: string): ColumnType {
  const name = typeOf(text) ?? "text";
  const [, length, scale] = /\((\d{1,3})(?:\s*,\s*(\d{1,2}))?\)/.exec(text) ?? [];
  if (length === undefined || Number(length) === 0 || Number(scale ?? 0) > Number(length)) return { name };
  if (name === "text") return { name, length: Number(length) };
  return name === "decimal" ? { name, length: Number(length), scale: Number(scale ?? 0) } : { name };
}

/** Makes `many` point at `one`, with the columns that the picture has for it, or new ones. */
function relate(
  many: Table,
  one: Table,
  label: string,
  { required, unique }: { required: boolean; unique: boolean },
  taken: Set<Column>,
): Relation {
  const columns = one.key.map((target): Column => {
    const expected = `${one.name} ${target.name}`;
    const drawn = many.columns.find(
      (column) => many !== one && column.isDrawn && !taken.has(column) && isNamed(expected, column.name),
    );
    if (drawn) {
      taken.add(drawn);
      drawn.type = target.type;
      if (!required && !many.key.includes(drawn)) drawn.required = false;
      return drawn;
    }
    const role = label.trim() === "" || many !== one ? one.name : label;
    const column: Column = {
      name: many.names.give(`${role} ${target.name}`, `${one.name}_${target.name}`),
      type: target.type,
      required,
      unique: false,
      generated: false,
      comment: "",
      isDrawn: false,
    };
    many.columns.push(column);
    return column;
  });
  return { many, one, columns, unique, label };
}
