import type { Edge, Graph, Node } from "../../schema.js";
import { withoutInwardEdges } from "../../structure.js";
import { type GroupRole, isData, poolIn } from "./roles.js";

/** What a line is in BPMN. */
export interface Flow {
  kind: "sequence" | "message" | "data" | "association";
  /** From where it starts to where it points. */
  from: string;
  to: string;
  edge: Edge;
}

/**
 * What each line is: a sequence flow in a pool, a message flow between two, or one that joins data.
 *
 * @param warnings receives what BPMN cannot hold, one sentence each
 */
export function flowsOf(graph: Graph, roles: ReadonlyMap<string, GroupRole>, warnings: string[]): Flow[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const poolOf = poolIn(graph, roles);
  const isArea = (id: string) => roles.get(id) === "lane" || roles.get(id) === "group";
  const isOfData = (id: string) => isDataNode(nodes.get(id));
  const flows: Flow[] = [];
  let atAreas = 0;
  let withinPool = 0;
  for (const edge of withoutInwardEdges(graph, "BPMN", warnings)) {
    const isBackwards = edge.startHead !== "none" && edge.endHead === "none";
    const [from, to] = isBackwards ? [edge.to, edge.from] : [edge.from, edge.to];
    if (isArea(from) || isArea(to)) atAreas++;
    else if (isOfData(from) || isOfData(to)) {
      const isDirected = edge.startHead !== "none" || edge.endHead !== "none";
      const isPlain = !isDirected || (isOfData(from) && isOfData(to)) || roles.has(from) || roles.has(to);
      flows.push({ kind: isPlain ? "association" : "data", from, to, edge });
    } else if (poolOf(from) !== poolOf(to)) flows.push({ kind: "message", from, to, edge });
    else if (roles.get(from) === "pool" || roles.get(to) === "pool") withinPool++;
    else flows.push({ kind: "sequence", from, to, edge });
  }
  if (atAreas > 0)
    warnings.push(`No flow can end at a lane or a group: ${atAreas} such ${are(atAreas)} left out.`);
  if (withinPool > 0)
    warnings.push(`No flow joins a pool with itself: ${withinPool} such ${are(withinPool)} left out.`);
  warnOfFlows(flows, warnings);
  return flows;
}

const isDataNode = (node: Node | undefined): boolean => node !== undefined && isData(node);
const are = (count: number): string => (count === 1 ? "line is" : "lines are");

function warnOfFlows(flows: readonly Flow[], warnings: string[]): void {
  const say = (isMeant: (flow: Flow) => boolean, words: (count: number) => string) => {
    const count = flows.filter(isMeant).length;
    if (count > 0) warnings.push(words(count));
  };
  const isStep = ({ kind }: Flow) => kind === "sequence" || kind === "message";
  say(
    (flow) => isStep(flow) && flow.edge.startHead !== "none" && flow.edge.endHead !== "none",
    (count) => `A flow in BPMN has one direction: the second arrowhead of ${count} is left out.`,
  );
  say(
    (flow) => isStep(flow) && flow.edge.startHead === "none" && flow.edge.endHead === "none",
    (count) => `A flow in BPMN has an arrowhead: ${count} drawn without one have it.`,
  );
  say(
    ({ kind, edge }) => kind === "sequence" && edge.line !== "solid",
    (count) => `A sequence flow in BPMN is a solid line: ${count} drawn otherwise are, too.`,
  );
  say(
    ({ kind, edge }) => kind === "message" && edge.line === "solid",
    (count) => `Between pools only messages flow: ${count} solid lines became message flows.`,
  );
  say(
    ({ kind, edge }) => kind === "data" && edge.label.trim() !== "",
    (count) => `Lines to data have no words in BPMN: those of ${count} are left out.`,
  );
  say(
    ({ kind, edge }) => kind === "association" && edge.label.trim() !== "",
    (count) => `Associations have no words in BPMN: those of ${count} are left out.`,
  );
  say(
    ({ edge }) => edge.startCount !== "none" || edge.endCount !== "none",
    (count) => `BPMN has no multiplicities: those of ${count} lines are left out.`,
  );
}
