import { membersByGroup } from "../graph.js";
import type { Edge, Graph, Group, Node } from "../schema.js";
import type { Emitted } from "./emitted.js";
import { multiplicities, rowsOf } from "./labels.js";
import { indent, type Names, namesOf } from "./names.js";

/**
 * Writes Graphviz DOT. Ids are ours, and labels are quoted strings in which a quote, a backslash and an entity
 * stand for themselves, so that no text of the picture can become an attribute or a statement.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function emitDot(graph: Graph): Emitted {
  const losses: string[] = [];
  if (graph.steps.length > 0) losses.push("The order of messages is left out: DOT has none.");
  const name = namesOf(graph);
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [...nodes.map((node) => nodeRow(node, name)), ...groups.flatMap(cluster)];
  };
  const cluster = (group: Group): string[] => [
    `subgraph cluster_${name(group.id)} {`,
    ...indent([`label=${quoted(group.label)};`, ...inside(group.id)]),
    "}",
  ];
  const rows = [
    "digraph {",
    ...indent([
      `rankdir=${ranks[graph.direction]};`,
      ...(graph.title.trim() === "" ? [] : [`label=${quoted(graph.title)};`]),
      'node [shape=box, fontname="sans-serif"];',
      'edge [fontname="sans-serif"];',
      ...inside(""),
      ...graph.edges.map((edge) => edgeRow(edge, name, graph.kind === "er")),
      ...graph.notes.flatMap(({ text, about }, at) => [
        `note${at + 1} [shape=note, label=${quoted(text)}];`,
        ...(about === "" ? [] : [`note${at + 1} -> ${name(about)} [style=dashed, dir=none];`]),
      ]),
    ]),
    "}",
  ];
  return { text: `${rows.join("\n")}\n`, losses };
}

const ranks: Record<Graph["direction"], string> = { right: "LR", down: "TB", left: "RL", up: "BT" };

const nodeShapes: Record<Node["shape"], string> = {
  rectangle: "shape=box",
  rounded: 'shape=box, style="rounded"',
  stadium: 'shape=box, style="rounded"',
  circle: "shape=ellipse",
  diamond: "shape=diamond",
  hexagon: "shape=hexagon",
  parallelogram: "shape=parallelogram",
  cylinder: "shape=cylinder",
  document: "shape=note",
  actor: "shape=plaintext",
  start: "shape=circle",
  end: "shape=doublecircle",
};

function nodeRow({ id, label, shape, details }: Node, name: Names): string {
  return `${name(id)} [${nodeShapes[shape]}, label=${quoted([label, ...details].join("\n"))}];`;
}

const arrows: Record<Edge["endHead"], string> = {
  none: "none",
  arrow: "vee",
  triangle: "onormal",
  diamond: "odiamond",
  filledDiamond: "diamond",
  circle: "odot",
  cross: "tee",
};
/** Crow's feet. */
const feet: Record<Edge["endCount"], string> = {
  none: "none",
  one: "teetee",
  zeroOrOne: "teeodot",
  oneOrMore: "crowtee",
  zeroOrMore: "crowodot",
};
const strokes: Record<Edge["line"], string[]> = {
  solid: [],
  dashed: ["style=dashed"],
  thick: ["style=bold"],
};

function edgeRow(edge: Edge, name: Names, crowsFeet: boolean): string {
  const attributes = [
    "dir=both",
    `arrowtail=${crowsFeet ? feet[edge.startCount] : arrows[edge.startHead]}`,
    `arrowhead=${crowsFeet ? feet[edge.endCount] : arrows[edge.endHead]}`,
    ...strokes[edge.line],
    ...(edge.label.trim() === "" ? [] : [`label=${quoted(edge.label)}`]),
    ...(crowsFeet || edge.startCount === "none" ? [] : [`taillabel="${multiplicities[edge.startCount]}"`]),
    ...(crowsFeet || edge.endCount === "none" ? [] : [`headlabel="${multiplicities[edge.endCount]}"`]),
  ];
  return `${name(edge.from)} -> ${name(edge.to)} [${attributes.join(", ")}];`;
}

/** Graphviz turns entities into their characters, and a backslash before a letter into the node's name or more. */
const quoted = (text: string): string => {
  const escaped = rowsOf(text).map((row) =>
    row.replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"'),
  );
  return `"${escaped.join("\\n")}"`;
};
