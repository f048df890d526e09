import type { Edge, Graph, Group, Node } from "../../schema.js";
import { membersByGroup, remarksOf, withoutInwardEdges } from "../../structure.js";
import { indent, type Names } from "../names.js";
import { type Colour, coloursOf, signedLabels, warnOfRemarks } from "../remarks.js";
import { colourClasses, directions } from "./common.js";
import { mermaidString } from "./labels.js";

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

/** Boxes and arrows, in the frames around them. */
export function flowchart(graph: Graph, name: Names, warnings: string[], isLatest: boolean): string[] {
  const held = [
    "event",
    "ring",
    "gateway",
    "subroutine",
    "technology",
    "description",
    "colour",
    "direction",
  ] as const;
  warnOfRemarks(graph, "A flowchart in Mermaid", held, warnings);
  const remark = remarksOf(graph);
  const label = signedLabels(graph);
  const node = (one: Node): string => {
    const { id, shape, details } = one;
    const rows = [label(one), ...details].join("\n");
    const text = rows.trim() === "" ? '" "' : mermaidString(rows);
    if (isLatest && shape === "document") return `${name(id)}@{ shape: doc, label: ${text} }`;
    const isDouble = remark(id, "ring") === "double";
    const [open, close] = remark(id, "subroutine") ? ["[[", "]]"] : flowchartShapes[isDouble ? "end" : shape];
    return `${name(id)}${open}${text}${close}`;
  };
  const frame = ({ id, label: text }: Group): string[] => {
    const way = direction(remark(id, "direction"));
    return [`subgraph ${name(id)}[${mermaidString(text)}]`, ...(way ? [`  direction ${way}`] : [])];
  };
  const edges = withoutInwardEdges(graph, "Mermaid", warnings);
  warnOfLines(edges, warnings);
  return [
    `flowchart ${directions[graph.direction]}`,
    ...indent([
      ...nested(graph, node, frame),
      ...edges.map((edge) => edgeRow(edge, name)),
      ...graph.notes.flatMap(({ text, about }, index) => [
        `note${index + 1}>${mermaidString(text)}]`,
        ...(about === "" ? [] : [`note${index + 1} -.- ${name(about)}`]),
      ]),
      ...styleRows(graph, name, warnings),
    ]),
  ];
}

const direction = (value: string | undefined): string | undefined =>
  Object.entries(directions).find(([way]) => way === value)?.[1];

function edgeRow(edge: Edge, name: Names): string {
  const text = edge.label.trim() === "" ? "" : `|${mermaidString(edge.label)}|`;
  // An arrow points from left to right, or both ways.
  const isBackwards = edge.startHead !== "none" && edge.endHead === "none";
  const [from, to] = isBackwards ? [edge.to, edge.from] : [edge.from, edge.to];
  const head = isBackwards ? edge.startHead : edge.endHead;
  return `${name(from)} ${arrow(edge.line, isBackwards ? "none" : edge.startHead, head)}${text} ${name(to)}`;
}

function arrow(line: Edge["line"], startHead: Edge["startHead"], endHead: Edge["endHead"]): string {
  const mark = (head: Edge["endHead"], point: string) =>
    head === "none" ? "" : head === "circle" ? "o" : head === "cross" ? "x" : point;
  const end = mark(endHead, ">");
  // Both ends have the same head, or only the last has one.
  const start = mark(startHead, ">") === end ? mark(startHead, "<") : "";
  if (line === "dashed") return `${start}-.-${end}`;
  const [stroke, last] = line === "thick" ? ["==", "="] : ["--", "-"];
  return `${start}${stroke}${end === "" ? last : end}`;
}

/** Says what Mermaid's lines cannot show. */
function warnOfLines(edges: Edge[], warnings: string[]): void {
  const counted = edges.filter(({ startCount, endCount }) => startCount !== "none" || endCount !== "none");
  if (counted.length > 0)
    warnings.push(`A flowchart has no multiplicities: those of ${counted.length} lines are left out.`);
  const isHead = (head: Edge["endHead"]) => head === "diamond" || head === "filledDiamond";
  const mixed = edges.filter(({ startHead, endHead }) => {
    const [start, end] = [startHead, endHead].map((head) =>
      head === "triangle" || isHead(head) ? "arrow" : head,
    );
    return start !== "none" && end !== "none" && start !== end;
  });
  if (mixed.length > 0)
    warnings.push(
      `A line in Mermaid has the same head at both ends, or one: the first head of ${mixed.length} is left out.`,
    );
  const diamonds = edges.filter(({ startHead, endHead }) => isHead(startHead) || isHead(endHead)).length;
  if (diamonds > 0) warnings.push(`A flowchart has no diamonds at its lines: ${diamonds} became arrows.`);
}

/** Nodes and groups as nested blocks. */
function nested(graph: Graph, node: (node: Node) => string, frame: (group: Group) => string[]): string[] {
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [
      ...nodes.map(node),
      ...groups.flatMap((group) => [...frame(group), ...indent(inside(group.id)), "end"]),
    ];
  };
  return inside("");
}

/** A class for each colour that has a name, and a style for every other. */
function styleRows(graph: Graph, name: Names, warnings: string[]): string[] {
  const remark = remarksOf(graph);
  const colours = [...coloursOf(graph, warnings)];
  const style = ({ fill, stroke }: Colour) => `fill:${fill},stroke:${stroke}`;
  const thick = graph.nodes.filter(({ id }) => remark(id, "ring") === "thick");
  return [
    ...colourClasses(new Map(colours.filter(([, colour]) => colour.name !== undefined)), name),
    ...colours.flatMap(([id, colour]) =>
      colour.name === undefined ? [`style ${name(id)} ${style(colour)}`] : [],
    ),
    ...thick.map(({ id }) => `style ${name(id)} stroke-width:4px`),
  ];
}
