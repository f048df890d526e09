import { similarity } from "../../../../src/text/similarity.js";
import type { Graph, Node } from "../../../../src/workflows/diagram/schema.js";

/** Less alike than this, two things are two things. */
const leastAlike = 0.35;

export interface Pairs {
  /** The true node's number, by the number of the one that was read. */
  trueOf: Map<number, number>;
  readOf: Map<number, number>;
}

/**
 * Pairs nodes by their labels, their neighbours' labels and where they stand: equal labels in any order find their
 * own.
 */
export function pairNodes(truth: Graph, read: Graph): Pairs {
  const [around, aroundRead] = [neighboursOf(truth), neighboursOf(read)];
  const [places, placesRead] = [relativePlaces(truth.nodes), relativePlaces(read.nodes)];
  const likeness = truth.nodes.flatMap((node, index) =>
    read.nodes.map((other, to) => {
      const label = similarity(textOf(node), textOf(other));
      const neighbours = overlapOf(around.get(node.id) ?? [], aroundRead.get(other.id) ?? []);
      const place = nearnessOf(places[index], placesRead[to]);
      // Labels decide; what stands around and where tells equal ones apart, and those without a label.
      const weight = textOf(node) === "" && textOf(other) === "" ? 0.2 : 1;
      const all = (label * weight + 0.25 * neighbours + 0.15 * place) / (weight + 0.4);
      return { at: index, to, all, isAlike: label >= leastAlike };
    }),
  );
  const pairs: Pairs = { trueOf: new Map(), readOf: new Map() };
  for (const { at, to } of likeness.filter(({ isAlike }) => isAlike).sort((a, b) => b.all - a.all)) {
    if (pairs.readOf.has(at) || pairs.trueOf.has(to)) continue;
    pairs.readOf.set(at, to);
    pairs.trueOf.set(to, at);
  }
  return pairs;
}

const textOf = ({ label }: Node): string => label.trim();

/** The labels of what is joined to each node, by its id. */
function neighboursOf({ nodes, groups, edges, steps }: Graph): Map<string, string[]> {
  const labels = new Map([...nodes, ...groups].map(({ id, label }) => [id, label]));
  const around = new Map<string, string[]>();
  const joins = [...edges, ...steps.filter(({ kind }) => kind === "message")];
  for (const { from, to } of joins)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const)
      around.set(one, [...(around.get(one) ?? []), labels.get(other) ?? ""]);
  return around;
}

/** How much two bags of labels share, from 0 to 1. */
function overlapOf(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 && other.length === 0) return 1;
  const left = [...other];
  let alike = 0;
  for (const label of one) {
    const best = left
      .map((candidate, index) => ({ at: index, alike: similarity(label, candidate) }))
      .sort((a, b) => b.alike - a.alike)[0];
    if (!best) break;
    alike += best.alike;
    left.splice(best.at, 1);
  }
  return alike / Math.max(one.length, other.length);
}

export interface Spot {
  x: number;
  y: number;
}

/** Where the middle of each node lies in the drawing, from 0 to 1; undefined for one without a place. */
export function relativePlaces(nodes: readonly Node[]): Array<Spot | undefined> {
  const middles = nodes.map(({ place: { x, y, width, height } }) =>
    width > 0 && height > 0 ? { x: x + width / 2, y: y + height / 2 } : undefined,
  );
  const known = middles.filter((middle) => middle !== undefined);
  const spread = (along: "x" | "y") => {
    const values = known.map((middle) => middle[along]);
    const least = Math.min(...values);
    return { least, length: Math.max(1, Math.max(...values) - least) };
  };
  const [across, down] = [spread("x"), spread("y")];
  return middles.map(
    (middle) =>
      middle && { x: (middle.x - across.least) / across.length, y: (middle.y - down.least) / down.length },
  );
}

const nearnessOf = (one: Spot | undefined, other: Spot | undefined): number =>
  one && other ? Math.max(0, 1 - Math.hypot(one.x - other.x, one.y - other.y)) : 0;
