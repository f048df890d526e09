import { membersByGroup } from "../graph.js";
import type { Edge, Graph, Group, Node, Step } from "../schema.js";
import type { Emitted } from "./emitted.js";
import { multiplicities, rowsOf } from "./labels.js";
import { indent, type Names, namesOf } from "./names.js";

/**
 * Writes D2. Ids are ours, and labels are quoted strings in which a quote, a backslash and a dollar stand for
 * themselves, so that no text of the picture can become an attribute, a variable or a link.
 *
 * @see https://d2lang.com/tour/strings
 */
export function emitD2(graph: Graph): Emitted {
  const losses: string[] = [];
  const rows = graph.kind === "sequence" ? sequenceRows(graph, losses) : graphRows(graph);
  return { text: `${rows.join("\n")}\n`, losses };
}

function graphRows(graph: Graph): string[] {
  const name = pathsOf(graph);
  const own = namesOf(graph);
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [...nodes.map((node) => nodeRow(node, own)), ...groups.flatMap(container)];
  };
  const container = (group: Group): string[] => [
    `${own(group.id)}: ${quoted(group.label)} {`,
    ...indent(inside(group.id)),
    "}",
  ];
  return [
    `direction: ${graph.direction}`,
    ...(quoted(graph.title) === nothing
      ? []
      : [`title: ${quoted(graph.title)} { shape: text; near: top-center }`]),
    ...inside(""),
    ...graph.edges.map((edge) => edgeRow(edge, name, graph.kind === "er")),
    ...graph.notes.flatMap(({ text, about }, at) => [
      `note${at + 1}: ${quoted(text)} { shape: page }`,
      ...(about === "" ? [] : [`note${at + 1} -- ${name(about)}: { style.stroke-dash: 3 }`]),
    ]),
  ];
}

/** A node's name with those of the groups around it. */
function pathsOf(graph: Graph): Names {
  const own = namesOf(graph);
  const parents = new Map(graph.groups.map(({ id, parent }) => [id, parent]));
  const homes = new Map(graph.nodes.map(({ id, group }) => [id, group]));
  const pathOf = (group: string): string =>
    group === "" ? "" : `${pathOf(parents.get(group) ?? "")}${own(group)}.`;
  return (id) => `${pathOf(homes.get(id) ?? "")}${own(id)}`;
}

const nodeShapes: Record<Node["shape"], string> = {
  rectangle: "shape: rectangle",
  rounded: "shape: rectangle; style.border-radius: 8",
  stadium: "shape: oval",
  circle: "shape: circle",
  diamond: "shape: diamond",
  hexagon: "shape: hexagon",
  parallelogram: "shape: parallelogram",
  cylinder: "shape: cylinder",
  document: "shape: document",
  actor: "shape: person",
  start: "shape: circle",
  end: "shape: circle; style.double-border: true",
};

const nodeRow = ({ id, label, shape, details }: Node, name: Names): string =>
  `${name(id)}: ${quoted([label, ...details].join("\n"))} { ${nodeShapes[shape]} }`;

const heads: Record<Edge["endHead"], string> = {
  none: "",
  arrow: "shape: arrow",
  triangle: "shape: triangle; style.filled: false",
  diamond: "shape: diamond; style.filled: false",
  filledDiamond: "shape: diamond; style.filled: true",
  circle: "shape: circle; style.filled: false",
  cross: "shape: cross",
};
/** Crow's feet. */
const feet: Record<Edge["endCount"], string> = {
  none: "",
  one: "shape: cf-one-required",
  zeroOrOne: "shape: cf-one",
  oneOrMore: "shape: cf-many-required",
  zeroOrMore: "shape: cf-many",
};
const strokes: Record<Edge["line"], string[]> = {
  solid: [],
  dashed: ["style.stroke-dash: 3"],
  thick: ["style.stroke-width: 4"],
};

function edgeRow(edge: Edge, name: Names, crowsFeet: boolean): string {
  const start = crowsFeet ? feet[edge.startCount] : heads[edge.startHead];
  const end = crowsFeet ? feet[edge.endCount] : heads[edge.endHead];
  const headRow = (side: "source" | "target", shape: string, count: Edge["endCount"]) => {
    const label = crowsFeet || count === "none" ? "" : quoted(multiplicities[count]);
    if (shape === "" && label === "") return [];
    const row = [label, shape === "" ? "" : `{ ${shape} }`].filter((part) => part !== "").join(" ");
    return [`${side}-arrowhead: ${row}`];
  };
  const style = [
    ...headRow("source", start, edge.startCount),
    ...headRow("target", end, edge.endCount),
    ...strokes[edge.line],
  ];
  const operator = start === "" && end === "" ? "--" : `${start === "" ? "" : "<"}-${end === "" ? "" : ">"}`;
  const attributes = style.length === 0 ? "" : ` { ${style.join("; ")} }`;
  return `${name(edge.from)} ${operator} ${name(edge.to)}: ${quoted(edge.label)}${attributes}`;
}

function sequenceRows(graph: Graph, losses: string[]): string[] {
  if (graph.groups.length > 0) losses.push("A sequence in D2 has no boxes around participants.");
  if (graph.edges.length > 0)
    losses.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  const loose = graph.notes.filter(({ about }) => about === "").length;
  if (loose > 0) losses.push(`${loose} remarks that are about no participant are left out.`);
  const name = namesOf(graph);
  const kept = withoutEmptyFragments(graph.steps);
  if (kept.length < graph.steps.length) losses.push("Fragments and branches without a message are left out.");
  let depth = 0;
  let count = 0;
  const steps = kept.flatMap((step) => {
    count++;
    if (step.kind === "close" || step.kind === "else") depth--;
    const rows = stepRows(step, count, name).map((row) => `${"  ".repeat(depth)}${row}`);
    if (step.kind === "open" || step.kind === "else") depth++;
    return rows;
  });
  return [
    "shape: sequence_diagram",
    ...graph.nodes.map(
      ({ id, label, shape }) =>
        `${name(id)}: ${quoted(label)}${shape === "actor" ? " { shape: person }" : ""}`,
    ),
    ...steps,
    ...graph.notes
      .filter(({ about }) => about !== "")
      .map(({ text, about }, at) => `${name(about)}.remark${at + 1}: ${quoted(text)}`),
  ];
}

/**
 * D2 draws no fragment in which no message is sent: it loses its words, or fails. Branches without a message
 * join their neighbour, and fragments without any are dissolved. Exported for its tests.
 */
export function withoutEmptyFragments(steps: readonly Step[]): Step[] {
  const dropped = new Set<number>();
  /** The open fragments: where each branch begins, and whether it holds a message. */
  const open: Array<Array<{ head: number; sends: boolean }>> = [];
  for (const [at, step] of steps.entries()) {
    if (step.kind === "message") for (const branches of open) markSending(branches);
    else if (step.kind === "open") open.push([{ head: at, sends: false }]);
    else if (step.kind === "else") open.at(-1)?.push({ head: at, sends: false });
    else if (step.kind === "close") {
      const [first, ...others] = open.pop() ?? [];
      if (!first) continue;
      for (const { head, sends } of others) if (!sends) dropped.add(head);
      const sending = others.find(({ sends }) => sends);
      if (!first.sends && sending) dropped.add(sending.head);
      if (!first.sends && !sending) dropped.add(first.head).add(at);
    }
  }
  return steps.filter((_, at) => !dropped.has(at));
}

function markSending(branches: Array<{ sends: boolean }>): void {
  const last = branches.at(-1);
  if (last) last.sends = true;
}

function stepRows(step: Step, number: number, name: Names): string[] {
  switch (step.kind) {
    case "message": {
      const dash = step.line === "dashed" ? " { style.stroke-dash: 3 }" : "";
      const arrow = step.head === "none" ? "--" : "->";
      return [`${name(step.from)} ${arrow} ${name(step.to)}: ${quoted(step.text)}${dash}`];
    }
    case "note":
      return [`${name(step.from)}.note${number}: ${quoted(step.text)}`];
    case "open":
      return [`part${number}: ${quoted(`${step.fragment} ${step.text}`)} {`];
    case "else":
      return ["}", `part${number}: ${quoted(`${step.fragment === "par" ? "and" : "else"} ${step.text}`)} {`];
    case "close":
      return ["}"];
  }
}

const nothing = '""';

const quoted = (text: string): string => {
  const escaped = rowsOf(text).map((row) =>
    row.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("$", "\\$"),
  );
  return `"${escaped.join("\\n")}"`;
};
