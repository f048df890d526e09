import { membersByGroup } from "../../graph.js";
import type { Edge, Graph, Node } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { directions } from "./common.js";
import { line, quotedLine, rowStart } from "./labels.js";

const classStarts: Record<Edge["startHead"], string> = {
  none: "",
  arrow: "<",
  triangle: "<|",
  diamond: "o",
  filledDiamond: "*",
  circle: "()",
  cross: "",
};
const classEnds: Record<Edge["endHead"], string> = { ...classStarts, arrow: ">", triangle: "|>" };
const multiplicities: Record<Edge["endCount"], string> = {
  none: "",
  one: ' "1"',
  zeroOrOne: ' "0..1"',
  oneOrMore: ' "1..*"',
  zeroOrMore: ' "0..*"',
};

export function classDiagram(graph: Graph, name: Names, losses: string[]): string[] {
  const node = ({ id, label: text, details }: Node) => {
    const head = `class ${name(id)}[${quotedLine(text)}]`;
    const members = details.filter((detail) => detail.trim() !== "");
    return members.length === 0 ? [head] : [`${head} {`, ...indent(members.map(rowStart)), "}"];
  };
  if (graph.groups.some(({ parent }) => parent !== ""))
    losses.push("Namespaces within namespaces are drawn side by side.");
  const members = membersByGroup(graph);
  const namespaces = graph.groups.flatMap((group) => {
    const { nodes = [] } = members.get(group.id) ?? {};
    return nodes.length === 0
      ? []
      : [`namespace ${name(group.id)}[${quotedLine(group.label)}] {`, ...indent(nodes.flatMap(node)), "}"];
  });
  const edges = graph.edges.map((edge) => {
    const stroke = edge.line === "dashed" ? ".." : "--";
    const arrow = `${classStarts[edge.startHead]}${stroke}${classEnds[edge.endHead]}`;
    const text = edge.label.trim() === "" ? "" : ` : ${line(edge.label)}`;
    return `${name(edge.from)}${multiplicities[edge.startCount]} ${arrow}${multiplicities[edge.endCount]} ${name(edge.to)}${text}`;
  });
  const notes = graph.notes.map(({ text, about }) =>
    about === "" ? `note ${quotedLine(text)}` : `note for ${name(about)} ${quotedLine(text)}`,
  );
  const inNone = (members.get("")?.nodes ?? []).flatMap(node);
  return [
    "classDiagram",
    ...indent([`direction ${directions[graph.direction]}`, ...namespaces, ...inNone, ...edges, ...notes]),
  ];
}
