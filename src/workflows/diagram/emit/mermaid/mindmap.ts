import { forestOf } from "../../graph.js";
import type { Graph, Node } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { looseNotes } from "./common.js";
import { quoted } from "./labels.js";

export function mindmap(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, () => false);
  if (graph.groups.length > 0) losses.push("Mind maps have no groups: those of the picture are left out.");
  const { roots, children, left } = forestOf(graph);
  if (left.length > 0) losses.push(`A mind map is a tree: ${left.length} further lines are left out.`);
  const labels = graph.edges.filter((edge) => edge.label.trim() !== "").length;
  if (labels > 0) losses.push(`The branches of a mind map have no words: those of ${labels} are left out.`);
  const branch = (node: Node): string[] => [
    `${name(node.id)}[${quoted(node.label)}]`,
    ...indent((children.get(node.id) ?? []).flatMap(branch)),
  ];
  const [root] = roots;
  // A mind map has one root: several trees hang from the drawing's title.
  const tree =
    roots.length === 1 && root
      ? branch(root)
      : [`root[${quoted(graph.title)}]`, ...indent(roots.flatMap(branch))];
  return ["mindmap", ...indent(tree)];
}
