import { eventSigns, gatewaySigns } from "../emit/remarks.js";
import type { Graph, Node, Remark } from "../schema.js";

const events = new Map(Object.entries(eventSigns).map(([kind, sign]) => [sign, kind]));
const gateways = new Map(Object.entries(gatewaySigns).map(([kind, sign]) => [sign, kind]));
const round: ReadonlySet<Node["shape"]> = new Set(["circle", "stadium", "start", "end"]);

/**
 * The graph with the signs that languages without events and gateways hold in a label, above its words, as the remarks
 * that they stand for: an envelope in a circle is a message.
 */
export function withSignsRead(graph: Graph): Graph {
  if (graph.kind !== "flowchart" && graph.kind !== "state") return graph;
  const remarks: Remark[] = [];
  const nodes = graph.nodes.map((node) => {
    const [first = "", ...words] = node.label.split("\n");
    const [feature, value] = round.has(node.shape)
      ? (["event", events.get(first)] as const)
      : (["gateway", node.shape === "diamond" ? gateways.get(first) : undefined] as const);
    if (value === undefined) return node;
    remarks.push({ about: node.id, feature, value });
    return { ...node, label: words.join("\n") };
  });
  return remarks.length === 0 ? graph : { ...graph, nodes, remarks: [...graph.remarks, ...remarks] };
}
