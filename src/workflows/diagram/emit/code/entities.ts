import type { Edge, Graph } from "../../schema.js";
import { edgesOfNodes } from "../../structure.js";
import { labelLines } from "../labels.js";
import { warnOfRemarks } from "../remarks.js";
import { type Draft, isKeyOf, related } from "./foreignKeys.js";
import { Identifiers, isNamed, type Language, type Style } from "./identifiers.js";
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
  /** Its name in the picture; empty where it stands in none. */
  drawn: string;
  type: ColumnType;
  /** Whether the picture says that it may be missing, that it may not, or neither. */
  presence: "optional" | "required" | "unsaid";
  unique: boolean;
  /** Whether the database counts it up by itself. */
  generated: boolean;
  /** Whether the picture marks it as a foreign key. */
  isForeign: boolean;
  /** What stands in the picture, where the column does not say it all. */
  comment: string;
  /** Whether it stands in the picture; else a relation asks for it. */
  isDrawn: boolean;
}

export type ColumnType = {
  name: (typeof columnTypes)[number];
  length?: number;
  scale?: number;
  /** Of a text: whether all are as long, as in `char(6)`. */
  isFixed?: boolean;
};
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

/** What is asked of a database's names and keys. */
export interface DatabaseRules {
  table: Style;
  column: Style;
  language: Language;
  /** Whether every table needs a key, also where the picture has none. */
  everyTableKeyed: boolean;
  /** What a table is called by its label, where that is not the label. */
  tableName?(label: string): string;
}

/**
 * Tables with keys, foreign keys where the cardinalities ask for them, and a table between two that are many
 * on both sides.
 *
 * @param warnings receives what a database cannot hold, one sentence each
 */
export function databaseOf(graph: Graph, rules: DatabaseRules, warnings: string[]): Database {
  const names = new Identifiers(rules.table, rules.language);
  const tables = new Map(
    graph.nodes.map(({ id, label, details }, index) => [
      id,
      tableOf(
        names.give(rules.tableName?.(label) ?? label, `table${index + 1}`),
        label,
        details.flatMap(labelLines),
        rules,
      ),
    ]),
  );
  const drafts: Draft[] = [];
  const between: Table[] = [];
  for (const edge of edgesOfNodes(graph, "a database", warnings)) {
    const from = tables.get(edge.from);
    const to = tables.get(edge.to);
    if (!from || !to) continue;
    if (isMany(edge.startCount) && isMany(edge.endCount)) {
      const link = tableOf(names.give(`${from.name} ${to.name}`, "link"), edge.label, [], rules);
      for (const one of [from, to])
        drafts.push({ many: link, one, label: "", required: true, unique: false });
      between.push(link);
    } else drafts.push(draftOf(edge, from, to));
  }
  for (const table of tables.values())
    if (table.key.length === 0 && (rules.everyTableKeyed || drafts.some(({ one }) => one === table)))
      addKey(table);
  const relations = related(drafts);
  for (const link of between)
    link.key = relations.filter(({ many }) => many === link).flatMap(({ columns }) => columns);
  if (graph.groups.length > 0) warnings.push("The frames around entities are left out.");
  if (graph.notes.length > 0) warnings.push("Notes are left out: a schema has no place for them.");
  warnOfRemarks(graph, "A schema", [], warnings);
  return { tables: [...tables.values(), ...between], relations };
}

/** The foreign key stands on the side of the many; where there is none, on that which may be missing. */
function draftOf(edge: Edge, from: Table, to: Table): Draft {
  const isUncounted = edge.startCount === "none" && edge.endCount === "none";
  const onFrom = isUncounted
    ? from.columns.some((column) => isKeyOf(column, to)) &&
      !to.columns.some((column) => isKeyOf(column, from))
    : isMany(edge.startCount) ||
      (!isMany(edge.endCount) && edge.startCount === "zeroOrOne" && edge.endCount !== "zeroOrOne");
  const [many, one] = onFrom ? [from, to] : [to, from];
  const oneCount = onFrom ? edge.endCount : edge.startCount;
  const manyCount = onFrom ? edge.startCount : edge.endCount;
  return {
    many,
    one,
    label: edge.label,
    required: oneCount === "one" || oneCount === "oneOrMore",
    unique: manyCount === "one" || manyCount === "zeroOrOne",
  };
}

const isMany = (count: Edge["endCount"]) => count === "oneOrMore" || count === "zeroOrMore";

function tableOf(
  name: string,
  label: string,
  rows: string[],
  { column: style, language }: DatabaseRules,
): Table {
  const names = new Identifiers(style, language);
  const read = rows.map((row, index) => ({ row, ...columnOf(row, names, `column${index + 1}`) }));
  const columns = read.map(({ column }) => column);
  const marked = read.filter(({ isKey }) => isKey).map(({ column }) => column);
  const key = marked.length > 0 ? marked : columns.filter((column) => column.name === "id").slice(0, 1);
  for (const column of key) column.presence = "required";
  return { name, label, columns, key, names };
}

/** A key that the picture does not have. */
function addKey(table: Table): void {
  const id: Column = {
    drawn: "",
    name: table.names.give("id", "id"),
    type: { name: "integer" },
    presence: "required",
    unique: false,
    generated: true,
    isForeign: false,
    comment: "",
    isDrawn: false,
  };
  table.columns.unshift(id);
  table.key.push(id);
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
  isRequired: boolean;
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
    isRequired: /\bnot null\b/i.test(row),
  };
}

function columnOf(row: string, names: Identifiers, fallback: string): { column: Column; isKey: boolean } {
  const { name, type, isKey, isForeign, isUnique, isOptional, isRequired } = attributeOf(row);
  const given = names.give(name, fallback);
  const isPlain = type === "" || (isType(type) && /^\w+(\(\s*\d+\s*(,\s*\d+\s*)?\))?$/.test(type));
  const column: Column = {
    name: given,
    drawn: name,
    type: columnType(type),
    presence: isOptional ? "optional" : isRequired ? "required" : "unsaid",
    unique: isUnique && !isKey,
    generated: /serial/i.test(type),
    isForeign,
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
  const all = words.split(/\s+/);
  const [first = "", ...others] = all;
  const rest = others.join(" ");
  if (rest === "" || isType(rest)) return { name: first, type: rest };
  // One word that is no type is the name; "date of birth" is a name, although it begins with a type.
  if (isType(first) && others.length === 1) return { name: rest, type: first };
  const last = all.at(-1) ?? "";
  if (isType(last)) return { name: all.slice(0, -1).join(" "), type: last };
  // A type of one's own begins with a capital or has parameters.
  if (others.length === 1 && /^[A-Z]\w*[a-z]|[([]/.test(rest)) return { name: first, type: rest };
  return { name: words, type: "" };
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
  if (name === "text")
    return {
      name,
      length: Number(length),
      ...(/^n?char\b|^character\s*\(/i.test(text) ? { isFixed: true } : {}),
    };
  return name === "decimal" ? { name, length: Number(length), scale: Number(scale ?? 0) } : { name };
}
