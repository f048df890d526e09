import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { indent } from "../names.js";
import { type Class, enumValue, type Field, type Method, programOf, type Type } from "./classes.js";
import { isNamed, literal, quotedRow } from "./identifiers.js";
import { type Interface, type Procedure, type Script, type Statement, scriptOf } from "./script.js";

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
  return [
    ...classes.map((made) => {
      for (const parent of made.kind === "interface" ? [] : made.parents.slice(1))
        warnings.push(
          `That ${made.name} inherits from ${parent} too is left out: TypeScript knows one parent.`,
        );
      if (made.kind === "enum" && made.methods.length > 0)
        warnings.push(`The operations of the enumeration ${made.name} are left out.`);
      return [...comment(made.label, made.name), ...classRows(made)];
    }),
    ...foreign.map((name) => [
      `/** Named in the diagram, and not drawn. */`,
      `export type ${name} = unknown;`,
    ]),
  ];
}

function classRows({ name, kind, parents, interfaces, fields, methods }: Class): string[] {
  const block = (head: string, rows: string[]) => [`export ${head} {`, ...indent(rows), "}"];
  if (kind === "enum") {
    const entries = fields.map((field) => `${field.name} = ${literal(enumValue(field))},`);
    return block(`enum ${name}`, entries);
  }
  const list = (word: string, names: string[]) => (names.length === 0 ? "" : ` ${word} ${names.join(", ")}`);
  if (kind === "interface") {
    return block(`interface ${name}${list("extends", parents)}`, [
      ...fields.flatMap((field) => [...comment(field.comment), `${field.name}: ${typed(field.type)};`]),
      ...methods.flatMap((method) => [...comment(method.comment), `${signature(method)};`]),
    ]);
  }
  const head = `${kind === "abstract" ? "abstract " : ""}class ${name}`;
  return block(`${head}${list("extends", parents.slice(0, 1))}${list("implements", interfaces)}`, [
    ...fields.flatMap(fieldRows),
    ...methods.flatMap(methodRows),
  ]);
}

const modifiers = ({ visibility, isStatic }: Pick<Field, "visibility" | "isStatic">): string =>
  `${visibility === "public" ? "" : `${visibility} `}${isStatic ? "static " : ""}`;

const fieldRows = (field: Field): string[] => [
  ...comment(field.comment),
  `${modifiers(field)}${field.name}!: ${typed(field.type)};`,
];

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

function typed({ base, name, list, optional, of }: Type): string {
  const one =
    base === "named"
      ? name
      : base !== "map"
        ? basic[base]
        : of
          ? `Map<${typed(of[0])}, ${typed(of[1])}>`
          : "unknown";
  return `${one}${list ? "[]" : ""}${optional ? " | undefined" : ""}`;
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

const interfaceRows = ({ name, label, methods }: Interface): string[] => [
  ...comment(label, name),
  `export interface ${name} {`,
  ...indent(methods.flatMap((method) => [...comment(method.label, method.name), `${method.name}(): void;`])),
  "}",
];

const functionRows = ({ name, label, parameters, body }: Procedure): string[] => [
  ...comment(label, name),
  `export function ${name}(${parameters.map((one) => `${one.name}: ${one.type}`).join(", ")}): void {`,
  ...indent(body.flatMap(statementRows)),
  "}",
];

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
        `while (decide(${literal(statement.condition)})) {`,
        ...indent(statement.body.flatMap(statementRows)),
        "}",
      ];
    case "choice":
      return [
        ...statement.branches.flatMap(({ condition, body }, at) => {
          const isLast = at > 0 && at === statement.branches.length - 1;
          const test = condition === "" && isLast ? "" : `if (decide(${literal(condition)})) `;
          return [`${at === 0 ? "" : "} else "}${test}{`, ...indent(body.flatMap(statementRows))];
        }),
        "}",
      ];
  }
}
