import type { Graph, Node, Place } from "../../schema.js";
import { remarksOf } from "../../structure.js";
import type { Flow } from "./flows.js";
import { isData } from "./roles.js";

/** What a node is in BPMN. */
export interface BpmnStep {
  node: Node;
  /** The element's name, such as `startEvent`. */
  tag: string;
  /** What its id begins with. */
  prefix: "Activity" | "Event" | "Gateway" | "DataObjectReference" | "DataStoreReference";
  /** `timer`, `message`, …: what an event waits for or throws. */
  definition?: string;
  /** Whether a throwing event: data flows into it, not out of it. */
  throws?: boolean;
  /** The activity that a boundary event is attached to. */
  host?: string;
}

type EventPlace = "start" | "end" | "catch" | "throw" | "boundary";

const tags: Record<EventPlace, string> = {
  start: "startEvent",
  end: "endEvent",
  catch: "intermediateCatchEvent",
  throw: "intermediateThrowEvent",
  boundary: "boundaryEvent",
};

/** Which signs an event may have where. */
const allowed: Record<EventPlace, readonly string[]> = {
  start: ["message", "timer", "conditional", "signal"],
  end: ["message", "error", "escalation", "signal", "compensation", "terminate"],
  catch: ["message", "timer", "conditional", "signal"],
  throw: ["message", "escalation", "signal", "compensation"],
  boundary: ["message", "timer", "error", "signal", "conditional", "escalation", "compensation"],
};

const gateways: Record<string, string> = {
  exclusive: "exclusiveGateway",
  parallel: "parallelGateway",
  inclusive: "inclusiveGateway",
  event: "eventBasedGateway",
};

/**
 * What each node is.
 *
 * @param warnings receives what BPMN cannot hold, one sentence each
 */
export function stepsOf(graph: Graph, flows: readonly Flow[], warnings: string[]): Map<string, BpmnStep> {
  const remark = remarksOf(graph);
  const joins = (kind: Flow["kind"]) => ({
    into: new Set(flows.filter((flow) => flow.kind === kind).map(({ to }) => to)),
    outOf: new Set(flows.filter((flow) => flow.kind === kind).map(({ from }) => from)),
  });
  const [sequence, messages] = [joins("sequence"), joins("message")];
  const otherShapes = new Set<Node["shape"]>();
  let strange = 0;
  let rings = 0;

  const eventOf = (node: Node): BpmnStep => {
    const { id } = node;
    const sign = remark(id, "event");
    const [hasIn, hasOut] = [sequence.into.has(id), sequence.outOf.has(id)];
    const host = hasIn ? undefined : hostOf(node, graph, remark);
    const between: EventPlace =
      sign === "timer" || sign === "conditional"
        ? "catch"
        : sign === undefined || sign === "escalation" || sign === "compensation"
          ? "throw"
          : messages.outOf.has(id) && !messages.into.has(id)
            ? "throw"
            : "catch";
    const drawn = drawnPlace(node, remark(id, "ring"), sign);
    const inferred: EventPlace = hasOut
      ? hasIn
        ? between
        : "start"
      : hasIn
        ? sign === "timer" || sign === "conditional"
          ? "catch"
          : "end"
        : "start";
    const wanted: EventPlace = host ? "boundary" : drawn === "between" ? between : (drawn ?? inferred);
    // Nothing flows into a start, and nothing out of an end.
    const isWrong = (wanted === "start" && hasIn) || (wanted === "end" && hasOut);
    const place: EventPlace = isWrong ? between : wanted;
    const ring = remark(id, "ring");
    if (
      (ring === "thick" && place !== "end") ||
      (ring === "double" && (place === "start" || place === "end"))
    )
      rings++;
    const isKnown = sign !== undefined && allowed[place].includes(sign);
    if (sign !== undefined && !isKnown) strange++;
    return {
      node,
      tag: tags[place],
      prefix: "Event",
      throws: place === "end" || place === "throw",
      ...(isKnown ? { definition: sign } : {}),
      ...(host ? { host: host.id } : {}),
    };
  };

  const stepOf = (node: Node): BpmnStep => {
    const { id, shape } = node;
    const ring = remark(id, "ring");
    const isTask = !["cylinder", "document", "diamond"].includes(shape) && !remark(id, "gateway");
    // A call's border is thick; rings are an event's.
    if (ring !== undefined && !isRound(node) && !(isTask && ring === "thick")) rings++;
    const gateway = remark(id, "gateway");
    const sign = remark(id, "event");
    if (shape === "cylinder") return { node, tag: "dataStoreReference", prefix: "DataStoreReference" };
    if (shape === "document") return { node, tag: "dataObjectReference", prefix: "DataObjectReference" };
    if (shape === "diamond" || gateway)
      return { node, tag: gateways[gateway ?? ""] ?? "exclusiveGateway", prefix: "Gateway" };
    if (isRound(node)) return eventOf(node);
    if (shape !== "rectangle" && shape !== "rounded") otherShapes.add(shape);
    const message = messages.into.has(id) ? "receiveTask" : "sendTask";
    if (sign !== undefined && sign !== "message") strange++;
    const isCall = remark(id, "subroutine") !== undefined || ring === "thick";
    return {
      node,
      tag: isCall ? "callActivity" : sign === "message" ? message : "task",
      prefix: "Activity",
    };
  };

  const steps = new Map(graph.nodes.map((node) => [node.id, stepOf(node)]));
  if (otherShapes.size > 0)
    warnings.push(`BPMN has other shapes: what is drawn as ${[...otherShapes].join(", ")} became a task.`);
  if (rings > 0)
    warnings.push(`In BPMN, rings tell where an event stands: ${rings} drawn otherwise are left out.`);
  if (strange > 0)
    warnings.push(
      `${strange} ${strange === 1 ? "sign" : "signs"} cannot stand in BPMN where ${strange === 1 ? "it is" : "they are"} drawn, and ${strange === 1 ? "is" : "are"} left out.`,
    );
  return steps;
}

const isRound = ({ shape }: Node): boolean => shape === "circle" || shape === "start" || shape === "end";

/** What its ring and its dot say of an event. */
function drawnPlace(
  { shape }: Node,
  ring: string | undefined,
  sign: string | undefined,
): "start" | "end" | "between" | undefined {
  if (ring === "double") return "between";
  if (ring === "thick" || shape === "end" || sign === "terminate") return "end";
  return shape === "start" ? "start" : undefined;
}

/** The activity on whose border an event is drawn. */
function hostOf(event: Node, { nodes }: Graph, remark: ReturnType<typeof remarksOf>): Node | undefined {
  if (event.place.width === 0) return undefined;
  return nodes.find(
    (node) =>
      !isRound(node) &&
      !isData(node) &&
      node.shape !== "diamond" &&
      remark(node.id, "gateway") === undefined &&
      node.group === event.group &&
      node.place.part === event.place.part &&
      liesOnBorder(event.place, node.place),
  );
}

function liesOnBorder(small: Place, large: Place): boolean {
  const touches =
    small.x < large.x + large.width &&
    large.x < small.x + small.width &&
    small.y < large.y + large.height &&
    large.y < small.y + small.height;
  const isInside =
    small.x >= large.x &&
    small.y >= large.y &&
    small.x + small.width <= large.x + large.width &&
    small.y + small.height <= large.y + large.height;
  return touches && !isInside && small.width < large.width;
}
