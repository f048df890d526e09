import type { Edge, Graph, Group, Node } from "../schema.js";
import { isAroundIn, membersByGroup, withoutInwardEdges } from "../structure.js";
import { indent, type Names } from "./names.js";

/** How a language writes states; Mermaid and PlantUML differ in little else. */
export interface StateDialect {
  /** The rows of a state that is no dot. */
  state(node: Node): string[];
  /** The first row of a state with states inside, without its brace. */
  composite(group: Group): string;
  /** Rows at the start of a state with states inside. */
  inComposite(group: Group): string[];
  /** Whether a group is one of the regions that its state's inside is divided into. */
  isRegion(group: Group): boolean;
  /** The row between two regions. */
  regionSign: string;
  /** @param from, to as the language calls the ends */
  transition(edge: Edge, from: string, to: string): string;
}

/** Whether a node is drawn as the dot where a diagram starts or ends. */
export const isDot = ({ shape }: Node): boolean => shape === "start" || shape === "end";

/**
 * States within states, and their transitions.
 *
 * @param warnings receives what neither language can hold, one sentence each
 */
export function stateRows(graph: Graph, name: Names, warnings: string[], dialect: StateDialect): string[] {
  const twoHeaded = graph.edges.filter(
    ({ startHead, endHead }) => startHead !== "none" && endHead !== "none",
  );
  if (twoHeaded.length > 0)
    warnings.push(`Transitions have one direction: the second arrowhead of ${twoHeaded.length} is left out.`);
  const dots = new Set(graph.nodes.filter(isDot).map(({ id }) => id));
  const at = (id: string) => (dots.has(id) ? "[*]" : name(id));
  const members = membersByGroup(graph);
  const isRegion = (group: Group) => group.parent !== "" && dialect.isRegion(group);
  const edges = withoutInwardEdges(graph, "A state diagram", warnings);
  const regions = new Set(graph.groups.filter(isRegion).map(({ id }) => id));
  const drawn = edges.filter(({ from, to }) => !regions.has(from) && !regions.has(to));
  if (drawn.length < edges.length)
    warnings.push(`Transitions cannot end at a region: ${edges.length - drawn.length} are left out.`);
  const transitions = transitionsByGroup({ ...graph, edges: drawn }, dots);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    const divided = groups.filter(isRegion).map((group) => inside(group.id));
    const own = [
      ...nodes.filter((node) => !isDot(node)).flatMap((node) => dialect.state(node)),
      ...groups
        .filter((group) => !isRegion(group))
        .flatMap((group) => {
          const body = inside(group.id);
          const head = dialect.composite(group);
          const rows = [...dialect.inComposite(group), ...body];
          return body.length === 0 ? [head] : [`${head} {`, ...indent(rows), "}"];
        }),
      ...(transitions.get(id) ?? []).map((edge) => {
        const isBackwards = edge.startHead !== "none" && edge.endHead === "none";
        const [from, to] = isBackwards ? [edge.to, edge.from] : [edge.from, edge.to];
        return dialect.transition(edge, at(from), at(to));
      }),
    ];
    const parts = [own, ...divided].filter((rows) => rows.length > 0);
    return parts.flatMap((rows, index) => (index === 0 ? rows : [dialect.regionSign, ...rows]));
  };
  return inside("");
}

/**
 * The transitions by the group that they are written in: those of a dot stand inside the state whose dot it is, those
 * inside a region in that, the others outside of all (the key is empty).
 */
function transitionsByGroup(graph: Graph, dots: ReadonlySet<string>): Map<string, Edge[]> {
  const groupOf = new Map(graph.nodes.map(({ id, group }) => [id, group]));
  const isAround = isAroundIn(graph);
  const all = new Map<string, Edge[]>();
  for (const edge of graph.edges) {
    const { from, to } = edge;
    const ofDot = dots.has(from) || dots.has(to) ? groupOf.get(dots.has(from) ? from : to) : undefined;
    const home = ofDot ?? innermost(graph, (group) => isAround(group, from) && isAround(group, to));
    const known = all.get(home) ?? [];
    known.push(edge);
    all.set(home, known);
  }
  return all;
}

/** The deepest group with both ends of a line inside; empty where there is none. */
function innermost({ groups }: Graph, holdsBoth: (group: string) => boolean): string {
  const holding = groups.filter(({ id }) => holdsBoth(id));
  return holding.find(({ id }) => !holding.some(({ parent }) => parent === id))?.id ?? "";
}
