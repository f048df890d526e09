import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { programOf } from "./classes.js";
import { argumentsFor } from "./generics.js";
import { isNamed, literal, quotedRow } from "./identifiers.js";
import { type Class, enumValue, type Field, type Method, type Type } from "./program.js";
import { scriptOf } from "./script.js";
import type { Condition, Interface, Procedure, Script, Statement } from "./statements.js";

/** Writes Python 3.10: classes, or the skeleton of what a flowchart or a sequence does. */
export function emitPython(graph: Graph): Emitted {
  const warnings: string[] = [];
  const blocks =
    graph.kind === "class"
      ? classBlocks(graph, warnings)
      : scriptBlocks(scriptOf(graph, "snake", "python", warnings));
  return { text: `${blocks.map((rows) => rows.join("\n")).join("\n\n\n")}\n`, warnings };
}

const indent = (rows: string[]): string[] => rows.map((row) => (row === "" ? "" : `    ${row}`));

/** A block, which Python wants to hold something. */
const block = (head: string, rows: string[]): string[] =>
  rows.length === 0 ? [`${head}: ...`] : [`${head}:`, ...indent(rows)];

/** What is before a block, on one row where that fits into 88 columns, as formatters have it. */
function blockOf(start: string, parameters: string[], end: string, rows: string[], depth = 0): string[] {
  const head = `${start}(${parameters.join(", ")})${end}`;
  if (depth * 4 + head.length < 88) return block(head, rows);
  return [`${start}(`, ...indent(parameters.map((one) => `${one},`)), ...block(`)${end}`, rows)];
}

/** Blocks with an empty row between two. */
const separated = (blocks: string[][]): string[] =>
  blocks.filter((rows) => rows.length > 0).flatMap((rows, index) => (index === 0 ? rows : ["", ...rows]));

const comment = (text: string): string[] => (text.trim() === "" ? [] : [`# ${quotedRow(text)}`]);
/** Says what stands in the picture, where the name does not. */
const docstring = (text: string, name: string): string[] =>
  text.trim() === "" || isNamed(text, name) ? [] : [documented(quotedRow(text))];

/** A docstring: nothing in it ends it. */
const documented = (text: string): string => `""${literal(text)}""`;

const notWritten = (name: string): string => `raise NotImplementedError(${literal(name)})`;

function classBlocks(graph: Graph, warnings: string[]): string[][] {
  const { classes, foreign } = programOf(graph, "snake", "python", warnings);
  const dataclasses = dataclassesOf(classes);
  const used = (test: (made: Class) => boolean, row: string) => (classes.some(test) ? [row] : []);
  const types = classes.flatMap(({ fields, methods }) => [
    ...fields.map(({ type }) => type),
    ...methods.flatMap(({ result, parameters }) => [result, ...parameters.map(({ type }) => type)]),
  ]);
  const variables = [...new Set(classes.flatMap(({ generics }) => generics))];
  const byName = new Map(classes.map(({ name, generics }) => [name, generics]));
  const genericsOf = (name: string) => byName.get(name) ?? [];
  return [
    [
      "from __future__ import annotations",
      "",
      ...used(isAbstract, "from abc import ABC, abstractmethod"),
      ...used((made) => dataclasses.has(made), "from dataclasses import dataclass"),
      ...(types.some((type) => type?.base === "date") ? ["from datetime import datetime"] : []),
      ...used(({ kind }) => kind === "enum", "from enum import Enum"),
      ...used(({ generics }) => generics.length > 0, "from typing import Generic, TypeVar"),
      ...(variables.length > 0 ? ["", ...variables.map((one) => `${one} = TypeVar(${literal(one)})`)] : []),
    ],
    ...foreign.map((name) => block(`class ${name}`, [documented("Named in the diagram, and not drawn.")])),
    ...classes.map((made) => [
      ...(dataclasses.has(made) ? ["@dataclass"] : []),
      ...classRows(made, genericsOf),
    ]),
  ];
}

/**
 * Classes that hold attributes, and are made with them. An attribute that is called like something that its class
 * inherits would have that as its default.
 */
function dataclassesOf(classes: readonly Class[]): ReadonlySet<Class> {
  const byName = new Map(classes.map((made) => [made.name, made]));
  const inherited = (made: Class): string[] =>
    [...made.parents, ...made.interfaces].flatMap((name) => {
      const parent = byName.get(name);
      return parent ? [...parent.methods.map(visible), ...inherited(parent)] : [];
    });
  return new Set(
    classes.filter((made) => {
      if ((made.kind !== "class" && made.kind !== "abstract") || made.fields.length === 0) return false;
      const above = inherited(made);
      return !made.fields.some((field) => above.includes(visible(field)));
    }),
  );
}

const isAbstract = ({ kind }: Class): boolean => kind === "interface" || kind === "abstract";

const subscript = (all: readonly string[]): string => (all.length === 0 ? "" : `[${all.join(", ")}]`);

/** @param genericsOf the type parameters of a class, by its name */
function classRows(made: Class, genericsOf: (name: string) => readonly string[]): string[] {
  const { name, label, kind, fields, methods, generics } = made;
  const above = [...made.parents, ...made.interfaces];
  const parents = above.map(
    (parent) => parent + subscript(argumentsFor(genericsOf(parent), generics).map(typed)),
  );
  if (kind === "enum") parents.push("Enum");
  else if (isAbstract(made) && parents.length === 0) parents.push("ABC");
  // Those that a class above has, too, are named there.
  const isSaid = above.some((parent) => generics.every((one) => genericsOf(parent).includes(one)));
  if (generics.length > 0 && !isSaid) parents.push(`Generic${subscript(generics)}`);
  const head = `class ${name}${parents.length > 0 ? `(${parents.join(", ")})` : ""}`;
  const parts = [
    docstring(label, name),
    fields.flatMap((field) => (kind === "enum" ? enumRows(field) : fieldRows(field))),
    ...methods.map((method) => methodRows(method, kind === "interface")),
  ];
  return block(head, separated(parts));
}

const enumRows = (field: Field): string[] => [`${field.name} = ${literal(enumValue(field))}`];

const visible = ({ name, visibility }: Pick<Field, "name" | "visibility">): string =>
  visibility === "public" ? name : `_${name}`;

const fieldRows = (field: Field): string[] => [
  ...comment(field.comment),
  `${visible(field)}: ${typed(field.type)}`,
];

function methodRows(method: Method, inInterface: boolean): string[] {
  const { isStatic, parameters, result } = method;
  const list = [
    ...(isStatic ? [] : ["self"]),
    ...parameters.map(({ name, type }) => `${name}: ${typed(type)}`),
  ];
  return [
    ...comment(method.comment),
    ...(isStatic ? ["@staticmethod"] : []),
    ...(inInterface || method.isAbstract ? ["@abstractmethod"] : []),
    ...blockOf(
      `def ${visible(method)}`,
      list,
      ` -> ${result ? typed(result) : "None"}`,
      [notWritten(method.name)],
      1,
    ),
  ];
}

const basic: Record<Exclude<Type["base"], "named" | "map">, string> = {
  string: "str",
  integer: "int",
  number: "float",
  boolean: "bool",
  date: "datetime",
  void: "None",
  unknown: "object",
};

function typed({ base, name, list, optional, of, args = [] }: Type): string {
  const one =
    base === "named"
      ? name + subscript(args.map(typed))
      : base !== "map"
        ? basic[base]
        : of
          ? `dict[${typed(of[0])}, ${typed(of[1])}]`
          : "object";
  return `${list ? `list[${one}]` : one}${optional && (list || one !== "object") ? " | None" : ""}`;
}

function scriptBlocks({ interfaces, functions, decides }: Script): string[][] {
  return [
    ...(interfaces.length > 0 ? [["from typing import Protocol"]] : []),
    ...interfaces.map(interfaceRows),
    ...functions.map(functionRows),
    ...(decides
      ? [
          block("def decide(question: str) -> bool", [
            documented("Answers a question of the diagram."),
            "raise NotImplementedError(question)",
          ]),
        ]
      : []),
  ];
}

const interfaceRows = ({ name, label, methods }: Interface): string[] =>
  block(`class ${name}(Protocol)`, [
    ...docstring(label, name),
    ...methods.flatMap((method) => [
      ...(isNamed(method.label, method.name) ? [] : comment(method.label)),
      `def ${method.name}(self) -> None: ...`,
    ]),
  ]);

const functionRows = ({ name, label, parameters, body, asks }: Procedure): string[] =>
  blockOf(
    `def ${name}`,
    parameters.map((one) => `${one.name}: ${one.type}`),
    asks ? " -> bool" : " -> None",
    asks
      ? // A question stands in what it raises.
        [...body.flatMap(statementRows), `raise NotImplementedError(${literal(label)})`]
      : stepRows(docstring(label, name), body),
  );

const asked = (condition: Condition): string =>
  typeof condition === "string"
    ? `decide(${literal(condition)})`
    : `${condition.isNot ? "not " : ""}${condition.asks}()`;

/** A docstring alone is a block. */
const stepRows = (words: string[], body: Statement[]): string[] =>
  words.length > 0 && body.length === 0 ? words : [...words, ...statements(body)];

/** Comments alone are no block. */
function statements(body: Statement[]): string[] {
  const rows = body.flatMap(statementRows);
  return rows.every((row) => row.startsWith("#")) ? [...rows, "pass"] : rows;
}

function statementRows(statement: Statement): string[] {
  switch (statement.kind) {
    case "comment":
      return [`# ${quotedRow(statement.text)}`];
    case "call": {
      const target = statement.on === undefined ? "" : `${statement.on}.`;
      const said = statement.comment === "" ? "" : `  # ${quotedRow(statement.comment)}`;
      return [`${target}${statement.name}()${said}`];
    }
    case "loop":
      return block(`while ${asked(statement.condition)}`, statements(statement.body));
    case "forever":
      return block("while True", statements(statement.body));
    case "break":
    case "continue":
    case "return":
      return [statement.kind];
    case "choice":
      return statement.branches.flatMap(({ condition, body }, index) => {
        const isLast = index > 0 && index === statement.branches.length - 1;
        const head =
          condition === "" && isLast ? "else" : `${index === 0 ? "if" : "elif"} ${asked(condition)}`;
        return block(head, statements(body));
      });
  }
}
