import type { Graph, Group, Node } from "../../schema.js";
import { edgesOfNodes, membersByGroup } from "../../structure.js";
import { c4ElementsOf, spokenOf } from "../c4Elements.js";
import { labelLines } from "../labels.js";
import { indent, type Names } from "../names.js";
import { warnOfRemarks } from "../remarks.js";
import { looseNotes } from "./common.js";
import { mermaidString, quotedLine } from "./labels.js";

/** People, systems and containers, the boundaries around them, and what one uses another for. */
export function c4(graph: Graph, name: Names, warnings: string[]): string[] {
  warnOfRemarks(graph, "C4 in Mermaid", ["technology", "description", "external"], warnings);
  looseNotes(graph, warnings, () => false);
  const members = membersByGroup(graph);
  const element = elementWriter(graph, name);
  const read = c4ElementsOf(graph);
  const isContainer = (node: Node) => read(node).kind === "Container";
  const boundary = (group: Group): string[] => {
    const { nodes = [], groups = [] } = members.get(group.id) ?? {};
    // Mermaid refuses a boundary around nothing.
    if (nodes.length + groups.length === 0) return [`System(${name(group.id)}, ${quotedLine(group.label)})`];
    return [
      `${nodes.length > 0 && nodes.every(isContainer) ? "System_" : ""}Boundary(${name(group.id)}, ${quotedLine(group.label)}) {`,
      ...indent([...nodes.map(element), ...groups.flatMap(boundary)]),
      "}",
    ];
  };
  const { nodes = [], groups = [] } = members.get("") ?? {};
  const edges = edgesOfNodes(graph, "Mermaid's C4 diagrams", warnings);
  const hasContainers = graph.nodes.some(isContainer);
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
