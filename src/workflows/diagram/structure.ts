import type { Edge, Feature, Graph, Group, Node } from "./schema.js";

/**
 * What is remarked about a node, a group, an edge (`e3`) or a step (`s3`).
 *
 * @returns looks up a feature's value; undefined where there is no such remark
 */
export function remarksOf({ remarks }: Graph): (about: string, feature: Feature) => string | undefined {
  const values = new Map(remarks.map(({ about, feature, value }) => [`${feature} ${about}`, value]));
  return (about, feature) => values.get(`${feature} ${about}`);
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

/** Whether a group is the thing itself, or lies around it at any depth. */
export function isAroundIn({ nodes, groups }: Graph): (group: string, id: string) => boolean {
  const parentOf = new Map([
    ...nodes.map(({ id, group }) => [id, group] as const),
    ...groups.map(({ id, parent }) => [id, parent] as const),
  ]);
  return (group, id) => {
    for (let at: string | undefined = id; at !== undefined && at !== ""; at = parentOf.get(at))
      if (at === group) return true;
    return false;
  };
}

/**
 * The edges that a language can draw, which cannot join a frame with itself or with what lies inside it.
 *
 * @param warnings receives how many are left out, where any is
 */
export function withoutInwardEdges(graph: Graph, language: string, warnings: string[]): Edge[] {
  const isAround = isAroundIn(graph);
  const groupIds = new Set(graph.groups.map(({ id }) => id));
  const kept = graph.edges.filter(
    ({ from, to }) =>
      !(groupIds.has(from) && isAround(from, to)) && !(groupIds.has(to) && isAround(to, from)),
  );
  const left = graph.edges.length - kept.length;
  if (left > 0)
    warnings.push(
      `${language} joins no frame with itself or with what lies inside it: ${left} such ${left === 1 ? "line is" : "lines are"} left out.`,
    );
  return kept;
}

/**
 * The edges between nodes, for languages in which nothing can end at a frame.
 *
 * @param warnings receives how many others are left out, where any is
 */
export function edgesOfNodes({ nodes, edges }: Graph, language: string, warnings: string[]): Edge[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const kept = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const left = edges.length - kept.length;
  if (left > 0)
    warnings.push(
      `Lines cannot end at a frame in ${language}: ${left} such ${left === 1 ? "line is" : "lines are"} left out.`,
    );
  return kept;
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
    const isBetweenNodes = byId.has(edge.from) && byId.has(edge.to);
    if (!isBetweenNodes || parentOf.has(edge.to) || isBelow(edge.from, edge.to)) left.push(edge);
    else parentOf.set(edge.to, edge.from);
  }
  const children = new Map<string, Node[]>(nodes.map(({ id }) => [id, []]));
  for (const [child, parent] of parentOf) {
    const node = byId.get(child);
    if (node) children.get(parent)?.push(node);
  }
  return { roots: nodes.filter(({ id }) => !parentOf.has(id)), children, left };
}
