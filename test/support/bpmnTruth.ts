import { BpmnModdle } from "bpmn-moddle";
import type { Edge, Graph, Node, Place, Remark } from "../../src/workflows/diagram/schema.js";
import { edge, graph, group, node } from "./diagrams.js";

/** What a BPMN file says, as the graph that a perfect reader of its picture would return. */

interface Element {
  $type: string;
  id: string;
  name?: string;
  text?: string;
  sourceRef?: Element | Element[];
  targetRef?: Element | Element[];
  attachedToRef?: Element;
  processRef?: Element;
  dataObjectRef?: Element;
  categoryValueRef?: { value?: string };
  participants?: Element[];
  messageFlows?: Element[];
  artifacts?: Element[];
  flowElements?: Element[];
  laneSets?: LaneSet[];
  childLaneSet?: LaneSet;
  flowNodeRef?: Element[];
  eventDefinitions?: Array<{ $type: string }>;
  dataInputAssociations?: Element[];
  dataOutputAssociations?: Element[];
  rootElements?: Element[];
  diagrams?: Array<{ plane: { planeElement?: Drawn[] } }>;
}
interface LaneSet {
  lanes?: Element[];
}
interface Drawn {
  bpmnElement?: Element;
  bounds?: { x: number; y: number; width: number; height: number };
}

const gatewayKinds: Record<string, string> = {
  "bpmn:ExclusiveGateway": "exclusive",
  "bpmn:ParallelGateway": "parallel",
  "bpmn:InclusiveGateway": "inclusive",
  "bpmn:EventBasedGateway": "event",
};

const shapeOf = (type: string): Node["shape"] => {
  if (type.endsWith("Event")) return "circle";
  if (type.endsWith("Gateway")) return "diamond";
  if (type === "bpmn:DataStoreReference") return "cylinder";
  return type === "bpmn:DataObjectReference" ? "document" : "rectangle";
};

/**
 * @param objections receives what bpmn-moddle does not understand; real files hold some
 */
export async function graphOfBpmn(xml: string, objections: string[] = []): Promise<Graph> {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  objections.push(...warnings.map(({ message }) => message));
  const definitions = rootElement as Element;
  const boxes = new Map<string, Place>();
  for (const { plane } of definitions.diagrams ?? [])
    for (const { bpmnElement, bounds } of plane.planeElement ?? [])
      if (bpmnElement && bounds) {
        const { x, y, width, height } = bounds;
        boxes.set(bpmnElement.id, { part: 1, x, y, width, height });
      }
  const nowhere: Place = { part: 1, x: 0, y: 0, width: 0, height: 0 };
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const groups: Graph["groups"] = [];
  const remarks: Remark[] = [];
  const notes: Graph["notes"] = [];
  const laneOf = new Map<string, string>();
  const one = (ref: Element | Element[] | undefined): string => (Array.isArray(ref) ? ref[0] : ref)?.id ?? "";

  const lanes = (sets: LaneSet[] | undefined, parent: string): void => {
    for (const lane of (sets ?? []).flatMap((set) => set.lanes ?? [])) {
      groups.push(group(lane.id, lane.name ?? "", parent));
      for (const { id } of lane.flowNodeRef ?? []) laneOf.set(id, lane.id);
      if (lane.childLaneSet) lanes([lane.childLaneSet], lane.id);
    }
  };
  const line = (from: string, to: string, label: string, more: Partial<Edge> = {}): void => {
    edges.push(edge(from, to, label, more));
  };
  const flowNode = (element: Element, holder: string): void => {
    const { $type, id, name = "" } = element;
    const shape = shapeOf($type);
    nodes.push(node(id, name, { shape, group: laneOf.get(id) ?? holder, place: boxes.get(id) ?? nowhere }));
    const remark = (feature: Remark["feature"], value: string) => remarks.push({ about: id, feature, value });
    const definition = element.eventDefinitions?.[0]?.$type;
    if (definition) {
      const sign = definition.slice("bpmn:".length, -"EventDefinition".length).toLowerCase();
      remark("event", sign === "compensate" ? "compensation" : sign);
    }
    if (/Intermediate|Boundary/.test($type)) remark("ring", "double");
    if ($type === "bpmn:EndEvent") remark("ring", "thick");
    if (gatewayKinds[$type]) remark("gateway", gatewayKinds[$type]);
    if ($type === "bpmn:CallActivity") remark("subroutine", "yes");
    for (const { sourceRef } of element.dataInputAssociations ?? [])
      line(one(sourceRef), id, "", { line: "dashed" });
    for (const { targetRef } of element.dataOutputAssociations ?? [])
      line(id, one(targetRef), "", { line: "dashed" });
  };
  const inside = ({ flowElements = [], laneSets, artifacts = [] }: Element, holder: string): void => {
    lanes(laneSets, holder);
    for (const element of flowElements) {
      if (element.$type === "bpmn:SequenceFlow")
        line(one(element.sourceRef), one(element.targetRef), element.name ?? "");
      else if (element.$type === "bpmn:SubProcess" && (element.flowElements ?? []).length > 0) {
        groups.push(group(element.id, element.name ?? "", laneOf.get(element.id) ?? holder));
        inside(element, element.id);
      } else if (element.$type !== "bpmn:DataObject") flowNode(element, holder);
    }
    drawnBeside(artifacts);
  };
  const drawnBeside = (artifacts: Element[]): void => {
    const texts = new Map(
      artifacts.flatMap(({ $type, id, text = "" }) =>
        $type === "bpmn:TextAnnotation" ? [[id, text] as const] : [],
      ),
    );
    const about = new Map<string, string>();
    for (const { $type, sourceRef, targetRef } of artifacts) {
      if ($type !== "bpmn:Association") continue;
      const [from, to] = [one(sourceRef), one(targetRef)];
      if (texts.has(to)) about.set(to, from);
      else if (texts.has(from)) about.set(from, to);
      else line(from, to, "", { line: "dashed", endHead: "none" });
    }
    for (const [id, text] of texts) notes.push({ text, about: about.get(id) ?? "" });
    for (const { $type, id, categoryValueRef } of artifacts)
      if ($type === "bpmn:Group") groups.push(group(id, categoryValueRef?.value ?? ""));
  };

  const roots = definitions.rootElements ?? [];
  const collaboration = roots.find(({ $type }) => $type === "bpmn:Collaboration");
  for (const participant of collaboration?.participants ?? []) {
    groups.push(group(participant.id, participant.name ?? ""));
    if (participant.processRef) inside(participant.processRef, participant.id);
  }
  if (!collaboration) for (const process of roots) if (process.$type === "bpmn:Process") inside(process, "");
  for (const { sourceRef, targetRef, name = "" } of collaboration?.messageFlows ?? [])
    line(one(sourceRef), one(targetRef), name, { line: "dashed" });
  drawnBeside(collaboration?.artifacts ?? []);
  return graph("flowchart", definitions.name ?? "", { nodes, edges, groups, remarks, notes });
}
