import { z } from "zod";
import { UserError } from "../errors.js";
import { type ValidGraph, validGraph } from "../workflows/diagram/graph.js";
import { newEdge, newGroup, newNode, newStep } from "../workflows/diagram/newParts.js";
import { Edge, Graph, Group, Node, Remark, Row, Step } from "../workflows/diagram/schema.js";

/**
 * A graph as agents write it: what a drawing does not have is left out, where models that are asked for a graph must
 * say all of it.
 */
export const AgentGraph = z.object({
  kind: Graph.shape.kind,
  title: z.string().default(""),
  direction: Graph.shape.direction.default("down"),
  nodes: z
    .array(
      Node.partial()
        .required({ id: true })
        .extend({ label: Node.shape.label.default("") }),
    )
    .default([]),
  edges: z.array(Edge.partial().required({ from: true, to: true })).default([]),
  groups: z.array(Group.partial().required({ id: true })).default([]),
  steps: z.array(Step.partial().required({ kind: true })).default([]),
  rows: z
    .array(
      Row.extend({
        section: z.string().default(""),
        start: z.string().default(""),
        end: z.string().default(""),
      }),
    )
    .default([]),
  notes: z.array(z.object({ text: z.string(), about: z.string().default("") })).default([]),
  remarks: z.array(Remark).default([]),
});

/**
 * An agent's graph as the rest of the house knows it.
 *
 * @throws UserError when it has another form, or holds more than any drawing does
 */
export function graphOf(raw: unknown): ValidGraph {
  const parsed = AgentGraph.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError({
      code: "wrongInput",
      problem: `This is no graph: graph.${issue?.path.join(".")}: ${issue?.message}.`,
      advice: "Call diagram_schema for its form, and correct it.",
    });
  }
  const { nodes, edges, groups, steps, ...rest } = parsed.data;
  return validGraph({
    ...rest,
    nodes: nodes.map(({ id, label, ...more }) => newNode(id, label, given(more))),
    edges: edges.map(({ from, to, label, ...more }) => newEdge(from, to, label, given(more))),
    groups: groups.map(({ id, label = "", parent }) => newGroup(id, label, parent)),
    steps: steps.map(({ kind, ...more }) => newStep(kind, given(more))),
    unreadable: [],
  });
}

/** An object without what is not given: that is not the same as given as undefined. */
function given<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

/** A graph without what is as usual: an agent reads, and writes again, what is drawn. */
export function briefGraph(graph: Graph) {
  return {
    nodes: graph.nodes.map((node) => differing(node, newNode(node.id, ""), ["id", "label"])),
    edges: graph.edges.map((edge) => differing(edge, newEdge("", ""), ["from", "to"])),
    groups: graph.groups.map((group) => differing(group, newGroup("", ""), ["id", "label"])),
    steps: graph.steps.map((step) => differing(step, newStep(step.kind), ["kind"])),
    rows: graph.rows,
    notes: graph.notes,
    remarks: graph.remarks,
  };
}

function differing<T extends object>(value: T, usual: T, always: ReadonlyArray<keyof T>): Partial<T> {
  const keys = Object.keys(value) as Array<keyof T>;
  const kept = keys.filter(
    (key) => always.includes(key) || JSON.stringify(value[key]) !== JSON.stringify(usual[key]),
  );
  return Object.fromEntries(kept.map((key) => [key, value[key]])) as Partial<T>;
}
