import { membersByGroup } from "../../graph.js";
import type { Graph, Group, Node } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { looseNotes } from "./common.js";
import { quoted, quotedLine } from "./labels.js";

const elements: Partial<Record<Node["shape"], string>> = {
  actor: "Person",
  cylinder: "SystemDb",
  parallelogram: "SystemQueue",
};

/** An architecture as a C4 diagram: people, systems, stores, and the boundaries around them. */
export function architecture(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, () => false);
  const members = membersByGroup(graph);
  const element = ({ id, label, shape, details }: Node) => {
    const description = details.length === 0 ? "" : `, ${quoted(details.join("\n"))}`;
    return `${elements[shape] ?? "System"}(${name(id)}, ${quotedLine(label)}${description})`;
  };
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
  return [
    "C4Context",
    ...indent([
      ...nodes.map(element),
      ...groups.flatMap(boundary),
      ...relations(graph).map(
        ({ from, to, labels, both }) =>
          `${both ? "BiRel" : "Rel"}(${name(from)}, ${name(to)}, ${quoted(labels.join("\n"))})`,
      ),
    ]),
  ];
}

/** Mermaid keeps one relation from one element to another: several lines become one with all their words. */
function relations({ edges }: Graph) {
  const all = new Map<string, { from: string; to: string; labels: string[]; both: boolean }>();
  for (const { from, to, label, startHead } of edges) {
    const key = JSON.stringify([from, to]);
    const relation = all.get(key) ?? { from, to, labels: [], both: false };
    relation.labels.push(label);
    relation.both ||= startHead !== "none";
    all.set(key, relation);
  }
  return [...all.values()];
}
