import { UserError } from "../../errors.js";
import type { Edge, Graph, Group, Node, Place, Step } from "./schema.js";

/** As many as a long answer has room for, twice over. */
const mostElements = 2_000;

/** Nowhere in the picture. */
const noPlace: Place = { part: 1, x: 0, y: 0, width: 0, height: 0 };

/** A graph in which every reference holds and every fragment is closed, and what had to be put right. */
export interface ValidGraph {
  graph: Graph;
  /** One sentence each. */
  repairs: string[];
}

/**
 * Makes an answer consistent: ids are unique, edges and steps join nodes that exist, groups do not contain
 * themselves, fragments are balanced. What cannot be kept is dropped and said.
 *
 * @throws UserError when it holds more than any drawing does
 */
export function validGraph(answer: Graph): ValidGraph {
  const { nodes: drawn, edges: lines, steps, rows, groups: frames, notes: remarks } = answer;
  const elements = [drawn, lines, steps, rows, frames, remarks].reduce((sum, list) => sum + list.length, 0);
  if (elements > mostElements)
    throw new UserError({
      code: "answerInvalid",
      problem: `The answer holds ${elements.toLocaleString("en")} elements: no drawing has as many.`,
      advice: "Run it again, or choose another model.",
    });
  const repairs: string[] = [];
  const nodes = uniqueById(answer.nodes, (node) =>
    repairs.push(`Two nodes had the id “${node.id}”; both were kept.`),
  );
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const groups = validGroups(answer.groups, nodeIds);
  const groupIds = new Set(groups.map(({ id }) => id));

  // Edges and steps may name a node that the list forgot: drawn, so kept.
  const addMissing = (id: string) => {
    if (id === "" || nodeIds.has(id) || groupIds.has(id)) return;
    nodeIds.add(id);
    nodes.push({
      id,
      label: id,
      shape: "rectangle",
      group: "",
      details: [],
      place: noPlace,
      confidence: "low",
      alternatives: [],
    });
    repairs.push(`“${id}” was joined by a line but not listed as a node; it was added.`);
  };
  for (const { from, to } of [...answer.edges, ...answer.steps]) {
    addMissing(from);
    addMissing(to);
  }
  const edges = answer.edges.filter(({ from, to }) => nodeIds.has(from) && nodeIds.has(to));
  const lost = answer.edges.length - edges.length;
  if (lost > 0)
    repairs.push(`${lost} line${lost === 1 ? "" : "s"} without a node at both ends could not be kept.`);

  return {
    graph: {
      ...answer,
      nodes: nodes.map((node) => (groupIds.has(node.group) ? node : { ...node, group: "" })),
      groups,
      edges,
      steps: balanced(answer.steps, nodeIds, repairs),
      notes: answer.notes
        .filter(({ text }) => text.trim() !== "")
        .map((note) => (nodeIds.has(note.about) ? note : { ...note, about: "" })),
    },
    repairs,
  };
}

function uniqueById(all: Node[], onTwin: (node: Node) => void): Node[] {
  const seen = new Set<string>();
  return all.map((node) => {
    if (node.id !== "" && !seen.has(node.id)) {
      seen.add(node.id);
      return node;
    }
    onTwin(node);
    let number = 2;
    while (seen.has(`${node.id}-${number}`)) number++;
    const id = `${node.id}-${number}`;
    seen.add(id);
    return { ...node, id };
  });
}

function validGroups(all: Group[], nodeIds: Set<string>): Group[] {
  const groups = all.filter(
    ({ id }, at) => id !== "" && !nodeIds.has(id) && all.findIndex((other) => other.id === id) === at,
  );
  const parentOf = new Map(groups.map(({ id, parent }) => [id, parent]));
  const containsItself = (id: string): boolean => {
    const above = new Set<string>();
    for (let at = parentOf.get(id); at !== undefined && at !== ""; at = parentOf.get(at)) {
      if (at === id) return true;
      if (above.has(at)) return false;
      above.add(at);
    }
    return false;
  };
  return groups.map((group) => {
    if (parentOf.has(group.parent) && !containsItself(group.id)) return group;
    parentOf.set(group.id, "");
    return { ...group, parent: "" };
  });
}

/** Steps whose nodes exist, with every fragment opened before it is closed, and closed in the end. */
function balanced(steps: Step[], nodeIds: Set<string>, repairs: string[]): Step[] {
  const kept: Step[] = [];
  const open: Array<Step["fragment"]> = [];
  for (const step of steps) {
    if (step.kind === "message" && !(nodeIds.has(step.from) && nodeIds.has(step.to))) {
      repairs.push(`The message “${step.text}” has no sender or receiver and could not be kept.`);
    } else if (step.kind === "note" && !nodeIds.has(step.from)) {
      repairs.push(`The note “${step.text}” stands at no participant and could not be kept.`);
    } else if (step.kind === "open") {
      const fragment = step.fragment === "none" ? "opt" : step.fragment;
      open.push(fragment);
      kept.push({ ...step, fragment });
    } else if (step.kind === "else") {
      const fragment = open.at(-1);
      if (fragment === "alt" || fragment === "par") kept.push({ ...step, fragment });
      else repairs.push(`A branch “${step.text}” outside of alternatives could not be kept.`);
    } else if (step.kind === "close") {
      if (open.pop() !== undefined) kept.push(step);
    } else {
      kept.push(step.kind === "note" && !nodeIds.has(step.to) ? { ...step, to: "" } : step);
    }
  }
  const close: Step = {
    kind: "close",
    from: "",
    to: "",
    text: "",
    line: "solid",
    head: "none",
    fragment: "none",
  };
  return [...kept, ...open.map(() => close)];
}

/** What is inside each group, and what is in none (the key is empty). */
export function membersByGroup({ nodes, groups }: Graph): Map<string, { nodes: Node[]; groups: Group[] }> {
  const members = new Map<string, { nodes: Node[]; groups: Group[] }>();
  for (const id of ["", ...groups.map((group) => group.id)]) members.set(id, { nodes: [], groups: [] });
  for (const node of nodes) members.get(node.group)?.nodes.push(node);
  for (const group of groups) members.get(group.parent)?.groups.push(group);
  return members;
}

/** Which node or group directly inside a group holds something; undefined when it lies elsewhere. */
export function holderIn({ nodes, groups }: Graph): (group: string, id: string) => string | undefined {
  const parentOf = new Map([
    ...nodes.map(({ id, group }) => [id, group] as const),
    ...groups.map(({ id, parent }) => [id, parent] as const),
  ]);
  return (group, id) => {
    for (let at: string | undefined = id; at !== undefined && at !== ""; at = parentOf.get(at))
      if (parentOf.get(at) === group) return at;
    return undefined;
  };
}

/** A forest of the nodes along their edges: each node once, under the first that points to it. */
export function forestOf({ nodes, edges }: Graph): {
  roots: Node[];
  children: Map<string, Node[]>;
  left: Edge[];
} {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parentOf = new Map<string, string>();
  const left: Edge[] = [];
  const isBelow = (id: string, ancestor: string): boolean => {
    for (let at: string | undefined = id; at !== undefined; at = parentOf.get(at))
      if (at === ancestor) return true;
    return false;
  };
  for (const edge of edges) {
    if (parentOf.has(edge.to) || isBelow(edge.from, edge.to)) left.push(edge);
    else parentOf.set(edge.to, edge.from);
  }
  const children = new Map<string, Node[]>(nodes.map(({ id }) => [id, []]));
  for (const [child, parent] of parentOf) {
    const node = byId.get(child);
    if (node) children.get(parent)?.push(node);
  }
  return { roots: nodes.filter(({ id }) => !parentOf.has(id)), children, left };
}
