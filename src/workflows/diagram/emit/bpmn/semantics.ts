import type { Edge } from "../../schema.js";
import { labelLines } from "../labels.js";
import { element, type XmlElement } from "../xml.js";
import type { Flow } from "./flows.js";
import { type BpmnModel, flowId, noteId, noteLineId, wordsOf } from "./model.js";
import { nearest } from "./roles.js";
import type { BpmnStep } from "./steps.js";

/** Collaboration, categories and processes. */
export function semanticsOf(model: BpmnModel): XmlElement[] {
  const { graph, roles, idOf, flows, pools } = model;
  const processOf = (pool: string) => `Process_${idOf(pool).slice("Participant_".length)}`;
  const scopeOf = scopesIn(model);
  const isFilled = (pool: string) =>
    graph.nodes.some(({ id }) => scopeOf(id) === pool) || hasInside(model, pool);
  const artifacts = artifactsOf(model);
  const labelOf = (id: string) => graph.groups.find((group) => group.id === id)?.label ?? "";
  const categories = graph.groups.flatMap(({ id, label }) =>
    roles.get(id) === "group" ? [category(idOf(id), label)] : [],
  );
  if (pools.length === 0) {
    const own = [...flowElements(model, "", scopeOf), ...artifacts];
    return [...categories, element("bpmn:process", { id: "Process_1", isExecutable: "false" }, own)];
  }
  const collaboration = element("bpmn:collaboration", { id: model.root }, [
    ...pools.map((pool) =>
      element("bpmn:participant", {
        id: idOf(pool),
        ...named(labelOf(pool)),
        processRef: isFilled(pool) ? processOf(pool) : undefined,
      }),
    ),
    ...flows.flatMap((flow, index) =>
      flow.kind === "message" ? [flowElement("bpmn:messageFlow", flow, index, model)] : [],
    ),
    ...artifacts,
  ]);
  const processes = pools
    .filter(isFilled)
    .map((pool) =>
      element("bpmn:process", { id: processOf(pool), isExecutable: "false" }, [
        ...laneSet(model, pool, `LaneSet_${idOf(pool)}`, "bpmn:laneSet"),
        ...flowElements(model, pool, scopeOf),
      ]),
    );
  return [...categories, collaboration, ...processes];
}

const hasInside = ({ graph, roles }: BpmnModel, pool: string): boolean =>
  graph.groups.some(({ id, parent }) => parent === pool && roles.get(id) !== undefined);

/** The process or sub-process that something stands in: a pool's or a group's id; empty for the only process. */
function scopesIn({ graph, roles, pools }: BpmnModel): (id: string) => string {
  const holders = new Map(graph.groups.map(({ id, parent }) => [id, parent]));
  const scope = nearest(graph, (id) => roles.get(id) === "pool" || roles.get(id) === "subProcess");
  // Data may stand outside of all pools, but an element may not.
  return (id) => {
    const holder = holders.get(id);
    return (holder === undefined ? scope(id) : scope(holder)) ?? pools[0] ?? "";
  };
}

const named = (label: string): { name: string | undefined } => {
  const text = labelLines(label).join("\n");
  return { name: text === "" ? undefined : text };
};

/** A group's words are the value of a category. */
const category = (id: string, label: string): XmlElement =>
  element("bpmn:category", { id: `Category_${id}` }, [
    element("bpmn:categoryValue", { id: `CategoryValue_${id}`, value: labelLines(label).join("\n") }),
  ]);

/** Groups, notes, and the lines that are no flows. They belong to the whole. */
function artifactsOf({ graph, roles, flows, idOf }: BpmnModel): XmlElement[] {
  return [
    ...graph.groups.flatMap(({ id }) =>
      roles.get(id) === "group"
        ? [element("bpmn:group", { id: idOf(id), categoryValueRef: `CategoryValue_${idOf(id)}` })]
        : [],
    ),
    ...flows.flatMap(({ kind, from, to, edge }, index) =>
      kind === "association" ? [association(flowId(index), idOf(from), idOf(to), edge)] : [],
    ),
    ...graph.notes.flatMap(({ text, about }, index) => [
      element("bpmn:textAnnotation", { id: noteId(index) }, [
        element("bpmn:text", {}, [], labelLines(text).join("\n")),
      ]),
      ...(about === "" ? [] : [association(noteLineId(index), idOf(about), noteId(index))]),
    ]),
  ];
}

/** @param edge the drawn line; absent for the one to a note */
function association(id: string, sourceRef: string, targetRef: string, edge?: Edge): XmlElement {
  const heads = edge ? [edge.startHead, edge.endHead].filter((head) => head !== "none").length : 0;
  return element("bpmn:association", {
    id,
    associationDirection: ["None", "One", "Both"][heads],
    sourceRef,
    targetRef,
  });
}

function flowElement(tag: string, { from, to, edge }: Flow, index: number, { idOf }: BpmnModel): XmlElement {
  return element(tag, {
    id: flowId(index),
    ...named(edge.label),
    sourceRef: idOf(from),
    targetRef: idOf(to),
  });
}

function laneSet(model: BpmnModel, holder: string, id: string, tag: string): XmlElement[] {
  const { graph, roles, idOf } = model;
  const lanes = graph.groups.filter((group) => group.parent === holder && roles.get(group.id) === "lane");
  if (lanes.length === 0) return [];
  const laneOf = nearest(graph, (group) => roles.get(group) === "lane");
  return [
    element(
      tag,
      { id },
      lanes.map((lane) => {
        const inside = [
          ...graph.nodes,
          ...graph.groups.filter((group) => roles.get(group.id) === "subProcess"),
        ];
        return element("bpmn:lane", { id: idOf(lane.id), ...named(lane.label) }, [
          ...inside.flatMap((one) =>
            laneOf(one.id) === lane.id ? [element("bpmn:flowNodeRef", {}, [], idOf(one.id))] : [],
          ),
          ...laneSet(model, lane.id, `LaneSet_${idOf(lane.id)}`, "bpmn:childLaneSet"),
        ]);
      }),
    ),
  ];
}

/** What stands directly in a process or sub-process. */
function flowElements(model: BpmnModel, scope: string, scopeOf: (id: string) => string): XmlElement[] {
  const { graph, roles, idOf, flows, steps } = model;
  const objects = graph.nodes.filter(
    ({ id }) => steps.get(id)?.tag === "dataObjectReference" && scopeOf(id) === scope,
  );
  return [
    ...graph.nodes.flatMap((node) => {
      const step = steps.get(node.id);
      return step && scopeOf(node.id) === scope ? [stepElement(model, step)] : [];
    }),
    ...graph.groups.flatMap(({ id, label }) =>
      roles.get(id) === "subProcess" && scopeOf(id) === scope
        ? [
            element("bpmn:subProcess", { id: idOf(id), ...named(label) }, [
              ...endsOf(model, id),
              ...flowElements(model, id, scopeOf),
            ]),
          ]
        : [],
    ),
    ...objects.map(({ id }) => element("bpmn:dataObject", { id: objectId(idOf(id)) })),
    ...flows.flatMap((flow, index) =>
      flow.kind === "sequence" && scopeOf(flow.from) === scope
        ? [flowElement("bpmn:sequenceFlow", flow, index, model)]
        : [],
    ),
  ];
}

const objectId = (reference: string): string => reference.replace("DataObjectReference_", "DataObject_");

function stepElement(model: BpmnModel, step: BpmnStep): XmlElement {
  const { node, tag, definition, host } = step;
  const id = model.idOf(node.id);
  const attributes = {
    id,
    ...named(wordsOf(node)),
    attachedToRef: host === undefined ? undefined : model.idOf(host),
    dataObjectRef: tag === "dataObjectReference" ? objectId(id) : undefined,
  };
  const sign =
    definition === undefined
      ? []
      : [element(`bpmn:${definitionTag(definition)}`, { id: `Definition_${id}` }, conditionOf(definition))];
  if (step.prefix === "DataObjectReference" || step.prefix === "DataStoreReference")
    return element(`bpmn:${tag}`, attributes);
  return element(`bpmn:${tag}`, attributes, [...endsOf(model, node.id), ...dataLines(model, step), ...sign]);
}

const definitionTag = (sign: string): string =>
  sign === "compensation" ? "compensateEventDefinition" : `${sign}EventDefinition`;

/** A conditional event wants a condition, which the picture does not say. */
const conditionOf = (definition: string): XmlElement[] =>
  definition === "conditional" ? [element("bpmn:condition", {}, [])] : [];

/** The names of the sequence flows that come in and go out. */
const endsOf = ({ joined }: BpmnModel, id: string): XmlElement[] =>
  (["incoming", "outgoing"] as const).flatMap((way) =>
    (joined.get(id) ?? []).flatMap(({ kind, from, to, at }) =>
      kind === "sequence" && (way === "incoming" ? to : from) === id
        ? [element(`bpmn:${way}`, {}, [], flowId(at))]
        : [],
    ),
  );

/** The lines between a step and its data. */
function dataLines({ joined, idOf }: BpmnModel, step: BpmnStep): XmlElement[] {
  const own = step.node.id;
  const flows = joined.get(own) ?? [];
  const property = `Property_${idOf(own)}`;
  const [inputs, outputs] = [
    flows.flatMap(({ kind, from, to, at }) =>
      kind === "data" && to === own ? [{ at, data: idOf(from) }] : [],
    ),
    flows.flatMap(({ kind, from, to, at }) =>
      kind === "data" && from === own ? [{ at, data: idOf(to) }] : [],
    ),
  ];
  return [
    ...(inputs.length > 0
      ? [element("bpmn:property", { id: property, name: "__targetRef_placeholder" })]
      : []),
    ...inputs.map(({ at, data }) =>
      element("bpmn:dataInputAssociation", { id: flowId(at) }, [
        element("bpmn:sourceRef", {}, [], data),
        element("bpmn:targetRef", {}, [], property),
      ]),
    ),
    ...outputs.map(({ at, data }) =>
      element("bpmn:dataOutputAssociation", { id: flowId(at) }, [element("bpmn:targetRef", {}, [], data)]),
    ),
  ];
}
