import type { Graph, Node } from "../schema.js";
import { membersByGroup } from "../structure.js";
import { arrangementOf } from "./drawio/arrangement.js";
import { layoutOf, type Place, type Size } from "./drawio/layout.js";

/** Between what is drawn and what has no place in the picture. Pixels of the page. */
const gap = 40;

/** The places of nodes and groups by their ids, from the corner of the page. */
export interface PagePlaces {
  places: Map<string, Place>;
  /** Whether they are the picture's own. */
  isArranged: boolean;
}

/** Where everything lies on the page: as in the picture, where that is known for all nodes; else laid out in layers. */
export function pagePlacesOf(graph: Graph, sizeOf: (node: Node) => Size): PagePlaces {
  const members = membersByGroup(graph);
  const isFilled = (id: string): boolean => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return nodes.length > 0 || groups.some((group) => isFilled(group.id));
  };
  // The picture says nothing of a frame's place but what lies in it.
  const empty = graph.groups.filter(({ id }) => !isFilled(id));
  const drawn = { ...graph, groups: graph.groups.filter((group) => !empty.includes(group)) };
  const arranged = arrangementOf(drawn, sizeOf);
  const places = onPage(arranged ? drawn : graph, arranged ?? layoutOf(graph, sizeOf));
  if (arranged) {
    const all = [...places.values()];
    const left = Math.min(0, ...all.map(({ x }) => x));
    let below = Math.max(0, ...all.map(({ y, height }) => y + height)) + gap;
    for (const { id } of empty) {
      places.set(id, { x: left, y: below, width: 200, height: 80 });
      below += 80 + gap;
    }
  }
  return { places, isArranged: arranged !== undefined };
}

/** Places from the corner of each group as places on the page. */
function onPage({ nodes, groups }: Graph, inHolder: ReadonlyMap<string, Place>): Map<string, Place> {
  const holders = new Map([
    ...nodes.map(({ id, group }) => [id, group] as const),
    ...groups.map(({ id, parent }) => [id, parent] as const),
  ]);
  const all = new Map<string, Place>();
  const find = (id: string): Place | undefined => {
    const known = all.get(id);
    if (known) return known;
    const own = inHolder.get(id);
    if (!own) return undefined;
    const holder = find(holders.get(id) ?? "");
    const place = holder ? { ...own, x: own.x + holder.x, y: own.y + holder.y } : own;
    all.set(id, place);
    return place;
  };
  for (const id of holders.keys()) find(id);
  return all;
}
