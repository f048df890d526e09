import type { Edge, Graph, Group, Kind, Node } from "../../schema.js";
import { membersByGroup, withoutInwardEdges } from "../../structure.js";
import { classBoxOf, type DrawnMember } from "../classBox.js";
import { labelLines, multiplicities } from "../labels.js";
import { indent, type Names } from "../names.js";
import { type Colour, coloursOf, signedLabels, warnOfRemarks } from "../remarks.js";
import { line, plantumlString, row } from "./labels.js";

/** It knows two of the four directions. */
export const direction = (graph: Graph): string[] =>
  graph.direction === "right" || graph.direction === "left" ? ["left to right direction"] : [];

const elements: Record<Node["shape"], string> = {
  rectangle: "rectangle",
  rounded: "card",
  stadium: "usecase",
  circle: "usecase",
  diamond: "usecase",
  hexagon: "node",
  parallelogram: "queue",
  cylinder: "database",
  document: "file",
  actor: "actor",
  start: "usecase",
  end: "usecase",
};

/**
 * What says that an ellipse is a decision, and is not shown. PlantUML has no diamond with words in it: `diamond` and
 * `<<choice>>` draw none of them, versions before the end of 2020 refuse `hexagon`, and some later ones draw it without
 * its outline.
 */
const decision = " <<choice>>";

/** Nodes with compartments, or shapes; and the lines between them. */
export function boxes(graph: Graph, name: Names, warnings: string[]): string[] {
  const { kind } = graph;
  // A class and an entity have compartments, and no place for signs.
  const isSigned = kind === "flowchart" || kind === "architecture";
  const signs = isSigned ? (["event", "gateway", "technology", "description"] as const) : [];
  warnOfRemarks(graph, "PlantUML", [...signs, "colour"], warnings);
  const colours = coloursOf(graph, warnings);
  const signed = signedLabels(graph);
  const fill = (colour: Colour | undefined): string => (colour ? ` ${colour.fill}` : "");
  const node = (one: Node): string[] => {
    const { id, label, shape, details } = one;
    if (isSigned)
      return [
        `${elements[shape]} ${plantumlString([signed(one), ...details].join("\n"))} as ${name(id)}${shape === "diamond" ? decision : ""}${fill(colours.get(id))}`,
      ];
    const box = kind === "class" ? classHead(one, name(id)) : `entity ${titled(label, name(id))}`;
    const head = `${box}${fill(colours.get(id))}`;
    const members =
      kind === "class" ? classBoxOf(one).members.map(memberRow) : details.flatMap(labelLines).map(fieldRow);
    return members.length === 0 ? [head] : [`${head} {`, ...indent(members), "}"];
  };
  const edges = withoutInwardEdges(graph, "PlantUML", warnings);
  return [
    ...direction(graph),
    ...(isSigned && graph.nodes.some(({ shape }) => shape === "diamond") ? ["hide stereotype"] : []),
    ...(kind === "er" ? ["hide circle"] : []),
    ...(kind === "class" || kind === "er" ? ["hide empty members"] : []),
    ...nested(
      graph,
      node,
      (group) => `package ${plantumlString(group.label)} as ${name(group.id)}${fill(colours.get(group.id))}`,
    ),
    ...edges.map((edge) => edgeRow(edge, name, kind)),
    ...graph.notes.flatMap(({ text, about }, offset) => [
      `note ${plantumlString(text)} as note${offset + 1}`,
      ...(about === "" ? [] : [`note${offset + 1} .. ${name(about)}`]),
    ]),
  ];
}

const keywords: Record<string, string> = {
  interface: "interface",
  abstract: "abstract class",
  "abstract class": "abstract class",
  enum: "enum",
  enumeration: "enum",
};

/** What stands in angle brackets at the end of a class is taken for its type parameter, which it then is. */
const titled = (label: string, own: string): string =>
  label === own ? own : `${plantumlString(label).replace(/>"$/, '> "')} as ${own}`;

function classHead(node: Node, own: string): string {
  const { name, stereotype } = classBoxOf(node);
  const keyword = keywords[stereotype.toLowerCase()];
  const [, base = "", parameters = ""] = /^(\w+)<([\w, ]{1,60})>$/.exec(name) ?? [];
  const said = base !== "" && base === own ? `${own}<${parameters}>` : titled(name, own);
  const other = keyword === undefined && stereotype !== "" ? ` <<${row(stereotype)}>>` : "";
  return `${keyword ?? "class"} ${said}${other}`;
}

/** By itself it tells a field by having no parentheses. */
const fieldRow = (text: string): string =>
  /^[A-Za-z_][^()]*$/.test(text) ? row(text) : `{field} ${row(text)}`;

function memberRow({ sign, text, result, isMethod, isStatic, isAbstract }: DrawnMember): string {
  const whole = isMethod && result !== "" ? `${text}: ${result}` : text;
  const marks = `${isStatic ? "{static} " : ""}${isAbstract ? "{abstract} " : ""}`;
  // By itself it tells a method by its parentheses.
  const isClear = isMethod === /[()]/.test(whole) && /^[A-Za-z_]/.test(whole);
  return `${marks}${isClear ? "" : isMethod ? "{method} " : "{field} "}${sign}${row(whole)}`;
}

/** Nodes and groups as nested blocks. */
function nested(graph: Graph, node: (node: Node) => string[], open: (group: Group) => string): string[] {
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [
      ...nodes.flatMap(node),
      ...groups.flatMap((group) => [`${open(group)} {`, ...indent(inside(group.id)), "}"]),
    ];
  };
  return inside("");
}

const starts: Record<Edge["startHead"], string> = {
  none: "",
  arrow: "<",
  triangle: "<|",
  diamond: "o",
  filledDiamond: "*",
  circle: "0",
  cross: "+",
};
const ends: Record<Edge["endHead"], string> = { ...starts, arrow: ">", triangle: "|>" };
/** Classes have signs of their own for some. */
const ofClasses: Partial<Record<Edge["endHead"], string>> = { circle: "+", cross: "x" };
/** Crow's feet. */
const feetBefore: Record<Edge["startCount"], string> = {
  none: "",
  one: "||",
  zeroOrOne: "|o",
  oneOrMore: "}|",
  zeroOrMore: "}o",
};
const feetAfter: Record<Edge["endCount"], string> = {
  none: "",
  one: "||",
  zeroOrOne: "o|",
  oneOrMore: "|{",
  zeroOrMore: "o{",
};

function edgeRow(edge: Edge, name: Names, kind: Kind): string {
  const crowsFeet = kind === "er";
  const own = kind === "class" ? ofClasses : {};
  const [start, end] = [
    own[edge.startHead] ?? starts[edge.startHead],
    own[edge.endHead] ?? ends[edge.endHead],
  ];
  const stroke = { solid: "--", dashed: "..", thick: "-[bold]-" }[edge.line];
  const arrow = crowsFeet
    ? `${feetBefore[edge.startCount]}${stroke}${feetAfter[edge.endCount]}`
    : `${start}${stroke}${end}`;
  const count = (many: Edge["endCount"]) =>
    crowsFeet || many === "none" ? "" : `"${multiplicities[many]}" `;
  const label = edge.label.trim() === "" ? "" : ` : ${line(edge.label)}`;
  return `${name(edge.from)} ${count(edge.startCount)}${arrow} ${count(edge.endCount)}${name(edge.to)}${label}`;
}
