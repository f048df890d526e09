import type { Graph, Node } from "../../schema.js";
import { idsOf } from "../names.js";
import { type Flow, flowsOf } from "./flows.js";
import { type GroupRole, groupRoles } from "./roles.js";
import { type BpmnStep, stepsOf } from "./steps.js";

/** What the semantic part and the drawing of a BPMN file are both written from. */
export interface BpmnModel {
  graph: Graph;
  roles: ReadonlyMap<string, GroupRole>;
  steps: ReadonlyMap<string, BpmnStep>;
  flows: readonly Flow[];
  /** Those that begin or end at something, by its id, with their places in the list. */
  joined: ReadonlyMap<string, ReadonlyArray<Flow & { at: number }>>;
  /** The ids of the groups that are pools. */
  pools: readonly string[];
  /** The element of a node or a group. */
  idOf(id: string): string;
  /** The element that the drawing is of. */
  root: string;
}

export const flowId = (index: number): string => `Flow_${index + 1}`;
export const noteId = (index: number): string => `TextAnnotation_${index + 1}`;
export const noteLineId = (index: number): string => `Association_${index + 1}`;

/** The words of a node: with the lines below its label. */
export const wordsOf = ({ label, details }: Node): string => [label, ...details].join("\n");

const prefixes: Record<GroupRole, string> = {
  pool: "Participant",
  lane: "Lane",
  subProcess: "Activity",
  group: "Group",
};

/**
 * What everything in a graph is in BPMN.
 *
 * @param warnings receives what BPMN cannot hold, one sentence each
 */
export function modelOf(
  graph: Graph,
  earlier: ReadonlyMap<string, string> | undefined,
  warnings: string[],
): BpmnModel {
  const roles = groupRoles(graph);
  const drawn = flowsOf(graph, roles, warnings);
  const steps = stepsOf(graph, drawn, warnings);
  const name = idsOf(graph, { reserved: new Set(), style: "camel", earlier });
  const pools = graph.groups.flatMap(({ id }) => (roles.get(id) === "pool" ? [id] : []));
  const flows = withPlainAssociations(drawn, steps);
  const joined = new Map<string, Array<Flow & { at: number }>>();
  for (const [index, flow] of flows.entries())
    for (const end of new Set([flow.from, flow.to]))
      joined.set(end, [...(joined.get(end) ?? []), { ...flow, at: index }]);
  return {
    graph,
    roles,
    steps,
    flows,
    joined,
    pools,
    idOf: (id) => `${steps.get(id)?.prefix ?? prefixes[roles.get(id) ?? "group"]}_${name(id)}`,
    root: pools.length > 0 ? "Collaboration_1" : "Process_1",
  };
}

/** Lines to data whose other end takes none are plain associations. */
function withPlainAssociations(flows: readonly Flow[], steps: ReadonlyMap<string, BpmnStep>): Flow[] {
  const isOfData = (id: string) => /^Data/.test(steps.get(id)?.prefix ?? "");
  return flows.map((flow) => {
    if (flow.kind !== "data") return flow;
    const isHeld = isOfData(flow.from)
      ? takesData(steps.get(flow.to), true)
      : takesData(steps.get(flow.from), false);
    return isHeld ? flow : { ...flow, kind: "association" };
  });
}

/** Activities read and write data; of events, those that throw read it, and those that catch write it. */
const takesData = (step: BpmnStep | undefined, isInput: boolean): boolean =>
  step?.prefix === "Activity" || (step?.prefix === "Event" && Boolean(step.throws) === isInput);
