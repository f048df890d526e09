import type { Edge, Graph, Group, Node } from "../schema.js";
import { membersByGroup, remarksOf } from "../structure.js";
import { classBoxOf } from "./classBox.js";
import { attributeOf } from "./code/entities.js";
import { sequenceRows } from "./d2Sequence.js";
import { d2String, plain, reserved } from "./d2Text.js";
import type { EmitOptions, Emitted } from "./emitted.js";
import { labelLines, multiplicities, withoutWraps } from "./labels.js";
import { idsOf, indent, type Names, namesById } from "./names.js";
import { coloursOf, signedLabels, warnOfRemarks } from "./remarks.js";

/**
 * Writes D2. Ids are made of letters and digits alone, and labels are words or quoted strings in which a quote, a
 * backslash and a dollar stand for themselves, so that no text of the picture can become an attribute, a variable or a
 * link.
 *
 * @see https://d2lang.com/tour/strings
 */
export function emitD2(answer: Graph, { earlierNames, keepsBreaks }: EmitOptions = {}): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  const own = idsOf(graph, { reserved, style: "camel", earlier: earlierNames });
  const rows =
    graph.kind === "sequence" ? sequenceRows(graph, own, warnings) : graphRows(graph, own, warnings);
  return { text: `${rows.join("\n")}\n`, warnings, names: namesById(graph, own) };
}

function graphRows(graph: Graph, own: Names, warnings: string[]): string[] {
  warnOfRemarks(
    graph,
    "D2",
    ["event", "ring", "gateway", "subroutine", "technology", "description", "colour", "direction"],
    warnings,
  );
  const name = pathsOf(graph, own);
  const members = membersByGroup(graph);
  const remark = remarksOf(graph);
  const colours = coloursOf(graph, warnings);
  const styleOf = (id: string): string[] => {
    const colour = colours.get(id);
    return colour ? [`style.fill: "${colour.fill}"`, `style.stroke: "${colour.stroke}"`] : [];
  };
  const writeNode = nodeWriter(graph, own, styleOf);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [...nodes.flatMap(writeNode), ...groups.flatMap(container)];
  };
  const container = ({ id, label }: Group): string[] => {
    const way = remark(id, "direction");
    const rows = [...(way ? [`direction: ${way}`] : []), ...styleOf(id), ...inside(id)];
    return rows.length === 0
      ? [`${own(id)}: ${plain(label)}`]
      : [`${own(id)}: ${plain(label)} {`, ...indent(rows), "}"];
  };
  return [
    // Downwards is how D2 draws by itself.
    ...(graph.direction === "down" ? [] : [`direction: ${graph.direction}`]),
    ...(labelLines(graph.title).length === 0
      ? []
      : [`title: ${plain(graph.title)} { shape: text; near: top-center }`]),
    ...inside(""),
    ...graph.edges.map((edge) => edgeRow(edge, name, graph.kind === "er")),
    ...graph.notes.flatMap(({ text, about }, index) => [
      `note${index + 1}: ${plain(text)} { shape: page }`,
      ...(about === "" ? [] : [`note${index + 1} -- ${name(about)}: { style.stroke-dash: 3 }`]),
    ]),
  ];
}

/** A node's or a group's name with those of the groups around it. */
function pathsOf(graph: Graph, own: Names): Names {
  const parents = new Map(graph.groups.map(({ id, parent }) => [id, parent]));
  const homes = new Map(graph.nodes.map(({ id, group }) => [id, group]));
  const pathOf = (group: string): string =>
    group === "" ? "" : `${pathOf(parents.get(group) ?? "")}${own(group)}.`;
  return (id) => `${pathOf(homes.get(id) ?? parents.get(id) ?? "")}${own(id)}`;
}

const nodeShapes: Record<Node["shape"], string[]> = {
  rectangle: [],
  rounded: ["style.border-radius: 8"],
  stadium: ["shape: oval"],
  circle: ["shape: circle"],
  diamond: ["shape: diamond"],
  hexagon: ["shape: hexagon"],
  parallelogram: ["shape: parallelogram"],
  cylinder: ["shape: cylinder"],
  document: ["shape: document"],
  actor: ["shape: person"],
  start: ["shape: circle"],
  end: ["shape: circle", "style.double-border: true"],
};

function nodeWriter(graph: Graph, own: Names, styleOf: (id: string) => string[]): (node: Node) => string[] {
  const signed = signedLabels(graph);
  const remark = remarksOf(graph);
  return (node) => {
    const { id, shape, details } = node;
    const rows = compartments(node, graph.kind);
    if (rows) return [`${own(id)}: ${plain(rows.label)} {`, ...indent([...rows.rows, ...styleOf(id)]), "}"];
    const ring = remark(id, "ring");
    const style = [
      ...nodeShapes[shape],
      ...(ring === "double" || remark(id, "subroutine") ? ["style.double-border: true"] : []),
      ...(ring === "thick" ? ["style.stroke-width: 4"] : []),
      ...styleOf(id),
    ];
    const label = plain([signed(node), ...details].join("\n"));
    // What D2 calls by its key needs no label.
    const said = label === own(id) ? "" : `: ${label}`;
    if (style.length === 0) return [`${own(id)}${said}`];
    return [`${own(id)}${said === "" ? ":" : said} { ${[...new Set(style)].join("; ")} }`];
  };
}

/** A class or a table with its rows as keys; undefined where a key could not be told from another, or from D2's own. */
function compartments(node: Node, kind: Graph["kind"]): { label: string; rows: string[] } | undefined {
  const lines = node.details.flatMap(labelLines);
  if (lines.length === 0 || (kind !== "class" && kind !== "er")) return undefined;
  const fields = kind === "class" ? classFields(node) : lines.map(columnField);
  const keys = fields.map(({ key }) => key.toLowerCase());
  const isClear = new Set(keys).size === keys.length && keys.every(isKey);
  if (!isClear) return undefined;
  const { name, stereotype } = classBoxOf(node);
  const label = kind === "er" ? node.label : stereotype === "" ? name : `«${stereotype}»\n${name}`;
  return {
    label,
    rows: [
      `shape: ${kind === "class" ? "class" : "sql_table"}`,
      ...fields.map(({ key, value, more }) => `${plainKey(key)}: ${plain(value)}${more}`),
    ],
  };
}

interface Field {
  key: string;
  value: string;
  more: string;
}

/** Keys of a class or a table: D2 takes its own words, and stars, for something else. “title” is a word of ours. */
const isKey = (key: string): boolean =>
  /^[\w +#~()[\]{},:<>?=/'-]+$/.test(key) && (!reserved.has(key) || key === "title") && /\w/.test(key);

const plainKey = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? key : d2String(key));

const classFields = (node: Node): Field[] =>
  classBoxOf(node).members.map(({ sign, text, result, isMethod, isStatic, isAbstract }) => {
    const marks = `${isStatic ? " {static}" : ""}${isAbstract ? " {abstract}" : ""}`;
    if (isMethod) return { key: `${sign}${text}${marks}`, value: result, more: "" };
    const colon = text.indexOf(":");
    const [head, type] = colon < 0 ? [text, ""] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
    return { key: `${sign}${head}${marks}`, value: type, more: "" };
  });

function columnField(row: string): Field {
  const { name, type, isKey: isPrimary, isForeign, isUnique } = attributeOf(row);
  const constraints = [
    ...(isPrimary ? ["primary_key"] : []),
    ...(isForeign ? ["foreign_key"] : []),
    ...(isUnique ? ["unique"] : []),
  ];
  const [first = ""] = constraints;
  const more =
    constraints.length === 0
      ? ""
      : ` { constraint: ${constraints.length === 1 ? first : `[${constraints.join("; ")}]`} }`;
  // What stands before a colon may be no name at all, as in an address: nothing of it is dropped.
  const [head = ""] = row.split(":", 1);
  const words = head.replace(/\b(PK|FK\d*|UK|unique|primary key|foreign key)\b/gi, " ").trim();
  if (head !== row && !words.endsWith(name)) return { key: words, value: type, more };
  // A sign before a name without a type is read as part of a type: here, all of it is the name.
  return /^[+-]/.test(type) ? { key: type, value: "", more } : { key: name, value: type, more };
}

const heads: Record<Edge["endHead"], string> = {
  none: "",
  arrow: "",
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
  const hasStart = crowsFeet ? edge.startCount !== "none" : edge.startHead !== "none";
  const hasEnd = crowsFeet ? edge.endCount !== "none" : edge.endHead !== "none";
  const headRow = (side: "source" | "target", head: Edge["endHead"], count: Edge["endCount"]) => {
    const shape = crowsFeet ? feet[count] : heads[head];
    const label = crowsFeet || count === "none" ? "" : d2String(multiplicities[count]);
    if (shape === "" && label === "") return [];
    const row = [label, shape === "" ? "" : `{ ${shape} }`].filter((part) => part !== "").join(" ");
    return [`${side}-arrowhead: ${row}`];
  };
  const style = [
    ...headRow("source", edge.startHead, edge.startCount),
    ...headRow("target", edge.endHead, edge.endCount),
    ...strokes[edge.line],
  ];
  const operator = hasStart || hasEnd ? `${hasStart ? "<" : ""}-${hasEnd ? ">" : ""}` : "--";
  const label = labelLines(edge.label).length === 0 ? "" : ` ${plain(edge.label)}`;
  const attributes = style.length === 0 ? "" : ` { ${style.join("; ")} }`;
  const said = label === "" && attributes === "" ? "" : `:${label}${attributes}`;
  return `${name(edge.from)} ${operator} ${name(edge.to)}${said}`;
}
