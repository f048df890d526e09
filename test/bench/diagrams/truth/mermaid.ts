import { editedGraph } from "../../../../src/workflows/diagram/editedGraph.js";
import type { MermaidParser } from "../../../../src/workflows/diagram/mermaidParser.js";
import type { Graph, Node } from "../../../../src/workflows/diagram/schema.js";
import { graph } from "../../../support/diagrams.js";

/** Our shapes, by Mermaid's names for its own. */
const shapes: Record<string, Node["shape"]> = {
  square: "rectangle",
  round: "rounded",
  stadium: "stadium",
  circle: "circle",
  doublecircle: "circle",
  diamond: "diamond",
  hexagon: "hexagon",
  lean_right: "parallelogram",
  lean_left: "parallelogram",
  cylinder: "cylinder",
};

/**
 * The graph that a Mermaid flowchart stands for, read by the product's own parser.
 *
 * @throws Error when it is no flowchart, or not valid
 */
export async function graphOfMermaid(text: string, parser: MermaidParser): Promise<Graph> {
  const verdict = await parser.parse(text);
  if (!verdict.valid) throw new Error(verdict.message);
  const { flowchart } = verdict;
  if (!flowchart) throw new Error("Only flowcharts can be read back");
  const shapeOf = new Map(flowchart.nodes.map(({ name, shape }) => [name, shapes[shape ?? ""]]));
  const { graph: read, names } = editedGraph(graph("flowchart", ""), flowchart);
  const direction = /^\s*(?:flowchart|graph)\s+(TB|TD|BT|LR|RL)/m.exec(text)?.[1];
  return {
    ...read,
    direction:
      direction === "LR" ? "right" : direction === "RL" ? "left" : direction === "BT" ? "up" : "down",
    nodes: read.nodes.map((node) => ({
      ...node,
      shape: shapeOf.get(names.get(node.id) ?? node.id) ?? node.shape,
    })),
  };
}
