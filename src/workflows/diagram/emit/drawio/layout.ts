import type { Graph, Node } from "../../schema.js";
import { holderIn, membersByGroup } from "../../structure.js";
import { labelLines } from "../labels.js";

export interface Size {
  width: number;
  height: number;
}

/** In pixels of the drawing, from the corner of what it lies in. */
export interface Place extends Size {
  x: number;
  y: number;
}

export const rowHeight = 20;
/** Between neighbours across the flow, between ranks along it, and inside a group's frame. */
const gaps = { across: 40, along: 90, inside: 24 };
/** The strip at the top of a group or a class that holds its name. */
export const headHeight = 28;

/**
 * A layered layout, as Sugiyama's: ranks by the longest path, each rank in the order of its neighbours'. Groups
 * are laid out by themselves and then placed like nodes.
 *
 * @returns the places of nodes and groups by their ids, each from the corner of the group that it lies in
 */
export function layoutOf(graph: Graph, sizeOf: (node: Node) => Size): Map<string, Place> {
  const places = new Map<string, Place>();
  const members = membersByGroup(graph);
  const within = holderIn(graph);
  const arrange = (container: string): Size => {
    const { nodes = [], groups = [] } = members.get(container) ?? {};
    const items = new Map<string, Size>([
      ...nodes.map((node) => [node.id, sizeOf(node)] as const),
      ...groups.map(({ id, label }) => [id, framed(arrange(id), label)] as const),
    ]);
    const edges = graph.edges.flatMap(({ from, to }) => {
      const [start, end] = [within(container, from), within(container, to)];
      return start === undefined || end === undefined || start === end ? [] : [{ from: start, to: end }];
    });
    const ranks = orderedRanks([...items.keys()], edges);
    return placeRanks(ranks, items, graph.direction, container === "" ? 0 : gaps.inside, places);
  };
  arrange("");
  return places;
}

const framed = ({ width, height }: Size, label: string): Size => ({
  width: Math.max(width + 2 * gaps.inside, textSize(label).width),
  height: height + 2 * gaps.inside + headHeight,
});

/** Room for a text in draw.io's own font, 12 px, estimated. */
export function textSize(text: string): Size {
  const rows = labelLines(text);
  const longest = Math.max(4, ...rows.map((row) => [...row].length));
  return { width: Math.ceil(longest * 7.2) + 24, height: Math.max(1, rows.length) * rowHeight + 20 };
}

interface Arc {
  from: string;
  to: string;
}

/** The items of each rank, in an order with few crossings. */
function orderedRanks(ids: string[], arcs: Arc[]): string[][] {
  const forward = withoutCycles(ids, arcs);
  const rankOf = new Map<string, number>();
  const before = neighbours(forward, "to", "from");
  const rank = (id: string): number => {
    const known = rankOf.get(id);
    if (known !== undefined) return known;
    const own = Math.max(-1, ...(before.get(id) ?? []).map(rank)) + 1;
    rankOf.set(id, own);
    return own;
  };
  const deepest = Math.max(-1, ...ids.map(rank));
  const ranks = Array.from({ length: deepest + 1 }, (_, index) => ids.filter((id) => rank(id) === index));
  const after = neighbours(forward, "from", "to");
  /** Where each item is in its rank, from 0 to 1. */
  const positions = new Map(
    ranks.flatMap((row) => row.map((id, index) => [id, index / row.length] as const)),
  );
  for (let sweep = 0; sweep < 4; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? ranks : [...ranks].reverse())
      sortByNeighbours(row, down ? before : after, positions);
  }
  return ranks;
}

/** The arcs, those turned around that would close a circle. */
function withoutCycles(ids: string[], arcs: Arc[]): Arc[] {
  const next = neighbours(arcs, "from", "to");
  const state = new Map<string, "open" | "done">();
  const backwards = new Set<string>();
  const visit = (id: string): void => {
    state.set(id, "open");
    for (const to of next.get(id) ?? []) {
      if (state.get(to) === "open") backwards.add(JSON.stringify([id, to]));
      else if (!state.has(to)) visit(to);
    }
    state.set(id, "done");
  };
  for (const id of ids) if (!state.has(id)) visit(id);
  return arcs.map(({ from, to }) =>
    backwards.has(JSON.stringify([from, to])) ? { from: to, to: from } : { from, to },
  );
}

function neighbours(arcs: Arc[], of: keyof Arc, are: keyof Arc): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const arc of arcs) {
    const known = all.get(arc[of]) ?? [];
    known.push(arc[are]);
    all.set(arc[of], known);
  }
  return all;
}

/** Each where its neighbours are on average; those without keep their place. */
function sortByNeighbours(
  row: string[],
  beside: Map<string, string[]>,
  positions: Map<string, number>,
): void {
  const at = (id: string): number => positions.get(id) ?? 0;
  const wanted = new Map(
    row.map((id) => {
      const all = beside.get(id) ?? [];
      return [id, all.length === 0 ? at(id) : all.reduce((sum, other) => sum + at(other), 0) / all.length];
    }),
  );
  row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
  for (const [place, id] of row.entries()) positions.set(id, place / row.length);
}

/** Writes the places of a container's items, ranks beside one another. */
function placeRanks(
  ranks: string[][],
  sizes: Map<string, Size>,
  direction: Graph["direction"],
  margin: number,
  places: Map<string, Place>,
): Size {
  const isAcross = direction === "right" || direction === "left";
  const [along, across] = isAcross ? (["width", "height"] as const) : (["height", "width"] as const);
  const none: Size = { width: 0, height: 0 };
  const rows = ranks.map((ids) => {
    const all = ids.map((id) => ({ id, size: sizes.get(id) ?? none }));
    return {
      all,
      depth: Math.max(0, ...all.map(({ size }) => size[along])),
      breadth: all.reduce((sum, { size }) => sum + size[across] + gaps.across, -gaps.across),
    };
  });
  const breadth = Math.max(0, ...rows.map((row) => row.breadth));
  const depth = rows.reduce((sum, row) => sum + row.depth + gaps.along, -gaps.along);
  let from = 0;
  for (const row of rows) {
    let side = (breadth - row.breadth) / 2;
    for (const { id, size } of row.all) {
      const centred = from + (row.depth - size[along]) / 2;
      const main = direction === "left" || direction === "up" ? depth - centred - size[along] : centred;
      const head = margin === 0 ? 0 : headHeight;
      const [x, y] = isAcross ? [main, side] : [side, main];
      places.set(id, { ...size, x: Math.round(x + margin), y: Math.round(y + margin + head) });
      side += size[across] + gaps.across;
    }
    from += row.depth + gaps.along;
  }
  return isAcross
    ? { width: Math.max(0, depth), height: breadth }
    : { width: breadth, height: Math.max(0, depth) };
}
