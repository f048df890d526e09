import type { Graph, Group, Kind, Node } from "../schema.js";
import { remarksOf } from "../structure.js";

/** What a box is called where neither its label nor its shape says more. */
const boxes: Partial<Record<Kind, string>> = {
  sequence: "participant",
  class: "type",
  er: "table",
  state: "mode",
  mindmap: "idea",
  architecture: "part",
};

const ofShapes: Partial<Record<Node["shape"], string>> = {
  diamond: "decision",
  cylinder: "database",
  document: "document",
  actor: "person",
  start: "begin",
  end: "finish",
};

/**
 * What a person would call a node or a frame whose label gives no name, such as an empty dot or a word in Chinese:
 * `begin`, `decision`, `timerEvent`, `history`. Several of one role are told apart by whoever gives the names out.
 */
export function roleNamesOf(graph: Graph): { node(node: Node): string; group(group: Group): string } {
  const remark = remarksOf(graph);
  return {
    node: ({ id, shape }) => {
      const event = remark(id, "event");
      if (event !== undefined) return `${event}Event`;
      if (remark(id, "gateway") !== undefined) return "gateway";
      return remark(id, "pseudostate") ?? ofShapes[shape] ?? boxes[graph.kind] ?? "step";
    },
    group: ({ id }) => (remark(id, "region") === undefined ? "area" : "region"),
  };
}
