import type { Graph, Group, Node } from "../../schema.js";
import { isAroundIn } from "../../structure.js";
import type { Place, Size } from "../drawio/layout.js";
import { pagePlacesOf } from "../pagePlaces.js";
import type { GroupRole } from "./roles.js";

/** In pixels of the drawing: the strip with a pool's or lane's name, around what lies in it, and between pools. */
const [strip, padding, betweenPools] = [30, 30, 40];
const emptyLane: Size = { width: 300, height: 100 };

export interface BpmnPlaces {
  places: Map<string, Place>;
  /** Pools and lanes that stand upright. */
  upright: ReadonlySet<string>;
}

/** One axis of the page: `x` with `width`, or `y` with `height`. */
interface Axis {
  at: "x" | "y";
  size: "width" | "height";
}
const across: Axis = { at: "x", size: "width" };
const down: Axis = { at: "y", size: "height" };

/**
 * Where everything stands: nodes as in the picture, or laid out along the flow; lanes side by side without a gap, pools
 * apart from one another.
 */
export function bpmnPlaces(
  graph: Graph,
  roles: ReadonlyMap<string, GroupRole>,
  sizeOf: (node: Node) => Size,
): BpmnPlaces {
  const isBand = (id: string) => roles.get(id) === "pool" || roles.get(id) === "lane";
  const free = withoutBands(graph, isBand);
  const arranged = pagePlacesOf(free, sizeOf);
  const places = arranged.isArranged ? aligned(arranged.places, free.nodes) : arranged.places;
  const isUpright = bandsAreUpright(graph, roles, places, arranged.isArranged);
  const bands = new Bands(graph, isBand, places, arranged.isArranged, isUpright ? down : across);
  bands.tile(graph.groups.filter(({ id }) => roles.get(id) === "pool"));
  return { places, upright: new Set(isUpright ? graph.groups.map(({ id }) => id).filter(isBand) : []) };
}

/** How far middles that are meant to be on one line may be apart. Pixels of the page. */
const tolerance = 24;

/** Nodes whose middles are nearly at one height, or below one another, have them on one line. */
function aligned(places: ReadonlyMap<string, Place>, nodes: readonly Node[]): Map<string, Place> {
  const moved = new Map(places);
  for (const { at, size } of [across, down]) {
    const middles = nodes.flatMap(({ id }) => {
      const place = moved.get(id);
      return place ? [{ id, place, middle: place[at] + place[size] / 2 }] : [];
    });
    middles.sort((a, b) => a.middle - b.middle);
    let row: typeof middles = [];
    for (const one of [...middles, undefined]) {
      const first = row[0];
      if (one && (!first || one.middle - first.middle <= tolerance)) {
        row.push(one);
        continue;
      }
      const line = Math.round(row.reduce((sum, { middle }) => sum + middle, 0) / row.length);
      for (const { id, place } of row) moved.set(id, { ...place, [at]: line - place[size] / 2 });
      row = one ? [one] : [];
    }
  }
  return moved;
}

/** The graph without pools and lanes: what lies in them lies in nothing. */
function withoutBands(graph: Graph, isBand: (id: string) => boolean): Graph {
  const freed = (holder: string) => (isBand(holder) ? "" : holder);
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, group: freed(node.group) })),
    groups: graph.groups
      .filter(({ id }) => !isBand(id))
      .map((group) => ({ ...group, parent: freed(group.parent) })),
  };
}

/** Whether pools and lanes stand beside one another, rather than below. */
function bandsAreUpright(
  graph: Graph,
  roles: ReadonlyMap<string, GroupRole>,
  places: ReadonlyMap<string, Place>,
  isArranged: boolean,
): boolean {
  if (!isArranged) return graph.direction === "down" || graph.direction === "up";
  const isAround = isAroundIn(graph);
  const spread = (role: GroupRole, { at, size }: Axis): number => {
    const centres = graph.groups.flatMap(({ id }) => {
      const inside = graph.nodes.flatMap((node) =>
        isAround(id, node.id) ? (places.get(node.id) ?? []) : [],
      );
      if (roles.get(id) !== role || inside.length === 0) return [];
      return [inside.reduce((sum, place) => sum + place[at] + place[size] / 2, 0) / inside.length];
    });
    return centres.length < 2 ? 0 : Math.max(...centres) - Math.min(...centres);
  };
  const total = (axis: Axis) => spread("pool", axis) + spread("lane", axis);
  return total(across) > total(down);
}

/** Pools and lanes as bands along the flow. */
class Bands {
  private readonly isAround: (group: string, id: string) => boolean;
  private readonly side: Axis;

  /** @param along the axis that the bands run along */
  constructor(
    private readonly graph: Graph,
    private readonly isBand: (id: string) => boolean,
    private readonly places: Map<string, Place>,
    private readonly isArranged: boolean,
    private readonly along: Axis,
  ) {
    this.isAround = isAroundIn(graph);
    this.side = along === across ? down : across;
  }

  /** Gives all pools a place, one after another, all of the same length. */
  tile(pools: readonly Group[]): void {
    const framed = pools.map((pool) => ({ id: pool.id, place: this.frame(pool.id) }));
    this.stack(framed, betweenPools);
    this.stretch(framed.map(({ id }) => id));
  }

  /** The place of a pool or lane around what lies in it; its lanes are moved so that they touch. */
  private frame(id: string): Place {
    const lanes = this.graph.groups.filter(({ id: lane, parent }) => parent === id && this.isBand(lane));
    if (lanes.length > 0) {
      const framed = lanes.map((lane) => ({ id: lane.id, place: this.frame(lane.id) }));
      this.stack(framed, 0);
      this.stretch(lanes.map((lane) => lane.id));
    }
    const inside = this.beneath(id).flatMap((one) => this.places.get(one) ?? []);
    const around = inside.length === 0 ? undefined : boundsOf(inside);
    const margin = lanes.length > 0 ? 0 : padding;
    const place: Place = around ?? { x: 0, y: 0, ...emptyLane };
    const framed = {
      x: place.x - margin,
      y: place.y - margin,
      width: place.width + 2 * margin,
      height: place.height + 2 * margin,
    };
    framed[this.along.at] -= strip;
    framed[this.along.size] += strip;
    framed[this.side.size] = Math.max(framed[this.side.size], 60);
    this.places.set(id, framed);
    return framed;
  }

  /** Moves bands, with all that lies in them, so that each begins where the one before it ends. */
  private stack(bands: Array<{ id: string; place: Place }>, gap: number): void {
    const { at, size } = this.side;
    const centre = ({ place }: { place: Place }) => place[at] + place[size] / 2;
    const isEmpty = ({ id }: { id: string }) => this.beneath(id).length === 0;
    const drawn = bands.filter((band) => !isEmpty(band));
    const ordered = this.isArranged
      ? [...drawn.sort((a, b) => centre(a) - centre(b)), ...bands.filter(isEmpty)]
      : bands;
    let next: number | undefined;
    for (const { id, place } of ordered) {
      if (next !== undefined) this.move(id, next - place[at]);
      next = (this.places.get(id) ?? place)[at] + place[size] + gap;
    }
  }

  private move(id: string, by: number): void {
    for (const one of [id, ...this.beneath(id)]) {
      const place = this.places.get(one);
      if (place) this.places.set(one, { ...place, [this.side.at]: place[this.side.at] + by });
    }
  }

  /** Makes bands begin and end together, and their lanes with them. */
  private stretch(ids: readonly string[]): void {
    const { at, size } = this.along;
    const all = ids.flatMap((id) => this.places.get(id) ?? []);
    const start = Math.min(...all.map((place) => place[at]));
    const end = Math.max(...all.map((place) => place[at] + place[size]));
    for (const id of ids) this.extend(id, start, end);
  }

  private extend(id: string, start: number, end: number): void {
    const { at, size } = this.along;
    const place = this.places.get(id);
    if (place) this.places.set(id, { ...place, [at]: start, [size]: end - start });
    for (const lane of this.graph.groups)
      if (lane.parent === id && this.isBand(lane.id)) this.extend(lane.id, start + strip, end);
  }

  /** Everything inside, at any depth. */
  private beneath(id: string): string[] {
    return [...this.graph.nodes, ...this.graph.groups].flatMap((one) =>
      one.id !== id && this.isAround(id, one.id) ? [one.id] : [],
    );
  }
}

export function boundsOf(boxes: readonly Place[]): Place {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
