import { membersByGroup } from "../../graph.js";
import type { Edge, Graph, Group, Node } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { directions } from "./common.js";
import { quoted } from "./labels.js";

const flowchartShapes: Record<Node["shape"], [string, string]> = {
  rectangle: ["[", "]"],
  rounded: ["(", ")"],
  stadium: ["([", "])"],
  circle: ["((", "))"],
  diamond: ["{", "}"],
  hexagon: ["{{", "}}"],
  parallelogram: ["[/", "/]"],
  cylinder: ["[(", ")]"],
  document: ["[", "]"],
  actor: ["([", "])"],
  start: ["((", "))"],
  end: ["(((", ")))"],
};

function flowchartEdge({ line: style, startHead, endHead }: Edge): string {
  const mark = (head: Edge["endHead"], arrow: string) =>
    head === "none" ? "" : head === "circle" ? "o" : head === "cross" ? "x" : arrow;
  const start = mark(startHead, "<");
  const end = mark(endHead, ">");
  const strokes = { solid: ["--", "-"], dashed: ["-.", "-"], thick: ["==", "="] } as const;
  const [stroke, last] = strokes[style];
  return `${start}${stroke}${end === "" ? last : ""}${style === "dashed" && end !== "" ? "-" : ""}${end}`;
}

export function flowchart(graph: Graph, name: Names, losses: string[]): string[] {
  const node = ({ id, label: text, shape, details }: Node) => {
    const [open, close] = flowchartShapes[shape];
    return [`${name(id)}${open}${quoted([text, ...details].join("\n"))}${close}`];
  };
  const notes = graph.notes.map(({ text }, at) => `note${at + 1}>${quoted(text)}]`);
  const noteLines = graph.notes.flatMap(({ about }, at) =>
    about === "" ? [] : [`note${at + 1} -.- ${name(about)}`],
  );
  const counted = graph.edges.filter(
    ({ startCount, endCount }) => startCount !== "none" || endCount !== "none",
  ).length;
  if (counted > 0) losses.push(`A flowchart has no multiplicities: those of ${counted} lines are left out.`);
  return [
    `flowchart ${directions[graph.direction]}`,
    ...indent([
      ...nested(graph, node, ({ id, label: text }) => `subgraph ${name(id)}[${quoted(text)}]`, "end"),
      ...graph.edges.map((edge) => {
        const text = edge.label.trim() === "" ? "" : `|${quoted(edge.label)}|`;
        return `${name(edge.from)} ${flowchartEdge(edge)}${text} ${name(edge.to)}`;
      }),
      ...notes,
      ...noteLines,
    ]),
  ];
}

/** Nodes and groups as nested blocks, each group written by `open` and closed by `close`. */
function nested(
  graph: Graph,
  node: (node: Node) => string[],
  open: (group: Group) => string,
  close: string,
): string[] {
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [
      ...nodes.flatMap(node),
      ...groups.flatMap((group) => [open(group), ...indent(inside(group.id)), close]),
    ];
  };
  return inside("");
}
