import type { Graph, Node } from "../../schema.js";
import { isAroundIn, membersByGroup } from "../../structure.js";

/** What a frame is in BPMN. */
export type GroupRole = "pool" | "lane" | "subProcess" | "group";

/** Whether a node is data: no step of the process. */
export const isData = ({ shape }: Node): boolean => shape === "document" || shape === "cylinder";

/**
 * What each frame is. Where every step lies in a frame, the outermost ones are pools, and those that share a pool's
 * steps among them its lanes. Other frames are sub-processes, unless a line crosses their border: no sequence flow may.
 */
export function groupRoles(graph: Graph): Map<string, GroupRole> {
  const members = membersByGroup(graph);
  const isAround = isAroundIn(graph);
  const steps = graph.nodes.filter((node) => !isData(node));
  const hasPools = steps.every(({ group }) => group !== "");
  const roles = new Map<string, GroupRole>();
  const frameRole = (id: string): GroupRole => {
    const crossing = graph.edges.some(({ from, to }) => {
      const [holdsFrom, holdsTo] = [isAround(id, from), isAround(id, to)];
      return holdsFrom !== holdsTo && from !== id && to !== id;
    });
    return !crossing && steps.some((node) => isAround(id, node.id)) ? "subProcess" : "group";
  };
  const assign = (id: string, mayHaveLanes: boolean): void => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    const areLanes = mayHaveLanes && nodes.every(isData);
    for (const group of groups) {
      const role = id === "" && hasPools ? "pool" : areLanes ? "lane" : frameRole(group.id);
      roles.set(group.id, role);
      assign(group.id, role === "pool" || role === "lane");
    }
  };
  assign("", false);
  return roles;
}

/** The pool around something; undefined where there is none. */
export function poolIn({ nodes, groups }: Graph, roles: ReadonlyMap<string, GroupRole>) {
  return nearest({ nodes, groups }, (id) => roles.get(id) === "pool");
}

/** The nearest frame around something, or itself, that is as asked for. */
export function nearest(
  { nodes, groups }: Pick<Graph, "nodes" | "groups">,
  isMeant: (group: string) => boolean,
): (id: string) => string | undefined {
  const holders = new Map([
    ...nodes.map(({ id, group }) => [id, group] as const),
    ...groups.map(({ id, parent }) => [id, parent] as const),
  ]);
  return (id) => {
    for (let at: string | undefined = id; at !== undefined && at !== ""; at = holders.get(at))
      if (isMeant(at)) return at;
    return undefined;
  };
}
