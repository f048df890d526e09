import { membersByGroup } from "../graph.js";
import type { Edge, Graph, Group, Node } from "../schema.js";
import { indent, type Names } from "./names.js";

/** How a language writes states; Mermaid and PlantUML differ in little else. */
export interface StateDialect {
  /** The rows of a state that is no dot. */
  state(node: Node): string[];
  /** The first row of a state with states inside, without its brace. */
  composite(group: Group): string;
  /** @param from, to as the language calls the ends */
  transition(edge: Edge, from: string, to: string): string;
}

/** Whether a node is drawn as the dot where a diagram starts or ends. */
export const isDot = ({ shape }: Node): boolean => shape === "start" || shape === "end";

/**
 * States within states, and their transitions.
 *
 * @param losses receives what neither language can hold, one sentence each
 */
export function stateRows(graph: Graph, name: Names, losses: string[], dialect: StateDialect): string[] {
  const twoHeaded = graph.edges.filter(({ startHead }) => startHead !== "none").length;
  if (twoHeaded > 0)
    losses.push(`Transitions have one direction: the second arrowhead of ${twoHeaded} is left out.`);
  const dots = new Set(graph.nodes.filter(isDot).map(({ id }) => id));
  const at = (id: string) => (dots.has(id) ? "[*]" : name(id));
  const members = membersByGroup(graph);
  const transitions = transitionsByGroup(graph, dots);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [
      ...nodes.filter((node) => !isDot(node)).flatMap((node) => dialect.state(node)),
      ...groups.flatMap((group) => {
        const body = inside(group.id);
        const head = dialect.composite(group);
        return body.length === 0 ? [head] : [`${head} {`, ...indent(body), "}"];
      }),
      ...(transitions.get(id) ?? []).map((edge) => dialect.transition(edge, at(edge.from), at(edge.to))),
    ];
  };
  return inside("");
}

/**
 * The transitions by the group that they are written in: those of a dot stand inside the state whose dot it is, the
 * others outside of all (the key is empty).
 */
function transitionsByGroup({ nodes, edges }: Graph, dots: ReadonlySet<string>): Map<string, Edge[]> {
  const groupOf = new Map(nodes.map(({ id, group }) => [id, group]));
  const all = new Map<string, Edge[]>();
  for (const edge of edges) {
    const { from, to } = edge;
    const home = dots.has(from) || dots.has(to) ? (groupOf.get(dots.has(from) ? to : from) ?? "") : "";
    const known = all.get(home) ?? [];
    known.push(edge);
    all.set(home, known);
  }
  return all;
}
