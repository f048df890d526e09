import { similarity } from "../../../../src/text/similarity.js";
import type { Graph, Row, Step } from "../../../../src/workflows/diagram/schema.js";
import type { LineTallies } from "./lines.js";
import type { Tally } from "./rates.js";

/**
 * Counts steps (messages, notes and fragments) and the order in which they are.
 *
 * @param trueId the true id of what was read under an id
 */
export function scoreSteps(
  truth: Graph,
  read: Graph,
  trueId: (id: string) => string,
  { edges, labels, kinds }: LineTallies,
  order: Tally,
): void {
  const found = read.steps.map((step) => ({ ...step, from: trueId(step.from), to: trueId(step.to) }));
  const pairs = pairInOrder(truth.steps, found, (one, other) =>
    one.kind === other.kind && (one.kind === "message" ? joins(one, other) : one.fragment === other.fragment)
      ? 0.2 + similarity(one.text, other.text)
      : 0,
  );
  const taken = new Set(pairs.filter((to) => to !== undefined));
  for (const [index, step] of truth.steps.entries()) {
    const other = found[pairs[index] ?? -1];
    if (!other) {
      edges.missed();
      kinds.missed();
      if (step.text !== "") labels.missed();
      continue;
    }
    const isTurned = step.kind === "message" && step.from !== step.to && step.from !== other.from;
    edges.both(isTurned ? 0.5 : 1);
    kinds.both((step.line === other.line ? 0.5 : 0) + (step.head === other.head ? 0.5 : 0));
    if (step.text !== "" || other.text !== "") labels.both(similarity(step.text, other.text));
  }
  for (const [index, step] of found.entries()) {
    if (taken.has(index)) continue;
    edges.invented();
    kinds.invented();
    if (step.text !== "") labels.invented();
  }
  scoreOrder(pairs, order);
}

/** Counts a chart's rows, and the order in which they are. */
export function scoreRows(
  truth: Graph,
  read: Graph,
  nodes: Tally,
  kinds: Tally,
  attributes: Tally,
  order: Tally,
): void {
  const pairs = pairInOrder(truth.rows, read.rows, (one, other) => similarity(one.label, other.label));
  const taken = new Set(pairs.filter((to) => to !== undefined));
  for (const [index, row] of truth.rows.entries()) {
    const other = read.rows[pairs[index] ?? -1];
    if (!other) {
      nodes.missed();
      kinds.missed();
      continue;
    }
    nodes.both(similarity(row.label, other.label));
    kinds.both(row.role === other.role ? 1 : 0);
    for (const value of ["section", "start", "end"] as const) scoreValue(row, other, value, attributes);
  }
  for (const index of read.rows.keys()) {
    if (taken.has(index)) continue;
    nodes.invented();
    kinds.invented();
  }
  scoreOrder(pairs, order);
}

function scoreValue(row: Row, other: Row, value: "section" | "start" | "end", attributes: Tally): void {
  if (row[value] !== "" && other[value] !== "") attributes.both(similarity(row[value], other[value]));
  else if (row[value] !== "") attributes.missed();
  else if (other[value] !== "") attributes.invented();
}

/** Whether two messages run between the same two, either way. */
const joins = (one: Step, other: Step): boolean =>
  (one.from === other.from && one.to === other.to) || (one.from === other.to && one.to === other.from);

/** For each of the one list, which of the other it is: the most alike first, and of equal ones the first. */
function pairInOrder<Item>(
  ones: readonly Item[],
  others: readonly Item[],
  likeness: (one: Item, other: Item) => number,
): Array<number | undefined> {
  const pairs: Array<number | undefined> = ones.map(() => undefined);
  const taken = new Set<number>();
  const all = ones
    .flatMap((one, index) =>
      others.map((other, to) => ({
        at: index,
        to,
        alike: likeness(one, other) - Math.abs(index - to) * 1e-4,
      })),
    )
    .filter(({ alike }) => alike > 0.15)
    .sort((a, b) => b.alike - a.alike);
  for (const { at, to } of all) {
    if (pairs[at] !== undefined || taken.has(to)) continue;
    pairs[at] = to;
    taken.add(to);
  }
  return pairs;
}

/** Of what was found, whether each two that follow one another do so in both. */
function scoreOrder(pairs: ReadonlyArray<number | undefined>, order: Tally): void {
  const found = pairs.filter((to) => to !== undefined);
  for (const [index, to] of found.entries()) {
    const next = found[index + 1];
    if (next !== undefined) order.both(next > to ? 1 : 0);
  }
}
