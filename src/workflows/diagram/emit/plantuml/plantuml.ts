import { forestOf, membersByGroup } from "../../graph.js";
import type { Edge, Graph, Group, Kind, Node, Step } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { multiplicities } from "../labels.js";
import { indent, type Names, namesOf } from "../names.js";
import { isDot, stateRows } from "../states.js";
import { line, quoted, row } from "./labels.js";

/**
 * Writes PlantUML, of any version since 2020. Ids are ours and labels are encoded, so that no text of the
 * picture can become syntax, a link, an include or a call of the preprocessor.
 *
 * @see https://plantuml.com/guide
 */
export function emitPlantUml(graph: Graph): Emitted {
  const losses: string[] = [];
  const name = namesOf(graph);
  if (graph.kind === "mindmap") return { text: written("mindmap", mindmap(graph, losses)), losses };
  const rows =
    graph.kind === "sequence"
      ? sequence(graph, name, losses)
      : graph.kind === "state"
        ? state(graph, name, losses)
        : boxes(graph, name);
  // It wants a Latin letter or a digit in a title; an encoded character has one.
  const lead = /[A-Za-z0-9]/.test(graph.title) ? "" : "<U+200B>";
  const title = graph.title.trim() === "" ? [] : [`title ${lead}${line(graph.title)}`];
  return { text: written("uml", [...title, ...rows]), losses };
}

const written = (kind: "uml" | "mindmap", rows: string[]): string =>
  `@start${kind}\n${rows.join("\n")}\n@end${kind}\n`;

/** It knows two of the four directions. */
const direction = (graph: Graph): string[] =>
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

/** Nodes with compartments, or shapes; and the lines between them. */
function boxes(graph: Graph, name: Names): string[] {
  const { kind } = graph;
  const node = ({ id, label, shape, details }: Node): string[] => {
    const word = kind === "class" ? "class" : kind === "er" ? "entity" : elements[shape];
    if (kind === "flowchart" || kind === "architecture")
      return [`${word} ${quoted([label, ...details].join("\n"))} as ${name(id)}`];
    // What stands in angle brackets at the end of a class is taken for its type parameter.
    const head = `${word} ${quoted(label).replace(/>"$/, '> "')} as ${name(id)}`;
    const members = details.map(
      (detail) => `${/^[^:]*\(/.test(detail) ? "{method}" : "{field}"} ${row(detail)}`,
    );
    return members.length === 0 ? [head] : [`${head} {`, ...indent(members), "}"];
  };
  return [
    ...direction(graph),
    ...(kind === "class" || kind === "er" ? ["hide circle", "hide empty members"] : []),
    ...nested(graph, node, (group) => `package ${quoted(group.label)} as ${name(group.id)}`),
    ...graph.edges.map((edge) => edgeRow(edge, name, kind)),
    ...graph.notes.flatMap(({ text, about }, at) => [
      `note ${quoted(text)} as note${at + 1}`,
      ...(about === "" ? [] : [`note${at + 1} .. ${name(about)}`]),
    ]),
  ];
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

function state(graph: Graph, name: Names, losses: string[]): string[] {
  const rows = stateRows(graph, name, losses, {
    state: ({ id, label, details }) => [
      `state ${quoted(label)} as ${name(id)}`,
      ...details.map((detail) => `${name(id)} : ${row(detail)}`),
    ],
    composite: ({ id, label }) => `state ${quoted(label)} as ${name(id)}`,
    transition: ({ label, line: stroke }, from, to) =>
      `${from} ${stroke === "dashed" ? "-[dashed]->" : "-->"} ${to}${label.trim() === "" ? "" : ` : ${line(label)}`}`,
  });
  const dots = new Set(graph.nodes.filter(isDot).map(({ id }) => id));
  return [
    ...direction(graph),
    ...rows,
    ...graph.notes.map(({ text, about }, number) =>
      about === "" || dots.has(about)
        ? `note ${quoted(text)} as note${number + 1}`
        : `note right of ${name(about)} : ${line(text)}`,
    ),
  ];
}

function mindmap(graph: Graph, losses: string[]): string[] {
  const { roots, children, left } = forestOf(graph);
  if (left.length > 0) losses.push(`A mind map is a tree: ${left.length} further lines are left out.`);
  const worded = graph.edges.filter(({ label }) => label.trim() !== "").length;
  if (worded > 0) losses.push(`The branches of a mind map have no words: those of ${worded} are left out.`);
  if (graph.groups.length > 0) losses.push("Mind maps have no groups: those of the picture are left out.");
  if (graph.notes.length > 0) losses.push("Mind maps have no remarks: those of the picture are left out.");
  const branch = (node: Node, depth: number): string[] => [
    `${"*".repeat(depth)} ${line(node.label)}`,
    ...(children.get(node.id) ?? []).flatMap((child) => branch(child, depth + 1)),
  ];
  const [root] = roots;
  return roots.length === 1 && root
    ? branch(root, 1)
    : [`* ${line(graph.title)}`, ...roots.flatMap((one) => branch(one, 2))];
}

const messageArrows: Record<Step["line"], Record<Step["head"], string>> = {
  solid: { arrow: "->", open: "->>", cross: "->x", none: "->" },
  dashed: { arrow: "-->", open: "-->>", cross: "-->x", none: "-->" },
};

function sequence(graph: Graph, name: Names, losses: string[]): string[] {
  if (graph.edges.length > 0)
    losses.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  if (graph.groups.some(({ parent }) => parent !== "")) losses.push("Boxes within boxes are left out.");
  if (graph.steps.some(({ kind, head }) => kind === "message" && head === "none"))
    losses.push("Messages have arrowheads in PlantUML, also where the picture has none.");
  const loose = graph.notes.filter(({ about }) => about === "").length;
  if (loose > 0) losses.push(`${loose} remarks that are about no participant are left out.`);
  const participant = ({ id, label, shape }: Node) =>
    `${shape === "actor" ? "actor" : "participant"} ${quoted(label)} as ${name(id)}`;
  const outermost = (id: string): string => {
    const parent = graph.groups.find((group) => group.id === id)?.parent ?? "";
    return parent === "" ? id : outermost(parent);
  };
  const inBox = (group: Group) =>
    graph.nodes.filter((node) => node.group !== "" && outermost(node.group) === group.id);
  return [
    ...graph.groups
      .filter((group) => group.parent === "" && inBox(group).length > 0)
      .flatMap((group) => [
        `box ${quoted(group.label)}`,
        ...indent(inBox(group).map(participant)),
        "end box",
      ]),
    ...graph.nodes.filter(({ group }) => group === "").map(participant),
    ...graph.steps.map((step) => stepRow(step, name)),
    ...graph.notes.flatMap(({ text, about }) =>
      about === "" ? [] : [`note over ${name(about)} : ${line(text)}`],
    ),
  ];
}

function stepRow(step: Step, name: Names): string {
  const words = line(step.text);
  switch (step.kind) {
    case "message":
      return `${name(step.from)} ${messageArrows[step.line][step.head]} ${name(step.to)} : ${words}`;
    case "note": {
      const until = step.to === "" || step.to === step.from ? "" : `, ${name(step.to)}`;
      return `note over ${name(step.from)}${until} : ${words}`;
    }
    case "open":
      return `${step.fragment} ${words}`;
    case "else":
      return step.text.trim() === "" ? "else" : `else ${words}`;
    case "close":
      return "end";
  }
}
