import type { Graph, Node } from "../../schema.js";
import { forestOf } from "../../structure.js";
import { indent, type Names } from "../names.js";
import { warnOfRemarks } from "../remarks.js";
import { looseNotes } from "./common.js";
import { mermaidString } from "./labels.js";

/** Mind maps know four of the shapes; all others are boxes. */
function shaped(shape: Node["shape"], words: string): string {
  if (shape === "circle") return `((${words}))`;
  if (shape === "rounded") return `(${words})`;
  return shape === "hexagon" ? `{{${words}}}` : `[${words}]`;
}

/** One idea and its branches. */
export function mindmap(graph: Graph, name: Names, warnings: string[]): string[] {
  warnOfRemarks(graph, "A mind map in Mermaid", [], warnings);
  looseNotes(graph, warnings, () => false);
  if (graph.groups.length > 0) warnings.push("Mind maps have no groups: those of the picture are left out.");
  const { roots, children, left } = forestOf(graph);
  if (left.length > 0) warnings.push(`A mind map is a tree: ${left.length} further lines are left out.`);
  const labels = graph.edges.filter((edge) => edge.label.trim() !== "").length;
  if (labels > 0) warnings.push(`The branches of a mind map have no words: those of ${labels} are left out.`);
  const branch = (node: Node): string[] => [
    `${name(node.id)}${shaped(node.shape, mermaidString(node.label))}`,
    ...indent((children.get(node.id) ?? []).flatMap(branch)),
  ];
  const [root] = roots;
  // A mind map has one root: several trees hang from the drawing's title.
  if (roots.length === 1 && root) {
    if (graph.title.trim() !== "" && graph.title !== root.label)
      warnings.push(`A mind map in Mermaid has no title: “${graph.title}” is left out.`);
    return ["mindmap", ...indent(branch(root))];
  }
  return ["mindmap", ...indent([`root[${mermaidString(graph.title)}]`, ...indent(roots.flatMap(branch))])];
}
