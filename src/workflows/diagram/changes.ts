import { labelLines } from "./emit/labels.js";
import { nodeLikeness, paired } from "./matching.js";
import type { Edge, Graph, Node } from "./schema.js";

/** What is different in a newer graph, one phrase each, as a person would say it. */
export interface Changes {
  added: string[];
  removed: string[];
  changed: string[];
}

export const isUnchanged = ({ added, removed, changed }: Changes): boolean =>
  added.length + removed.length + changed.length === 0;

/** Compares two graphs by their labels, as a reader does: ids may be different. */
export function changesBetween(before: Graph, after: Graph): Changes {
  const changes: Changes = { added: [], removed: [], changed: [] };
  if (before.kind !== after.kind) changes.changed.push(`kind: ${before.kind} → ${after.kind}`);
  if (before.title.trim() !== after.title.trim())
    changes.changed.push(`title: ${inQuotes(before.title)} → ${inQuotes(after.title)}`);
  const matched = compareNodes(before, after, changes);
  compareEdges(before, after, matched, changes);
  const words = ({ steps }: Graph) =>
    steps
      .filter(({ kind }) => kind !== "close")
      .map(({ kind, text, fragment }) => `${kind === "open" ? fragment : kind} ${inQuotes(text)}`);
  compareLists(words(before), words(after), changes);
  const rows = ({ rows: all }: Graph) =>
    all.map(({ label, section, start, end }) =>
      [inQuotes(label), section, start, end].filter(Boolean).join(", "),
    );
  compareLists(rows(before), rows(after), changes);
  const named = (all: ReadonlyArray<{ label: string }>) => all.map(({ label }) => `group ${inQuotes(label)}`);
  compareLists(named(before.groups), named(after.groups), changes);
  const notes = (graph: Graph) => graph.notes.map(({ text }) => `remark ${inQuotes(text)}`);
  compareLists(notes(before), notes(after), changes);
  return changes;
}

const inQuotes = (text: string): string => `“${labelLines(text).join(" ")}”`;

/** @returns the ids of the older graph by those of the newer */
function compareNodes(before: Graph, after: Graph, changes: Changes): Map<string, string> {
  const found = paired(before.nodes, after.nodes, nodeLikeness);
  const matched = new Map<string, string>();
  for (const [index, node] of before.nodes.entries()) {
    const to = found.get(index) ?? renamed(node, after, found);
    const now = to === undefined ? undefined : after.nodes[to];
    if (!now) {
      changes.removed.push(`node ${inQuotes(node.label)}`);
      continue;
    }
    matched.set(now.id, node.id);
    const what = nodeChanges(node, now, before, after);
    if (what.length > 0) changes.changed.push(`node ${inQuotes(node.label)}: ${what.join(", ")}`);
  }
  for (const node of after.nodes)
    if (!matched.has(node.id)) changes.added.push(`node ${inQuotes(node.label)}`);
  return matched;
}

/** What keeps its id with quite another label was renamed. */
function renamed({ id }: Node, after: Graph, found: Map<number, number>): number | undefined {
  const to = after.nodes.findIndex((node) => node.id === id);
  return to < 0 || [...found.values()].includes(to) ? undefined : to;
}

function nodeChanges(node: Node, now: Node, before: Graph, after: Graph): string[] {
  const group = (graph: Graph, id: string) => graph.groups.find((one) => one.id === id)?.label ?? "";
  const [was, is] = [group(before, node.group), group(after, now.group)];
  return [
    ...(inQuotes(node.label) === inQuotes(now.label) ? [] : [`now ${inQuotes(now.label)}`]),
    ...(node.shape === now.shape ? [] : [`${node.shape} → ${now.shape}`]),
    ...(node.details.join("\n") === now.details.join("\n") ? [] : ["other details"]),
    ...(was === is ? [] : [is === "" ? `out of ${inQuotes(was)}` : `in ${inQuotes(is)}`]),
  ];
}

function compareEdges(before: Graph, after: Graph, matched: Map<string, string>, changes: Changes): void {
  const said = (graph: Graph, { from, to, label }: Edge) => {
    const name = (id: string) => inQuotes(graph.nodes.find((node) => node.id === id)?.label ?? id);
    return `line ${name(from)} → ${name(to)}${label.trim() === "" ? "" : ` ${inQuotes(label)}`}`;
  };
  // In the ids of the older graph; a new node keeps its own, which no older one can have.
  const older = after.edges.map((edge) => ({
    edge,
    from: matched.get(edge.from) ?? `new ${edge.from}`,
    to: matched.get(edge.to) ?? `new ${edge.to}`,
  }));
  const left = new Set(older);
  const take = (fits: (one: (typeof older)[number]) => boolean) => {
    const found = [...left].find(fits);
    if (found) left.delete(found);
    return found?.edge;
  };
  const gone: Edge[] = [];
  for (const edge of before.edges) {
    const joins = ({ from, to }: { from: string; to: string }) => from === edge.from && to === edge.to;
    const now =
      take((one) => joins(one) && inQuotes(one.edge.label) === inQuotes(edge.label)) ??
      take((one) => joins(one));
    if (!now) gone.push(edge);
    else {
      const what = edgeChanges(edge, now);
      if (what.length > 0) changes.changed.push(`${said(before, edge)}: ${what.join(", ")}`);
    }
  }
  for (const edge of gone) {
    const now = take((one) => one.from === edge.to && one.to === edge.from);
    if (now)
      changes.changed.push(`${said(before, edge)}: ${["reversed", ...edgeChanges(edge, now)].join(", ")}`);
    else changes.removed.push(said(before, edge));
  }
  for (const { edge } of left) changes.added.push(said(after, edge));
}

function edgeChanges(edge: Edge, now: Edge): string[] {
  return [
    ...(inQuotes(edge.label) === inQuotes(now.label) ? [] : [`now ${inQuotes(now.label)}`]),
    ...(edge.line === now.line ? [] : [`${edge.line} → ${now.line}`]),
    ...(edge.startHead === now.startHead && edge.endHead === now.endHead ? [] : ["other heads"]),
    ...(edge.startCount === now.startCount && edge.endCount === now.endCount ? [] : ["other cardinalities"]),
  ];
}

/** What is in one list and not in the other, counted. */
function compareLists(before: string[], after: string[], changes: Changes): void {
  const left = [...before];
  for (const entry of after) {
    const index = left.indexOf(entry);
    if (index >= 0) left.splice(index, 1);
    else changes.added.push(entry);
  }
  changes.removed.push(...left);
}
