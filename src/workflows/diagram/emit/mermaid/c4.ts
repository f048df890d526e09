import type { Graph, Group, Node } from "../../schema.js";
import { edgesOfNodes, membersByGroup, remarksOf } from "../../structure.js";
import { labelLines } from "../labels.js";
import { indent, type Names } from "../names.js";
import { warnOfRemarks } from "../remarks.js";
import { looseNotes } from "./common.js";
import { mermaidString, quotedLine } from "./labels.js";

/** What C4's own notation writes below a name: `[Person]`, `[Container: Go]`. */
const typeRow = /^\[\s*(person|software system|system|container|component)\s*(?::\s*([^[\]]{1,80}))?\]$/i;

/** Whether a picture follows the C4 model: its boxes say what they are, or their technology is read. */
export const isC4 = ({ kind, nodes, remarks }: Graph): boolean =>
  kind === "architecture" &&
  (remarks.some(({ feature }) => feature === "technology" || feature === "external") ||
    nodes.some((node) => typeOf(node) !== undefined));

const rowsIn = ({ label, details }: Node): string[] => [label, ...details].flatMap(labelLines);
const typeOf = (node: Node): RegExpExecArray | undefined =>
  rowsIn(node)
    .map((row) => typeRow.exec(row))
    .find((found) => found !== null) ?? undefined;

/** People, systems and containers, the boundaries around them, and what one uses another for. */
export function c4(graph: Graph, name: Names, warnings: string[]): string[] {
  warnOfRemarks(graph, "C4 in Mermaid", ["technology", "description", "external"], warnings);
  looseNotes(graph, warnings, () => false);
  const members = membersByGroup(graph);
  const element = elementWriter(graph, name);
  const boundary = (group: Group): string[] => {
    const { nodes = [], groups = [] } = members.get(group.id) ?? {};
    // Mermaid refuses a boundary around nothing.
    if (nodes.length + groups.length === 0) return [`System(${name(group.id)}, ${quotedLine(group.label)})`];
    return [
      `Boundary(${name(group.id)}, ${quotedLine(group.label)}) {`,
      ...indent([...nodes.map(element), ...groups.flatMap(boundary)]),
      "}",
    ];
  };
  const { nodes = [], groups = [] } = members.get("") ?? {};
  const edges = edgesOfNodes(graph, "Mermaid's C4 diagrams", warnings);
  const hasContainers = graph.nodes.some((node) => /^container/i.test(typeOf(node)?.[1] ?? ""));
  return [
    hasContainers ? "C4Container" : "C4Context",
    ...indent([
      ...nodes.map(element),
      ...groups.flatMap(boundary),
      ...relations(edges).map(
        ({ from, to, labels, technologies, both }) =>
          `${both ? "BiRel" : "Rel"}(${name(from)}, ${name(to)}, ${mermaidString(labels.join("\n"))}${technologies.length === 0 ? "" : `, ${quotedLine(technologies.join(", "))}`})`,
      ),
    ]),
  ];
}

/** What a box of a C4 picture is, and what it says. */
export interface C4Element {
  kind: "Person" | "System" | "Container" | "Component";
  /** Whether the picture itself says its kind. */
  isNamed: boolean;
  title: string;
  technology: string;
  description: string;
  isExternal: boolean;
}

/** Reads what stands in the boxes of a C4 picture. */
export function c4ElementsOf(graph: Graph): (node: Node) => C4Element {
  const remark = remarksOf(graph);
  return (node) => {
    const { id, shape } = node;
    const [, type = "", drawn] = typeOf(node) ?? [];
    const [title = "", ...rest] = rowsIn(node).filter((row) => !typeRow.test(row));
    const technology = remark(id, "technology") ?? drawn ?? "";
    const kind =
      shape === "actor" || /person/i.test(type)
        ? "Person"
        : /component/i.test(type)
          ? "Component"
          : /container/i.test(type) || technology !== ""
            ? "Container"
            : "System";
    return {
      kind,
      isNamed: type !== "" || shape === "actor" || technology !== "",
      title,
      technology,
      description: remark(id, "description") ?? rest.join(" "),
      isExternal: remark(id, "external") !== undefined,
    };
  };
}

/** Writes `ContainerDb(orders, "Orders", "PostgreSQL", "All that was ordered")`. */
function elementWriter(graph: Graph, name: Names): (node: Node) => string {
  const read = c4ElementsOf(graph);
  return (node) => {
    const { kind, title, technology, description, isExternal } = read(node);
    const stored =
      kind === "Person"
        ? ""
        : node.shape === "cylinder"
          ? "Db"
          : node.shape === "parallelogram"
            ? "Queue"
            : "";
    const word = `${kind}${stored}${isExternal ? "_Ext" : ""}`;
    const hasTechnology = kind === "Container" || kind === "Component";
    const said = [...(hasTechnology ? [technology] : []), description];
    while (said.at(-1) === "") said.pop();
    return `${word}(${[name(node.id), quotedLine(title), ...said.map((text) => (text === "" ? '""' : quotedLine(text)))].join(", ")})`;
  };
}

/** "Makes API calls to [JSON/HTTPS]": what is said, and over what. */
export function spokenOf(label: string): { words: string; technology: string } {
  const [, words = label, technology = ""] = /^(.*?)\s*\[([^[\]]{1,80})\]$/.exec(label) ?? [];
  return { words, technology };
}

/** Mermaid keeps one relation from one element to another: several lines become one with all their words. */
function relations(edges: Graph["edges"]) {
  const all = new Map<
    string,
    { from: string; to: string; labels: string[]; technologies: string[]; both: boolean }
  >();
  for (const edge of edges) {
    const isBackwards = edge.startHead !== "none" && edge.endHead === "none";
    const [from, to] = isBackwards ? [edge.to, edge.from] : [edge.from, edge.to];
    const key = JSON.stringify([from, to]);
    const relation = all.get(key) ?? { from, to, labels: [], technologies: [], both: false };
    const rows = labelLines(edge.label);
    const { words, technology } = spokenOf(rows.join(" "));
    relation.labels.push(technology === "" ? edge.label : words);
    if (technology !== "") relation.technologies.push(technology);
    relation.both ||= edge.startHead !== "none" && edge.endHead !== "none";
    all.set(key, relation);
  }
  return [...all.values()];
}
