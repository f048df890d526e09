import { z } from "zod";
import { withoutWraps } from "./emit/labels.js";
import { mermaidNames } from "./emit/mermaid/common.js";
import { signedLabels } from "./emit/remarks.js";
import { type Edge, type Graph, type Node, nowhere } from "./schema.js";
import { withoutInwardEdges } from "./structure.js";

/** What Mermaid's own parser holds of a flowchart. */
export const ParsedFlowchart = z.object({
  nodes: z.array(z.object({ name: z.string(), label: z.string(), shape: z.string().optional() })),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      label: z.string(),
      stroke: z.enum(["normal", "dotted", "thick", "invisible"]),
      heads: z.enum(["none", "end", "both"]),
    }),
  ),
});
export type ParsedFlowchart = z.infer<typeof ParsedFlowchart>;

const lines: Record<ParsedFlowchart["edges"][number]["stroke"], Edge["line"]> = {
  normal: "solid",
  dotted: "dashed",
  thick: "thick",
  invisible: "solid",
};

/** A graph as its text was edited, and what that text calls its nodes and groups, by their ids. */
export interface EditedGraph {
  graph: Graph;
  names: ReadonlyMap<string, string>;
}

/**
 * A graph as its text was edited by hand: labels, nodes and lines are those of the text; what the text does not
 * hold (places, groups, remarks) stays as it was read.
 *
 * @param earlierNames as the text was written with
 */
export function editedGraph(
  graph: Graph,
  { nodes, edges }: ParsedFlowchart,
  earlierNames?: ReadonlyMap<string, string>,
): EditedGraph {
  const name = mermaidNames(withoutWraps(graph), earlierNames);
  const signed = signedLabels(graph);
  const ids = new Map([...graph.nodes, ...graph.groups].map(({ id }) => [name(id), id]));
  const groups = new Set(graph.groups.map(({ id }) => name(id)));
  const isNote = (own: string) => /^note\d+$/.test(own) && !ids.has(own);
  const taken = new Set([...graph.nodes, ...graph.groups].map(({ id }) => id));
  /** What is new in the text may be called like another node's id. */
  const idOf = (own: string) => ids.get(own) ?? (taken.has(own) ? `typed-${own}` : own);
  const kept = nodes
    .filter((node) => !groups.has(node.name) && !isNote(node.name))
    .map((node): Node => {
      const before = graph.nodes.find(({ id }) => id === ids.get(node.name));
      if (before && same([signed(before), ...before.details].join("\n"), node.label)) return before;
      return {
        shape: "rectangle",
        group: "",
        place: nowhere,
        ...before,
        id: idOf(node.name),
        label: node.label,
        details: [],
        confidence: "high",
        alternatives: [],
      };
    });
  const left = [...graph.edges];
  const joined = edges
    .filter(({ from, to }) => !isNote(from) && !isNote(to))
    .map((edge): Edge => {
      const ends = { from: idOf(edge.from), to: idOf(edge.to) };
      const joins = left.filter((one) => {
        // What points to its start is written the other way around.
        const [from, to] = isBackwards(one) ? [one.to, one.from] : [one.from, one.to];
        return from === ends.from && to === ends.to;
      });
      const before = joins.find(({ label }) => same(label, edge.label)) ?? joins[0];
      if (before) left.splice(left.indexOf(before), 1);
      if (before && same(before.label, edge.label) && before.line === lines[edge.stroke]) return before;
      return {
        startHead: edge.heads === "both" ? "arrow" : "none",
        endHead: edge.heads === "none" ? "none" : "arrow",
        startCount: "none",
        endCount: "none",
        ...before,
        ...(before ? { from: before.from, to: before.to } : ends),
        label: edge.label,
        line: lines[edge.stroke],
        confidence: "high",
        alternatives: [],
      };
    });
  // Lines that the text could not hold are as they were.
  const isThere = (id: string) =>
    kept.some((node) => node.id === id) || graph.groups.some((one) => one.id === id);
  const inward = withoutInwardEdges(graph, "", []);
  const notHeld = graph.edges.filter(
    (edge) => !inward.includes(edge) && isThere(edge.from) && isThere(edge.to),
  );
  const written = nodes.filter((node) => !isNote(node.name)).map((node) => node.name);
  return {
    graph: { ...graph, nodes: kept, edges: [...joined, ...notHeld] },
    names: new Map(written.map((own) => [idOf(own), own])),
  };
}

const isBackwards = ({ startHead, endHead }: Edge): boolean => startHead !== "none" && endHead === "none";

const same = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (text: string): string => text.replace(/[\s\u00a0]+/g, " ").trim();
