import { z } from "zod";
import { namesOf } from "./emit/names.js";
import type { Edge, Graph, Node, Place } from "./schema.js";

/** What Mermaid's own parser holds of a flowchart. */
export const ParsedFlowchart = z.object({
  nodes: z.array(z.object({ name: z.string(), label: z.string() })),
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

const nowhere: Place = { part: 1, x: 0, y: 0, width: 0, height: 0 };
const lines: Record<ParsedFlowchart["edges"][number]["stroke"], Edge["line"]> = {
  normal: "solid",
  dotted: "dashed",
  thick: "thick",
  invisible: "solid",
};

/**
 * A graph as its text was edited by hand: labels, nodes and lines are those of the text; what the text does not
 * hold (places, groups, remarks) stays as it was read.
 */
export function editedGraph(graph: Graph, { nodes, edges }: ParsedFlowchart): Graph {
  const name = namesOf(graph);
  const ids = new Map(graph.nodes.map(({ id }) => [name(id), id]));
  const groups = new Set(graph.groups.map(({ id }) => name(id)));
  const isNode = (own: string) => !groups.has(own) && !/^note\d+$/.test(own);
  const idOf = (own: string) => ids.get(own) ?? own;
  const kept = nodes
    .filter((node) => isNode(node.name))
    .map((node): Node => {
      const before = graph.nodes.find(({ id }) => id === ids.get(node.name));
      const shown = before && [before.label, ...before.details].join("\n");
      if (before && same(shown ?? "", node.label)) return before;
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
    .filter(({ from, to }) => isNode(from) && isNode(to))
    .map((edge): Edge => {
      const ends = { from: idOf(edge.from), to: idOf(edge.to) };
      const joins = left.filter(({ from, to }) => from === ends.from && to === ends.to);
      const before = joins.find(({ label }) => same(label, edge.label)) ?? joins[0];
      if (before) left.splice(left.indexOf(before), 1);
      if (before && same(before.label, edge.label) && before.line === lines[edge.stroke]) return before;
      return {
        startHead: edge.heads === "both" ? "arrow" : "none",
        endHead: edge.heads === "none" ? "none" : "arrow",
        startCount: "none",
        endCount: "none",
        ...before,
        ...ends,
        label: edge.label,
        line: lines[edge.stroke],
        confidence: "high",
        alternatives: [],
      };
    });
  return { ...graph, nodes: kept, edges: joined };
}

const same = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (text: string): string => text.replace(/[\s\u00a0]+/g, " ").trim();
