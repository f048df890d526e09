import type { Edge, Graph, Node } from "../../workflows/diagram/schema.js";

/** A label as a person read it, at a node or a line that keeps its identity in another answer. */
export type Correction =
  | { of: "node"; id: string; label: string }
  | { of: "edge"; from: string; to: string; label: string };

/**
 * What relabelling one element of a graph means in terms of ids.
 *
 * @param element its name in the graph: n1, n2, … in the order of the nodes, e1, e2, … in that of the lines
 */
export function correctionsOf({ nodes, edges }: Graph, element: string, label: string): Correction[] {
  const index = Number(element.slice(1)) - 1;
  const [node, edge] = element.startsWith("n") ? [nodes[index], undefined] : [undefined, edges[index]];
  if (node) return [{ of: "node", id: node.id, label }];
  return edge ? [{ of: "edge", from: edge.from, to: edge.to, label }] : [];
}

/** The graph with the correction, where it still has the node or the line. */
export function corrected(graph: Graph, correction: Correction): Graph {
  const read = { label: correction.label, confidence: "high" as const, alternatives: [] };
  return correction.of === "node"
    ? { ...graph, nodes: replaced(graph.nodes, ({ id }: Node) => id === correction.id, read) }
    : {
        ...graph,
        edges: replaced(
          graph.edges,
          ({ from, to }: Edge) => from === correction.from && to === correction.to,
          read,
        ),
      };
}

/** The list with the first that fits changed. */
function replaced<T extends Node | Edge>(
  all: readonly T[],
  fits: (one: T) => boolean,
  read: Pick<Node, "label" | "confidence" | "alternatives">,
): T[] {
  const found = all.findIndex(fits);
  return all.map((one, index) => (index === found ? { ...one, ...read } : one));
}
