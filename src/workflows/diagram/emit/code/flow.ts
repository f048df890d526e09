import type { Edge, Graph, Node } from "../../schema.js";

/** What a flowchart does, as structured programs say it. */
export type Flow =
  /** Does a node's step, then what its side lines lead to. */
  | { kind: "step"; node: Node; sides: Way[] }
  /** Goes one of several ways by a node's answer. */
  | { kind: "decision"; node: Node; ways: Array<{ words: string; body: Flow[] }> }
  /** Goes on until something inside breaks. */
  | { kind: "loop"; body: Flow[] }
  | { kind: "break" | "continue" | "return" };

/** A line as its arrow leads, from the node that it leaves. */
export interface Way {
  to: string;
  words: string;
  isDashed: boolean;
}

/** Where a part of the program ends: at what follows it, and at the edges of the loop around. */
interface Within {
  join: string | undefined;
  loop: { header: string; exit: string | undefined } | undefined;
}

/** More statements than this a node, and a program repeats itself. */
const mostRepeats = 3;

/**
 * A flowchart as one structured program: decisions with what follows both ways after them, loops where lines lead back.
 *
 * @param edges between its nodes
 * @returns undefined where its lines cannot be said so: several starts, ways that cross, several lines out of a step
 */
export function flowOf({ nodes }: Graph, edges: readonly Edge[]): Flow[] | undefined {
  const chart = chartOf(nodes, edges);
  const start = chart && startOf(chart);
  const loops = start && loopsOf(chart, start);
  if (!chart || !start || !loops) return undefined;
  try {
    return new Writer(chart, loops).from(start, { join: undefined, loop: undefined });
  } catch (error) {
    if (error instanceof Unstructured) return undefined;
    throw error;
  }
}

class Unstructured extends Error {}

interface Chart {
  nodes: ReadonlyMap<string, Node>;
  /** Where each node's flow goes on: one way out of a step, several out of a decision. */
  ways: ReadonlyMap<string, Way[]>;
  /** Lines that lead to something beside the flow. */
  sides: ReadonlyMap<string, Way[]>;
}

function chartOf(nodes: readonly Node[], edges: readonly Edge[]): Chart | undefined {
  const all = new Map<string, Way[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to, label, line, startHead, endHead } of edges) {
    if (startHead !== "none" && endHead !== "none") return undefined;
    const [start, end] = startHead === "none" ? [from, to] : [to, from];
    all.get(start)?.push({ to: end, words: label.replace(/\s+/g, " ").trim(), isDashed: line === "dashed" });
  }
  const ways = new Map<string, Way[]>();
  const sides = new Map<string, Way[]>();
  for (const { id, shape } of nodes) {
    const out = all.get(id) ?? [];
    const isDecision = shape === "diamond" && out.length > 1 && out.every(({ words }) => words !== "");
    const isSide = ({ to, words, isDashed }: Way) =>
      out.length > 1 && (words !== "" || isDashed) && all.get(to)?.length === 0;
    const beside = isDecision ? [] : out.filter(isSide);
    const on = out.filter((way) => !beside.includes(way));
    if (!isDecision && on.length > 1) return undefined;
    ways.set(id, on);
    sides.set(id, beside);
  }
  return { nodes: new Map(nodes.map((node) => [node.id, node])), ways, sides };
}

/** The one node that nothing leads to, where the flow from it meets all others. */
function startOf({ nodes, ways, sides }: Chart): string | undefined {
  const led = new Set([...ways.values(), ...sides.values()].flat().map(({ to }) => to));
  const [start, ...others] = [...nodes.keys()].filter((id) => !led.has(id));
  if (start === undefined || others.length > 0) return undefined;
  const met = reached(ways, start, undefined);
  for (const way of [...sides.values()].flat()) met.add(way.to);
  return met.size === nodes.size ? start : undefined;
}

/** What the flow meets from a node on, without going through another. */
function reached(ways: Chart["ways"], from: string, without: string | undefined): Set<string> {
  const met = new Set<string>();
  const left = from === without ? [] : [from];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (met.has(id)) continue;
    met.add(id);
    for (const { to } of ways.get(id) ?? []) if (to !== without) left.push(to);
  }
  return met;
}

/** For each node that lines lead back to: what lies in its loop. Undefined where a loop can be entered elsewhere. */
function loopsOf({ ways }: Chart, start: string): Map<string, Set<string>> | undefined {
  const back: Array<[string, string]> = [];
  const state = new Map<string, "open" | "done">([[start, "open"]]);
  const stack = [{ id: start, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const way = ways.get(top.id)?.[top.next++];
    if (!way) {
      state.set(top.id, "done");
      stack.pop();
    } else if (state.get(way.to) === "open") back.push([top.id, way.to]);
    else if (!state.has(way.to)) {
      state.set(way.to, "open");
      stack.push({ id: way.to, next: 0 });
    }
  }
  const before = new Map<string, string[]>();
  for (const [id, out] of ways) for (const { to } of out) before.set(to, [...(before.get(to) ?? []), id]);
  const loops = new Map<string, Set<string>>();
  for (const [tail, header] of back) {
    if (tail !== header && reached(ways, start, header).has(tail)) return undefined;
    const inside = loops.get(header) ?? new Set([header]);
    const left = [tail];
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      if (inside.has(id)) continue;
      inside.add(id);
      left.push(...(before.get(id) ?? []));
    }
    loops.set(header, inside);
  }
  return loops;
}

class Writer {
  private written = 0;

  constructor(
    private readonly chart: Chart,
    private readonly loops: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  /**
   * @param isBody whether it starts at the header of the loop that it lies in
   * @throws Unstructured when it would repeat itself, or a loop is left to several places
   */
  from(start: string, within: Within, isBody = false): Flow[] {
    const flow: Flow[] = [];
    let at: string | undefined = start;
    let isFirst = isBody;
    while (at !== undefined && at !== within.join) {
      if (within.loop && at === within.loop.exit) return [...flow, { kind: "break" }];
      const inside = this.loops.get(at);
      const isOwn = within.loop?.header === at;
      if (isOwn && !isFirst) return [...flow, { kind: "continue" }];
      isFirst = false;
      if (inside && !isOwn) {
        const exit = this.exitOf(inside);
        const body = this.from(at, { join: undefined, loop: { header: at, exit } }, true);
        flow.push({ kind: "loop", body: withoutLast(body) });
        at = exit;
        continue;
      }
      const next: string | undefined | false = this.statement(at, within, flow);
      if (next === false) return flow;
      at = next;
    }
    // What ends in a loop ends everything.
    return at === undefined && within.loop ? [...flow, { kind: "return" }] : flow;
  }

  /** @returns where it goes on; undefined at an end of everything; false when each way has ended by itself */
  private statement(id: string, within: Within, flow: Flow[]): string | undefined | false {
    const { nodes, ways, sides } = this.chart;
    const node = nodes.get(id);
    const out = ways.get(id) ?? [];
    if (!node || ++this.written > nodes.size * mostRepeats) throw new Unstructured();
    const [first, ...others] = out;
    if (others.length === 0) {
      const said = first && first.words !== "" ? [{ ...first, to: "" }] : [];
      flow.push({ kind: "step", node, sides: [...(sides.get(id) ?? []), ...said] });
      return first?.to;
    }
    const join = this.joinOf(out, within);
    const bodies = out.map(({ words, to }) => ({
      words,
      body: this.from(to, { ...within, join: join ?? within.join }),
    }));
    flow.push({ kind: "decision", node, ways: bodies });
    return join ?? false;
  }

  private exitOf(inside: ReadonlySet<string>): string | undefined {
    const exits = new Set(
      [...inside]
        .flatMap((id) => this.chart.ways.get(id) ?? [])
        .flatMap(({ to }) => (inside.has(to) ? [] : [to])),
    );
    if (exits.size > 1) throw new Unstructured();
    return [...exits][0];
  }

  /** The first node that all ways meet. */
  private joinOf(out: readonly Way[], { join, loop }: Within): string | undefined {
    const ends = new Set([join, loop?.header, loop?.exit]);
    const known = new Map<string, ReadonlySet<string>>();
    const open = new Set<string>();
    /** What lies on every way from a node. */
    const after = (id: string): ReadonlySet<string> => {
      const before = known.get(id);
      if (before) return before;
      open.add(id);
      const next = ends.has(id) ? [] : (this.chart.ways.get(id) ?? []).filter(({ to }) => !open.has(to));
      const all = new Set([id, ...common(next.map(({ to }) => after(to)))]);
      open.delete(id);
      known.set(id, all);
      return all;
    };
    const shared = [...common(out.map(({ to }) => after(to)))];
    return shared.sort((a, b) => after(b).size - after(a).size)[0];
  }
}

function common(sets: ReadonlyArray<ReadonlySet<string>>): string[] {
  const [first, ...others] = sets;
  return [...(first ?? [])].filter((id) => others.every((set) => set.has(id)));
}

/** A loop goes on by itself where its body ends. */
function withoutLast(body: Flow[]): Flow[] {
  const last = body.at(-1);
  if (last?.kind === "continue") return body.slice(0, -1);
  if (last?.kind !== "decision") return body;
  const ways = last.ways.map((way) => ({ ...way, body: withoutLast(way.body) }));
  return [...body.slice(0, -1), { ...last, ways }];
}
