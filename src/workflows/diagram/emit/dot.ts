import type { Edge, Graph, Group, Node } from "../schema.js";
import { membersByGroup, remarksOf, withoutInwardEdges } from "../structure.js";
import { classBoxOf } from "./classBox.js";
import type { EmitOptions, Emitted } from "./emitted.js";
import { labelLines, multiplicities, withoutWraps } from "./labels.js";
import { idsOf, indent, type Names, namesById } from "./names.js";
import { type Colour, coloursOf, signedLabels, warnOfRemarks } from "./remarks.js";

const reserved = new Set("node edge graph digraph subgraph strict constructor".split(" "));

/**
 * Writes Graphviz DOT. Ids are made of letters and digits alone, and labels are quoted strings in which a quote, a
 * backslash and an entity stand for themselves, so that no text of the picture can become an attribute or a statement.
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
export function emitDot(answer: Graph, { earlierNames, keepsBreaks }: EmitOptions = {}): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  if (graph.steps.length > 0) warnings.push("The order of messages is left out: DOT has none.");
  warnOfRemarks(
    graph,
    "DOT",
    ["event", "ring", "gateway", "subroutine", "technology", "description", "colour"],
    warnings,
  );
  const name = idsOf(graph, { reserved, style: "camel", earlier: earlierNames });
  const ends = endsIn(graph, name);
  const edges = withoutInwardEdges(graph, "Graphviz", warnings);
  const isJoined = (id: string) => edges.some(({ from, to }) => from === id || to === id);
  const colours = coloursOf(graph, warnings);
  const members = membersByGroup(graph);
  const writeNode = nodeWriter(graph, name, colours);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [...nodes.map(writeNode), ...groups.flatMap(cluster)];
  };
  const cluster = (group: Group): string[] => {
    const colour = colours.get(group.id);
    // A line ends at something inside of a cluster, and an empty one has nothing.
    const isEmpty = ends(group.id).id === anchor(group.id, name);
    return [
      `subgraph cluster_${name(group.id)} {`,
      ...indent([
        `label=${dotString(group.label)};`,
        ...(colour ? [`style=filled; fillcolor="${colour.fill}"; color="${colour.stroke}";`] : []),
        ...(isEmpty && isJoined(group.id) ? [`${anchor(group.id, name)} [shape=point, style=invis];`] : []),
        ...inside(group.id),
      ]),
      "}",
    ];
  };
  const hasFrames = edges.some(({ from, to }) => [from, to].some((id) => ends(id).cluster !== ""));
  const crowsFeet = graph.kind === "er";
  const rows = [
    "digraph {",
    ...indent([
      // Downwards is how Graphviz draws by itself.
      ...(graph.direction === "down" ? [] : [`rankdir=${ranks[graph.direction]};`]),
      ...(hasFrames ? ["compound=true;"] : []),
      ...(graph.title.trim() === "" ? [] : [`label=${dotString(graph.title)};`, "labelloc=t;"]),
      'node [shape=box, fontname="sans-serif"];',
      `edge [${crowsFeet ? "dir=both, " : ""}fontname="sans-serif"];`,
      ...inside(""),
      ...edges.map((edge) => edgeRow(edge, ends, crowsFeet)),
      ...graph.notes.flatMap(({ text, about }, index) => {
        const end = about === "" ? undefined : ends(about);
        return [
          `note${index + 1} [shape=note, label=${dotString(text)}];`,
          ...(end
            ? [
                `note${index + 1} -> ${end.id} [style=dashed, dir=none${end.cluster === "" ? "" : `, lhead=${end.cluster}`}];`,
              ]
            : []),
        ];
      }),
    ]),
    "}",
  ];
  return { text: `${rows.join("\n")}\n`, warnings, names: namesById(graph, name) };
}

const ranks: Record<Graph["direction"], string> = { right: "LR", down: "TB", left: "RL", up: "BT" };

const anchor = (group: string, name: Names): string => `${name(group)}_inside`;

/** Where a line ends: at a node, or at a cluster's border on its way to a node inside. */
interface End {
  id: string;
  /** Empty for a node. */
  cluster: string;
}

function endsIn(graph: Graph, name: Names): (id: string) => End {
  const members = membersByGroup(graph);
  const firstIn = (group: string): string | undefined => {
    const { nodes = [], groups = [] } = members.get(group) ?? {};
    return nodes[0]?.id ?? groups.map(({ id }) => firstIn(id)).find((id) => id !== undefined);
  };
  const groups = new Set(graph.groups.map(({ id }) => id));
  return (id) => {
    if (!groups.has(id)) return { id: name(id), cluster: "" };
    const inside = firstIn(id);
    return { id: inside === undefined ? anchor(id, name) : name(inside), cluster: `cluster_${name(id)}` };
  };
}

const nodeShapes: Record<Node["shape"], string[]> = {
  rectangle: [],
  rounded: ["style=rounded"],
  stadium: ["style=rounded"],
  circle: ["shape=ellipse"],
  diamond: ["shape=diamond"],
  hexagon: ["shape=hexagon"],
  parallelogram: ["shape=parallelogram"],
  cylinder: ["shape=cylinder"],
  document: ["shape=note"],
  actor: ["shape=plaintext"],
  start: ["shape=circle"],
  end: ["shape=doublecircle"],
};

function nodeWriter(graph: Graph, name: Names, colours: Map<string, Colour>): (node: Node) => string {
  const label = signedLabels(graph);
  const remark = remarksOf(graph);
  const isRecord = graph.kind === "class" || graph.kind === "er";
  return (node) => {
    const { id, shape, details } = node;
    const colour = colours.get(id);
    const shapes = remark(id, "subroutine")
      ? ["shape=box, peripheries=2"]
      : remark(id, "ring") === "double"
        ? ["shape=doublecircle"]
        : nodeShapes[shape];
    const style = [shapes.includes("style=rounded") ? "rounded" : "", colour ? "filled" : ""].filter(Boolean);
    const attributes = [
      ...(isRecord && details.length > 0
        ? ["shape=record", `label=${record(node, graph.kind === "class")}`]
        : [
            ...shapes.filter((one) => !one.startsWith("style=")),
            `label=${dotString([label(node), ...details].join("\n"))}`,
          ]),
      ...(style.length > 0 ? [`style=${style.length > 1 ? `"${style.join(",")}"` : style[0]}`] : []),
      ...(colour ? [`fillcolor="${colour.fill}"`, `color="${colour.stroke}"`] : []),
      ...(remark(id, "ring") === "thick" ? ["penwidth=3"] : []),
    ];
    return `${name(id)} [${attributes.join(", ")}];`;
  };
}

/** A box with compartments: its name, its attributes, and what a class can do. */
function record(node: Node, isClass: boolean): string {
  const rows = node.details.flatMap(labelLines);
  const methods = isClass ? classBoxOf(node).members.map(({ isMethod }) => isMethod) : [];
  // A stereotype among the rows is no member: then all stay in one compartment.
  const isSplit = methods.length === rows.length;
  const parts = isSplit
    ? [rows.filter((_, index) => !methods[index]), rows.filter((_, index) => methods[index])]
    : [rows];
  const escapedField = (row: string) => escaped(row).replace(/[{}|<>]/g, "\\$&");
  const title = labelLines(node.label).map(escapedField).join("\\n");
  const compartments = parts
    .filter((part) => part.length > 0)
    .map((part) => part.map((row) => `${escapedField(row)}\\l`).join(""));
  return `"{${[title, ...compartments].join("|")}}"`;
}

const arrows: Record<Edge["endHead"], string> = {
  none: "none",
  arrow: "normal",
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

function edgeRow(edge: Edge, ends: (id: string) => End, crowsFeet: boolean): string {
  const { startHead, endHead } = edge;
  const [from, to] = [ends(edge.from), ends(edge.to)];
  const dir =
    startHead === "none"
      ? endHead === "none"
        ? ["dir=none"]
        : []
      : [endHead === "none" ? "dir=back" : "dir=both"];
  const heads = crowsFeet
    ? [`arrowtail=${feet[edge.startCount]}`, `arrowhead=${feet[edge.endCount]}`]
    : [
        ...dir,
        // An arrow is what Graphviz draws by itself.
        ...(startHead === "none" || startHead === "arrow" ? [] : [`arrowtail=${arrows[startHead]}`]),
        ...(endHead === "none" || endHead === "arrow" ? [] : [`arrowhead=${arrows[endHead]}`]),
      ];
  const attributes = [
    ...heads,
    ...strokes[edge.line],
    ...(edge.label.trim() === "" ? [] : [`label=${dotString(edge.label)}`]),
    ...(crowsFeet || edge.startCount === "none" ? [] : [`taillabel="${multiplicities[edge.startCount]}"`]),
    ...(crowsFeet || edge.endCount === "none" ? [] : [`headlabel="${multiplicities[edge.endCount]}"`]),
    ...(from.cluster === "" ? [] : [`ltail=${from.cluster}`]),
    ...(to.cluster === "" ? [] : [`lhead=${to.cluster}`]),
  ];
  return `${from.id} -> ${to.id}${attributes.length === 0 ? "" : ` [${attributes.join(", ")}]`};`;
}

/** Graphviz turns entities into their characters, and a backslash before a letter into the node's name or more. */
const escaped = (row: string): string =>
  row
    .replace(/&(?=#?\w{1,31};)/g, "&amp;")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"');

const dotString = (text: string): string => `"${labelLines(text).map(escaped).join("\\n")}"`;
