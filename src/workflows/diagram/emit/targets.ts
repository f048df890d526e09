import type { Graph } from "../schema.js";
import { graphKinds, type Kind, kinds } from "../schema.js";
import { emitBpmn } from "./bpmn/bpmn.js";
import { emitPrisma } from "./code/prisma.js";
import { emitPython } from "./code/python.js";
import { emitSql } from "./code/sql.js";
import { emitTypeScript } from "./code/typescript.js";
import { emitXState } from "./code/xstate.js";
import { emitD2 } from "./d2.js";
import { emitDot } from "./dot.js";
import { emitDrawio } from "./drawio/drawio.js";
import type { EmitOptions, Emitted } from "./emitted.js";
import { emitExcalidraw } from "./excalidraw/excalidraw.js";
import { emitMermaid } from "./mermaid/mermaid.js";
import { emitPlantUml } from "./plantuml/plantuml.js";
import { emitStructurizr } from "./structurizr.js";

/** A language that a graph can be written in. */
export interface Target {
  title: string;
  /** Its VS Code language id. */
  language: string;
  /** The ending of its files. */
  ending: string;
  /** What begins a comment on a line of its own; absent where an editor of the format drops comments. */
  comment?: string;
  /** The kinds of diagram that it can express. */
  kinds: readonly Kind[];
  emit(graph: Graph, options?: EmitOptions): Emitted;
}

export const targetIds = [
  "mermaid",
  "plantuml",
  "dot",
  "d2",
  "drawio",
  "excalidraw",
  "bpmn",
  "structurizr",
  "typescript",
  "python",
  "sql",
  "prisma",
  "xstate",
] as const;
export type TargetId = (typeof targetIds)[number];

/** What can be said in a programming language. */
const scripts: readonly Kind[] = ["class", "flowchart", "sequence"];

export const targets: Record<TargetId, Target> = {
  mermaid: {
    title: "Mermaid",
    language: "mermaid",
    ending: "mmd",
    comment: "%% ",
    kinds,
    emit: emitMermaid,
  },
  plantuml: {
    title: "PlantUML",
    language: "plantuml",
    ending: "puml",
    comment: "' ",
    kinds: graphKinds,
    emit: emitPlantUml,
  },
  dot: {
    title: "Graphviz DOT",
    language: "dot",
    ending: "dot",
    comment: "// ",
    kinds: graphKinds.filter((kind) => kind !== "sequence"),
    emit: emitDot,
  },
  d2: { title: "D2", language: "d2", ending: "d2", comment: "# ", kinds: graphKinds, emit: emitD2 },
  drawio: {
    title: "draw.io",
    language: "xml",
    ending: "drawio",

    kinds: graphKinds,
    emit: emitDrawio,
  },
  excalidraw: {
    title: "Excalidraw",
    language: "json",
    ending: "excalidraw",
    kinds: graphKinds.filter((kind) => kind !== "sequence"),
    emit: emitExcalidraw,
  },
  bpmn: { title: "BPMN 2.0", language: "xml", ending: "bpmn", kinds: ["flowchart"], emit: emitBpmn },
  structurizr: {
    title: "Structurizr DSL",
    language: "structurizr-dsl",
    ending: "dsl",
    comment: "// ",
    kinds: ["architecture"],
    emit: emitStructurizr,
  },
  typescript: {
    title: "TypeScript",
    language: "typescript",
    ending: "ts",
    comment: "// ",
    kinds: scripts,
    emit: emitTypeScript,
  },
  python: {
    title: "Python",
    language: "python",
    ending: "py",
    comment: "# ",
    kinds: scripts,
    emit: emitPython,
  },
  sql: {
    title: "SQL (PostgreSQL)",
    language: "sql",
    ending: "sql",
    comment: "-- ",
    kinds: ["er"],
    emit: emitSql,
  },
  prisma: {
    title: "Prisma",
    language: "prisma",
    ending: "prisma",
    comment: "// ",
    kinds: ["er"],
    emit: emitPrisma,
  },
  xstate: {
    title: "XState",
    language: "typescript",
    ending: "ts",
    comment: "// ",
    kinds: ["state"],
    emit: emitXState,
  },
};

/** The targets that can express a kind of diagram. */
export const targetsFor = (kind: Kind): TargetId[] =>
  targetIds.filter((id) => targets[id].kinds.includes(kind));
