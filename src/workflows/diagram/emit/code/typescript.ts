import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { indent } from "../names.js";
import { programOf } from "./classes.js";
import { argumentsFor, boundTo } from "./generics.js";
import { isNamed, literal, quotedRow } from "./identifiers.js";
import { type Class, enumValue, type Field, type Method, type Type } from "./program.js";
import { scriptOf } from "./script.js";
import type { Condition, Interface, Procedure, Script, Statement } from "./statements.js";

/** Writes TypeScript: classes, or the skeleton of what a flowchart or a sequence does. */
export function emitTypeScript(graph: Graph): Emitted {
  const warnings: string[] = [];
  const blocks =
    graph.kind === "class"
      ? classBlocks(graph, warnings)
      : scriptBlocks(scriptOf(graph, "camel", "typescript", warnings));
  return { text: `${blocks.map((rows) => rows.join("\n")).join("\n\n")}\n`, warnings };
}

/** Says what stands in the picture, where the name does not. */
const comment = (text: string, name = ""): string[] =>
  text.trim() === "" || isNamed(text, name) ? [] : [`/** ${quotedRow(text)} */`];

const notWritten = (name: string): string => `throw new Error(${literal(`Not written yet: ${name}`)});`;

function classBlocks(graph: Graph, warnings: string[]): string[][] {
  const { classes, foreign } = programOf(graph, "camel", "typescript", warnings);
  const above: Above = new Map(classes.map((made) => [made.name, made]));
  return [
    ...classes.map((made) => {
      for (const parent of made.kind === "interface" ? [] : made.parents.slice(1))
        warnings.push(
          `That ${made.name} inherits from ${parent} too is left out: TypeScript knows one parent.`,
        );
      if (made.kind === "enum" && made.methods.length > 0)
        warnings.push(`The operations of the enumeration ${made.name} are left out.`);
      return [...comment(made.label, made.name), ...classRows(made, above)];
    }),
    ...foreign.map((name) => [
      `/** Named in the diagram, and not drawn. */`,
      `export type ${name} = unknown;`,
    ]),
  ];
}

function classRows(made: Class, above: Above): string[] {
  const { name, kind, parents, interfaces, fields, methods } = made;
  const block = (head: string, rows: string[]) => closed([`export ${head} {`], rows);
  if (kind === "enum") {
    const entries = fields.map((field) => `${field.name} = ${literal(enumValue(field))},`);
    return block(`enum ${name}`, entries);
  }
  const list = (word: string, names: string[]) =>
    names.length === 0 ? "" : ` ${word} ${names.map((one) => parentType(made, one, above)).join(", ")}`;
  const own = name + typeArguments(made.generics);
  if (kind === "interface") {
    return block(`interface ${own}${list("extends", parents)}`, [
      ...fields.flatMap((field) => [...comment(field.comment), `${field.name}: ${typed(field.type)};`]),
      ...methods.flatMap((method) => [...comment(method.comment), `${signature(method)};`]),
    ]);
  }
  const head = `${kind === "abstract" ? "abstract " : ""}class ${own}`;
  const rows = fields.map((field) => [...comment(field.comment), fieldRow(field)]);
  const parts = [rows.flat(), constructorRows(made, above), ...methods.map(methodRows)];
  return closed(
    [`export ${head}${list("extends", parents.slice(0, 1))}${list("implements", interfaces)} {`],
    separated(parts.filter((rows) => rows.length > 0)),
  );
}

const typeArguments = (all: readonly string[]): string => (all.length === 0 ? "" : `<${all.join(", ")}>`);

const parentType = (made: Class, parent: string, above: Above): string =>
  parent + typeArguments(argumentsFor(above.get(parent)?.generics ?? [], made.generics).map(typed));

/** Blocks with an empty row between two. */
const separated = (blocks: string[][]): string[] =>
  blocks.flatMap((rows, index) => (index === 0 ? rows : ["", ...rows]));

/** Whether an object is made with it: lists and maps are empty at first, and what is optional may be missing. */
const isGiven = ({ isStatic, type }: Field): boolean =>
  !isStatic && !type.list && type.base !== "map" && !type.optional && type.base !== "unknown";

/** What an object is made with, that of the class above first. */
function givenTo(made: Class, above: Above): Field[] {
  const parent = above.get(made.parents[0] ?? "");
  const before =
    parent && parent !== made
      ? givenTo(parent, above).map((field) => ({
          ...field,
          type: boundTo(field.type, parent.generics, made.generics),
        }))
      : [];
  const own = made.fields.filter(
    (field) => isGiven(field) && !before.some(({ name }) => name === field.name),
  );
  return [...before, ...own];
}

/** The classes by their names. */
type Above = ReadonlyMap<string, Class>;

function constructorRows(made: Class, above: Above): string[] {
  const given = givenTo(made, above);
  const own = made.fields.filter(isGiven);
  // What the class above does is enough.
  if (own.length === 0) return [];
  const parent = above.get(made.parents[0] ?? "");
  const before = parent ? givenTo(parent, above) : [];
  return closed(
    headOf(
      "constructor",
      given.map(({ name, type }) => `${name}: ${typed(type)}`),
      "",
      2,
    ),
    [
      ...(parent ? [`super(${before.map(({ name }) => name).join(", ")});`] : []),
      ...own.map(({ name }) => `this.${name} = ${name};`),
    ],
  );
}

const modifiers = ({ visibility, isStatic }: Pick<Field, "visibility" | "isStatic">): string =>
  `${visibility === "public" ? "" : `${visibility} `}${isStatic ? "static " : ""}`;

function fieldRow(field: Field): string {
  const { type, name, isStatic } = field;
  const first =
    isStatic || type.optional ? "" : type.list ? " = []" : type.base === "map" ? " = new Map()" : "";
  return `${modifiers(field)}${name}: ${typed(type)}${first};`;
}

function methodRows(method: Method): string[] {
  const head = comment(method.comment);
  if (method.isAbstract && !method.isStatic) {
    const visible = method.visibility === "public" ? "" : "protected ";
    return [...head, `${visible}abstract ${signature(method)};`];
  }
  return [...head, `${modifiers(method)}${signature(method)} {`, ...indent([notWritten(method.name)]), "}"];
}

const signature = ({ name, parameters, result }: Method): string =>
  `${name}(${parameters.map((one) => `${one.name}: ${typed(one.type)}`).join(", ")}): ${result ? typed(result) : "void"}`;

const basic: Record<Exclude<Type["base"], "named" | "map">, string> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  date: "Date",
  void: "void",
  unknown: "unknown",
};

function typed({ base, name, list, optional, of, args = [] }: Type): string {
  const one =
    base === "named"
      ? name + typeArguments(args.map(typed))
      : base !== "map"
        ? basic[base]
        : of
          ? `Map<${typed(of[0])}, ${typed(of[1])}>`
          : "unknown";
  return `${one}${list ? "[]" : ""}${optional && (list || one !== "unknown") ? " | undefined" : ""}`;
}

function scriptBlocks({ interfaces, functions, decides }: Script): string[][] {
  return [
    ...interfaces.map(interfaceRows),
    ...functions.map(functionRows),
    ...(decides
      ? [
          [
            "/** Answers a question of the diagram. */",
            "function decide(question: string): boolean {",
            ...indent(["throw new Error(`Not decided yet: ${question}`);"]),
            "}",
          ],
        ]
      : []),
  ];
}

/** Linters want something in an interface. */
const interfaceRows = ({ name, label, methods }: Interface): string[] => [
  ...comment(label, name),
  ...closed(
    [`export ${methods.length === 0 ? "class" : "interface"} ${name} {`],
    methods.flatMap((method) => [...comment(method.label, method.name), `${method.name}(): void;`]),
  ),
];

function functionRows({ name, label, parameters, body, asks }: Procedure): string[] {
  const head = headOf(
    `export function ${name}`,
    parameters.map((one) => `${one.name}: ${one.type}`),
    asks ? ": boolean" : ": void",
  );
  const rows = body.flatMap(statementRows);
  // A question stands in what it throws.
  if (asks) return closed(head, [...rows, `throw new Error(${literal(`Not answered yet: ${label}`)});`]);
  return [...comment(label, name), ...closed(head, rows)];
}

/** What is before a brace, on one row where that fits into 80 columns, as linters have it. */
function headOf(start: string, parameters: string[], end: string, indented = 0): string[] {
  const row = `${start}(${parameters.join(", ")})${end} {`;
  if (indented + row.length <= 80) return [row];
  return [`${start}(`, ...indent(parameters.map((one) => `${one},`)), `)${end} {`];
}
function closed(head: string[], rows: string[]): string[] {
  const last = head.at(-1) ?? "";
  return rows.length === 0 ? [...head.slice(0, -1), `${last}}`] : [...head, ...indent(rows), "}"];
}

const asked = (condition: Condition): string =>
  typeof condition === "string"
    ? `decide(${literal(condition)})`
    : `${condition.isNot ? "!" : ""}${condition.asks}()`;

function statementRows(statement: Statement): string[] {
  switch (statement.kind) {
    case "comment":
      return [`// ${quotedRow(statement.text)}`];
    case "call": {
      const target = statement.on === undefined ? "" : `${statement.on}.`;
      const said = statement.comment === "" ? "" : ` // ${quotedRow(statement.comment)}`;
      return [`${target}${statement.name}();${said}`];
    }
    case "loop":
      return [
        `while (${asked(statement.condition)}) {`,
        ...indent(statement.body.flatMap(statementRows)),
        "}",
      ];
    case "forever":
      return ["while (true) {", ...indent(statement.body.flatMap(statementRows)), "}"];
    case "break":
    case "continue":
    case "return":
      return [`${statement.kind};`];
    case "choice":
      return [
        ...statement.branches.flatMap(({ condition, body }, index) => {
          const isLast = index > 0 && index === statement.branches.length - 1;
          const test = condition === "" && isLast ? "" : `if (${asked(condition)}) `;
          return [`${index === 0 ? "" : "} else "}${test}{`, ...indent(body.flatMap(statementRows))];
        }),
        "}",
      ];
  }
}
