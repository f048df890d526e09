import { type Graph, kinds } from "../schema.js";
import { emitD2 } from "./d2.js";
import { emitDot } from "./dot.js";
import type { Emitted } from "./emitted.js";
import { emitMermaid } from "./mermaid/mermaid.js";

/** A language that a graph can be written in. */
export interface Target {
  title: string;
  /** The ending of its files. */
  ending: string;
  /** The kinds of diagram that it can express. */
  kinds: ReadonlyArray<Graph["kind"]>;
  emit(graph: Graph): Emitted;
}

export const targetIds = ["mermaid", "dot", "d2"] as const;
export type TargetId = (typeof targetIds)[number];

export const targets: Record<TargetId, Target> = {
  mermaid: { title: "Mermaid", ending: "mmd", kinds, emit: emitMermaid },
  dot: {
    title: "Graphviz DOT",
    ending: "dot",
    kinds: ["flowchart", "class", "er", "state", "mindmap"],
    emit: emitDot,
  },
  d2: { title: "D2", ending: "d2", kinds, emit: emitD2 },
};

/** The targets that can express a kind of diagram. */
export const targetsFor = (kind: Graph["kind"]): TargetId[] =>
  targetIds.filter((id) => targets[id].kinds.includes(kind));
