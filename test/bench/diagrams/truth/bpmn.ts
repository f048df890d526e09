import { type BpmnElement, BpmnModdle } from "bpmn-moddle";
import type { Edge, Graph, Group, Node, Place, Remark } from "../../../../src/workflows/diagram/schema.js";
import { edge, graph, group, node } from "../../../support/diagrams.js";

/** What hdBPMN's pictures were traced at, where a model says nothing else. Pixels of the longer side. */
const usualBackground = 1000;

const plainEdge = { line: "solid", endHead: "arrow" } as const;
const association = { line: "dashed", endHead: "arrow" } as const;

/**
 * The graph that a BPMN model stands for, as the diagram's prompt would have it read.
 *
 * @param xml the model, with its layout
 * @param longEdge the longer side of the picture that it was traced from, in pixels; places are in pixels of it
 */
export async function graphOfBpmn(xml: string, longEdge: number): Promise<Graph> {
  const { rootElement } = await new BpmnModdle().fromXML(xml);
  const background = Number(/"backgroundSize":\s*(\d+)/.exec(xml)?.[1] ?? usualBackground);
  const place = placesIn(rootElement, longEdge / background);
  const roots = rootElement.rootElements ?? [];
  const processes = roots.filter(({ $type }) => $type === "bpmn:Process");
  const collaborations = roots.filter(({ $type }) => $type === "bpmn:Collaboration");

  const groups: Group[] = [];
  const groupOf = new Map<string, string>();
  for (const participant of collaborations.flatMap(({ participants = [] }) => participants)) {
    groups.push(group(participant.id, participant.name ?? ""));
    if (participant.processRef) groupOf.set(participant.processRef.id, participant.id);
  }
  const addLanes = (set: BpmnElement, parent: string): void => {
    for (const lane of set.lanes ?? []) {
      groups.push(group(lane.id, lane.name ?? "", parent));
      for (const { id } of lane.flowNodeRef ?? []) groupOf.set(id, lane.id);
      if (lane.childLaneSet) addLanes(lane.childLaneSet, lane.id);
    }
  };
  for (const { id, laneSets = [] } of processes)
    for (const set of laneSets) addLanes(set, groupOf.get(id) ?? "");

  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const remarks: Remark[] = [];
  const texts = new Map<string, string>();
  const joins: BpmnElement[] = collaborations.flatMap(({ messageFlows = [] }) => messageFlows);
  const associations: BpmnElement[] = [];
  const add = (element: BpmnElement, around: string): void => {
    const { $type, id, name = "", flowElements } = element;
    if ($type === "bpmn:SequenceFlow") joins.push(element);
    else if ($type === "bpmn:Association") associations.push(element);
    else if ($type === "bpmn:TextAnnotation") texts.set(id, element.text ?? "");
    else if (flowElements && flowElements.length > 0) {
      groups.push(group(id, name, groupOf.get(id) ?? around));
      for (const inner of flowElements) add(inner, id);
    } else if (place.has(id)) {
      nodes.push(
        node(id, name, {
          shape: shapeOf($type),
          group: groupOf.get(id) ?? around,
          place: place.get(id) ?? nowhere,
        }),
      );
      remarks.push(...remarksOn(element));
    }
    for (const { sourceRef } of element.dataInputAssociations ?? [])
      for (const source of listOf(sourceRef)) edges.push(edge(source.id, id, "", association));
    for (const { targetRef } of element.dataOutputAssociations ?? [])
      for (const target of listOf(targetRef)) edges.push(edge(id, target.id, "", association));
  };
  for (const process of [...processes, ...collaborations])
    for (const element of [...(process.flowElements ?? []), ...(process.artifacts ?? [])])
      add(element, groupOf.get(process.id) ?? "");

  for (const { $type, name = "", sourceRef, targetRef } of joins)
    for (const source of listOf(sourceRef))
      for (const target of listOf(targetRef))
        edges.push(edge(source.id, target.id, name, $type === "bpmn:MessageFlow" ? association : plainEdge));
  const isThere = new Set([...nodes.map(({ id }) => id), ...groups.map(({ id }) => id)]);
  const aboutOf = (text: string): string =>
    associations
      .flatMap(({ sourceRef, targetRef }) => [listOf(sourceRef), listOf(targetRef)])
      .map((ends) => ends.map(({ id }) => id))
      .flatMap((ends, index, all) =>
        ends.includes(text) ? (all[index % 2 === 0 ? index + 1 : index - 1] ?? []) : [],
      )
      .find((id) => isThere.has(id)) ?? "";
  return graph("flowchart", "", {
    nodes,
    edges: edges.filter(({ from, to }) => isThere.has(from) && isThere.has(to)),
    groups,
    notes: [...texts].map(([id, text]) => ({ text, about: aboutOf(id) })),
    remarks,
  });
}

const nowhere: Place = { part: 1, x: 0, y: 0, width: 0, height: 0 };

const listOf = (one: BpmnElement | BpmnElement[] | undefined): BpmnElement[] =>
  one === undefined ? [] : Array.isArray(one) ? one : [one];

function placesIn({ diagrams = [] }: BpmnElement, scale: number): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { bpmnElement, bounds } of diagrams.flatMap(({ plane }) => plane?.planeElement ?? []))
    if (bpmnElement && bounds)
      places.set(bpmnElement.id, {
        part: 1,
        x: bounds.x * scale,
        y: bounds.y * scale,
        width: bounds.width * scale,
        height: bounds.height * scale,
      });
  return places;
}

function shapeOf(type: string): Node["shape"] {
  if (type.endsWith("Event")) return "circle";
  if (type.endsWith("Gateway")) return "diamond";
  if (type.includes("DataStore")) return "cylinder";
  return type.includes("DataObject") ? "document" : "rounded";
}

const gateways: Record<string, string> = {
  "bpmn:ExclusiveGateway": "exclusive",
  "bpmn:ParallelGateway": "parallel",
  "bpmn:InclusiveGateway": "inclusive",
  "bpmn:EventBasedGateway": "event",
};

function remarksOn({ $type, id, eventDefinitions = [] }: BpmnElement): Remark[] {
  const gateway = gateways[$type];
  const ring = $type.includes("Intermediate") || $type === "bpmn:BoundaryEvent" ? "double" : "thick";
  const hasRing = ring === "double" || $type === "bpmn:EndEvent";
  return [
    ...(gateway === undefined ? [] : [{ about: id, feature: "gateway" as const, value: gateway }]),
    ...(hasRing && $type.endsWith("Event") ? [{ about: id, feature: "ring" as const, value: ring }] : []),
    ...eventDefinitions.map((definition) => ({
      about: id,
      feature: "event" as const,
      value: definition.$type.replace(/^bpmn:|EventDefinition$/g, "").toLowerCase(),
    })),
  ];
}
