import type { Graph, Node } from "../../schema.js";
import { membersByGroup } from "../../structure.js";
import { headHeight, type Place, type Size } from "./layout.js";

/** In pixels of the drawing. */
const grid = 10;
const gap = 30;
const padding = 20;

/** A box on the page. */
interface Box extends Place {
  id: string;
}

/**
 * The picture's own arrangement: each node where it is drawn, scaled so that its words fit, on a grid, and moved only
 * as far as boxes would overlap.
 *
 * @returns the places of nodes and groups by their ids, each from the corner of the group that it lies in; undefined
 *   where the picture's places are not known for all, or are those of several parts
 */
export function arrangementOf(graph: Graph, sizeOf: (node: Node) => Size): Map<string, Place> | undefined {
  const [first] = graph.nodes;
  const isKnown = ({ place }: Node) =>
    place.width > 0 && place.height > 0 && place.part === first?.place.part;
  // A frame around nothing has no place.
  const members = membersByGroup(graph);
  const isFilled = (id: string): boolean => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return nodes.length > 0 || groups.some((group) => isFilled(group.id));
  };
  if (!first || !graph.nodes.every(isKnown) || !graph.groups.every(({ id }) => isFilled(id)))
    return undefined;
  const boxes = separated(scaled(graph.nodes, sizeOf));
  const absolute = new Map<string, Place>(boxes.map((box) => [box.id, box]));
  const frame = (id: string): Place => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    for (const group of groups) absolute.set(group.id, frame(group.id));
    const inside = [...nodes, ...groups].flatMap((one) => absolute.get(one.id) ?? []);
    const left = Math.min(...inside.map(({ x }) => x)) - padding;
    const top = Math.min(...inside.map(({ y }) => y)) - padding - headHeight;
    const right = Math.max(...inside.map(({ x, width }) => x + width)) + padding;
    const bottom = Math.max(...inside.map(({ y, height }) => y + height)) + padding;
    return { x: left, y: top, width: right - left, height: bottom - top };
  };
  for (const group of members.get("")?.groups ?? []) absolute.set(group.id, frame(group.id));
  return fromHolder(graph, absolute);
}

/** Boxes at the drawn centres, so far apart that half of them have room for their words as they were drawn. */
function scaled(nodes: Node[], sizeOf: (node: Node) => Size): Box[] {
  const needed = nodes.map((node) => ({ node, size: sizeOf(node) }));
  const factors = needed.map(({ node: { place }, size }) =>
    Math.max(size.width / place.width, size.height / place.height),
  );
  const factor = [...factors].sort((a, b) => a - b)[factors.length >> 1] ?? 1;
  const [left, top] = [
    Math.min(...nodes.map(({ place }) => place.x)),
    Math.min(...nodes.map(({ place }) => place.y)),
  ];
  // A negative zero is none.
  const snapped = (value: number) => Math.round(value / grid) * grid + 0;
  return needed.map(({ node: { id, place }, size }) => {
    const width = snapped(size.width + grid / 2);
    const height = snapped(size.height + grid / 2);
    const x = (place.x - left + place.width / 2) * factor - width / 2;
    const y = (place.y - top + place.height / 2) * factor - height / 2;
    return { id, x: snapped(x), y: snapped(y), width, height };
  });
}

/** Moves boxes that overlap apart, along the way that is shorter; the one further right or down gives way. */
function separated(boxes: Box[]): Box[] {
  const placed = [...boxes].sort((a, b) => a.y - b.y || a.x - b.x);
  for (let round = 0; round < 60; round++) {
    let isMoved = false;
    for (const [index, one] of placed.entries())
      for (const other of placed.slice(index + 1)) {
        const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) + gap;
        const along = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) + gap;
        if (across <= 0 || along <= 0) continue;
        isMoved = true;
        if (across < along) {
          const [near, far] = one.x <= other.x ? [one, other] : [other, one];
          far.x = near.x + near.width + gap;
        } else {
          const [near, far] = one.y <= other.y ? [one, other] : [other, one];
          far.y = near.y + near.height + gap;
        }
      }
    if (!isMoved) break;
  }
  return placed;
}

/** Places on the page as places in the group around each. */
function fromHolder({ nodes, groups }: Graph, absolute: Map<string, Place>): Map<string, Place> {
  const holders = new Map([
    ...nodes.map(({ id, group }) => [id, group] as const),
    ...groups.map(({ id, parent }) => [id, parent] as const),
  ]);
  return new Map(
    [...absolute].map(([id, place]) => {
      const holder = absolute.get(holders.get(id) ?? "");
      return [id, holder ? { ...place, x: place.x - holder.x, y: place.y - holder.y } : place];
    }),
  );
}
