import type { Node } from "../../schema.js";
import { remarksOf } from "../../structure.js";
import { type Place, rowHeight, type Size } from "../drawio/layout.js";
import { labelLines } from "../labels.js";
import { coloursOf } from "../remarks.js";
import { type Point, routeBetween } from "../routes.js";
import { element, type XmlElement } from "../xml.js";
import { type BpmnModel, flowId, noteId, noteLineId, wordsOf } from "./model.js";
import { boundsOf, bpmnPlaces } from "./places.js";
import type { BpmnStep } from "./steps.js";

/** As BPMN's modelers draw them. Pixels of the page. */
const [event, gateway, line, wrapped, origin] = [36, 50, 14, 100, 100];
const sizes: Record<BpmnStep["prefix"], Size> = {
  Event: { width: event, height: event },
  Gateway: { width: gateway, height: gateway },
  DataObjectReference: { width: 36, height: 50 },
  DataStoreReference: { width: 50, height: 50 },
  Activity: { width: 100, height: 80 },
};

/** The drawing: a shape for each element, an edge for each flow. */
export function drawingOf(model: BpmnModel, warnings: string[]): XmlElement {
  const { graph, roles, steps, flows, idOf } = model;
  const remark = remarksOf(graph);
  const colours = coloursOf(graph, warnings);
  const attached = graph.nodes.filter(({ id }) => steps.get(id)?.host !== undefined);
  const free = { ...graph, nodes: graph.nodes.filter((node) => !attached.includes(node)) };
  const { places, upright } = bpmnPlaces(free, roles, (node) => sizeOf(node, steps.get(node.id)));
  for (const node of attached) {
    const host = graph.nodes.find(({ id }) => id === steps.get(node.id)?.host);
    const place = host && places.get(host.id);
    if (host && place) places.set(node.id, onBorder(node, host, place));
  }
  const placed = moved(places);
  const notes = notePlaces(model, placed);
  const colour = (id: string) => {
    const own = colours.get(id);
    return own ? { "color:background-color": own.fill, "color:border-color": own.stroke } : {};
  };
  const shape = (id: string, place: Place, more: Record<string, string | undefined>, label?: XmlElement) =>
    element("bpmndi:BPMNShape", { id: `Shape_${id}`, bpmnElement: id, ...more }, [
      bounds(place),
      ...(label ? [label] : []),
    ]);
  const groups = [...graph.groups].sort(outerFirst(model)).flatMap(({ id }) => {
    const place = placed.get(id);
    const role = roles.get(id);
    if (!place) return [];
    const isBand = role === "pool" || role === "lane";
    return [
      shape(idOf(id), place, {
        ...(isBand ? { isHorizontal: upright.has(id) ? "false" : "true" } : {}),
        ...(role === "subProcess" ? { isExpanded: "true" } : {}),
        ...colour(id),
      }),
    ];
  });
  const nodes = graph.nodes.flatMap((node) => {
    const [place, step] = [placed.get(node.id), steps.get(node.id)];
    if (!place || !step) return [];
    const isMarked = remark(node.id, "gateway") === "exclusive";
    const label = step.prefix === "Activity" ? undefined : labelBelow(wordsOf(node), place);
    return [
      shape(
        idOf(node.id),
        place,
        { ...(isMarked ? { isMarkerVisible: "true" } : {}), ...colour(node.id) },
        label,
      ),
    ];
  });
  const obstacles = graph.nodes.flatMap(({ id }) => placed.get(id) ?? []);
  const lineOf = (id: string, from: Place | undefined, to: Place | undefined, words: string) => {
    if (!from || !to) return [];
    const path = routeBetween(
      from,
      to,
      obstacles.filter((box) => box !== from && box !== to),
    );
    return [
      element("bpmndi:BPMNEdge", { id: `Edge_${id}`, bpmnElement: id }, [
        ...path.map((point) => element("di:waypoint", { x: point.x, y: point.y })),
        ...labelOnLine(words, path),
      ]),
    ];
  };
  return element("bpmndi:BPMNDiagram", { id: "Diagram_1" }, [
    element("bpmndi:BPMNPlane", { id: "Plane_1", bpmnElement: model.root }, [
      ...groups,
      ...nodes,
      ...notes.map((place, index) => shape(noteId(index), place, {})),
      ...flows.flatMap(({ kind, from, to, edge }, index) =>
        lineOf(
          flowId(index),
          placed.get(from),
          placed.get(to),
          kind === "sequence" || kind === "message" ? edge.label : "",
        ),
      ),
      ...graph.notes.flatMap(({ about }, index) =>
        about === "" ? [] : lineOf(noteLineId(index), placed.get(about), notes[index], ""),
      ),
    ]),
  ]);
}

function outerFirst({ graph }: BpmnModel): (a: { id: string }, b: { id: string }) => number {
  const parents = new Map(graph.groups.map(({ id, parent }) => [id, parent]));
  const depth = (id: string): number => (id === "" ? 0 : 1 + depth(parents.get(id) ?? ""));
  return (a, b) => depth(a.id) - depth(b.id);
}

/** An activity grows with its words; all else has its words below. */
function sizeOf(node: Node, step: BpmnStep | undefined): Size {
  const size = sizes[step?.prefix ?? "Activity"];
  if (step && step.prefix !== "Activity") return size;
  const length = (width: number) => linesOf(wordsOf(node), width).length * line + 20;
  if (length(size.width) <= size.height) return size;
  const width = 160;
  return { width, height: Math.max(size.height, length(width)) };
}

/** A text's rows as they are wrapped, estimated for letters of 12 px. */
function linesOf(text: string, width: number): string[] {
  const most = Math.max(1, Math.floor((width - 10) / 6.5));
  return labelLines(text).flatMap((row) => Array.from({ length: Math.ceil(row.length / most) }, () => row));
}

/** A boundary event's middle is on the border, at the side and part of it where it is drawn. */
function onBorder(node: Node, host: Node, place: Place): Place {
  const part = (index: number, size: number, from: number, whole: number) =>
    Math.min(Math.max((index + size / 2 - from) / whole, 0), 1);
  const right = part(node.place.x, node.place.width, host.place.x, host.place.width);
  const down = part(node.place.y, node.place.height, host.place.y, host.place.height);
  const nearest = [
    { distance: 1 - down, right, down: 1 },
    { distance: down, right, down: 0 },
    { distance: 1 - right, right: 1, down },
    { distance: right, right: 0, down },
  ].reduce((best, one) => (one.distance < best.distance ? one : best));
  return {
    x: Math.round(place.x + nearest.right * place.width - event / 2),
    y: Math.round(place.y + nearest.down * place.height - event / 2),
    width: event,
    height: event,
  };
}

/** Everything as far from the page's corner as modelers begin. */
function moved(places: ReadonlyMap<string, Place>): Map<string, Place> {
  const all = [...places.values()];
  const left = origin - Math.min(...all.map(({ x }) => x));
  const up = origin - Math.min(...all.map(({ y }) => y));
  return new Map(
    [...places].map(([id, place]) => [
      id,
      {
        x: Math.round(place.x + left),
        y: Math.round(place.y + up),
        width: Math.round(place.width),
        height: Math.round(place.height),
      },
    ]),
  );
}

/** Notes stand beside what they are about, where there is room; else at the foot. */
function notePlaces({ graph }: BpmnModel, placed: ReadonlyMap<string, Place>): Place[] {
  const taken = graph.nodes.flatMap(({ id }) => placed.get(id) ?? []);
  const whole =
    placed.size === 0 ? { x: origin, y: origin, width: 0, height: 0 } : boundsOf([...placed.values()]);
  let left = whole.x;
  return graph.notes.map(({ text, about }) => {
    const size = { width: wrapped + 20, height: linesOf(text, wrapped + 20).length * line + 16 };
    const own = graph.nodes.some(({ id }) => id === about) ? placed.get(about) : undefined;
    const spots = own
      ? [
          { x: own.x + own.width - 20, y: own.y - size.height - 30 },
          { x: own.x + own.width - 20, y: own.y + own.height + 40 },
          { x: own.x - size.width + 20, y: own.y - size.height - 30 },
          { x: own.x - size.width + 20, y: own.y + own.height + 40 },
        ]
      : [];
    const spot = spots.find(
      ({ x, y }) =>
        x >= 0 &&
        y >= 0 &&
        !taken.some(
          (box) =>
            x < box.x + box.width + 10 &&
            box.x < x + size.width + 10 &&
            y < box.y + box.height + rowHeight &&
            box.y < y + size.height + rowHeight,
        ),
    );
    const place = { ...size, ...(spot ?? { x: left, y: whole.y + whole.height + 40 }) };
    if (!spot) left += size.width + 20;
    taken.push(place);
    return place;
  });
}

const bounds = ({ x, y, width, height }: Place): XmlElement => element("dc:Bounds", { x, y, width, height });

function labelBelow(text: string, { x, y, width, height }: Place): XmlElement | undefined {
  if (labelLines(text).length === 0) return undefined;
  const size = labelSize(text);
  return element("bpmndi:BPMNLabel", {}, [
    bounds({ x: Math.round(x + width / 2 - size.width / 2), y: y + height + 5, ...size }),
  ]);
}

function labelSize(text: string): Size {
  const longest = Math.max(...labelLines(text).map((row) => row.length * 6.5 + 8));
  return { width: Math.round(Math.min(longest, wrapped)), height: linesOf(text, wrapped).length * line };
}

/** The words of a line stand above its longest part. */
function labelOnLine(text: string, path: readonly Point[]): XmlElement[] {
  if (labelLines(text).length === 0) return [];
  const parts = path.slice(1).flatMap((to, index) => {
    const from = path[index];
    return from ? [{ from, to, length: Math.abs(from.x - to.x) + Math.abs(from.y - to.y) }] : [];
  });
  const longest = parts.reduce((best, one) => (one.length > best.length ? one : best));
  const size = labelSize(text);
  const isFlat = longest.from.y === longest.to.y;
  const x = (longest.from.x + longest.to.x) / 2 - (isFlat ? size.width / 2 : -5);
  const y = (longest.from.y + longest.to.y) / 2 - (isFlat ? size.height + 4 : size.height / 2);
  return [element("bpmndi:BPMNLabel", {}, [bounds({ x: Math.round(x), y: Math.round(y), ...size })])];
}
