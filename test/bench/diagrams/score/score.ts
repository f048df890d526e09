import { similarity } from "../../../../src/text/similarity.js";
import type { Graph } from "../../../../src/workflows/diagram/schema.js";
import { type LineTallies, scoreLines } from "./lines.js";
import { pairNodes, relativePlaces, type Spot } from "./pair.js";
import { type Rates, Tally } from "./rates.js";
import { scoreRows, scoreSteps } from "./sequence.js";

/** What is scored, each from 0 to 1 as precision, recall and F1; undefined where there is nothing of it. */
export const aspects = ["nodes", "edges", "labels", "kinds", "attributes", "order", "layout"] as const;
export type Aspect = (typeof aspects)[number];

/** How well a graph was read. */
export interface Score extends Record<Aspect, Rates | undefined> {
  /** Whether the kind of diagram is right. */
  isKind: boolean;
}

/**
 * Compares a graph that was read with the true one, all that is drawn:
 *
 * - nodes: that each is there, with its words; groups and a chart's rows are counted with them
 * - edges: lines, messages and fragments, and which way they point
 * - labels: the words of lines and steps, notes and the title
 * - kinds: shapes, heads, dashes, replies, roles
 * - attributes: members, multiplicities, membership of groups, remarks, a row's values
 * - order: of steps and rows
 * - layout: which of two nodes stands further right and further down
 */
export function score(truth: Graph, read: Graph): Score {
  const tallies: Record<Aspect, Tally> & LineTallies = {
    nodes: new Tally(),
    edges: new Tally(),
    labels: new Tally(),
    kinds: new Tally(),
    attributes: new Tally(),
    order: new Tally(),
    layout: new Tally(),
  };
  const groups = scoreGroups(truth, read, tallies.nodes);
  const pairs = pairNodes(truth, read);
  const trueIds = new Map<string, string>(groups);
  for (const [to, index] of pairs.trueOf) trueIds.set(read.nodes[to]?.id ?? "", truth.nodes[index]?.id ?? "");
  const trueId = (id: string): string => (id === "" ? "" : (trueIds.get(id) ?? `not there: ${id}`));

  for (const [index, node] of truth.nodes.entries()) {
    const other = read.nodes[pairs.readOf.get(index) ?? -1];
    if (!other) {
      tallies.nodes.missed();
      tallies.kinds.missed();
      tallies.attributes.missed(node.details.length + (node.group === "" ? 0 : 1));
      continue;
    }
    tallies.nodes.both(similarity(node.label, other.label));
    tallies.kinds.both(node.shape === other.shape ? 1 : 0);
    scoreTexts(node.details, other.details, tallies.attributes);
    const group = trueId(other.group);
    if (node.group !== "" && group !== "") tallies.attributes.both(node.group === group ? 1 : 0);
    else if (node.group !== "") tallies.attributes.missed();
    else if (group !== "") tallies.attributes.invented();
  }
  const invented = read.nodes.filter((_, to) => !pairs.trueOf.has(to));
  tallies.nodes.invented(invented.length);
  tallies.kinds.invented(invented.length);

  scoreLines(truth, read, trueId, tallies);
  scoreSteps(truth, read, trueId, tallies, tallies.order);
  scoreRows(truth, read, tallies.nodes, tallies.kinds, tallies.attributes, tallies.order);
  scoreTexts(
    truth.notes.map(({ text }) => text),
    read.notes.map(({ text }) => text),
    tallies.labels,
  );
  scoreTexts(titleOf(truth), titleOf(read), tallies.labels);
  scoreRemarks(truth, read, trueId, tallies.attributes);
  scoreLayout(truth, read, pairs.readOf, tallies.layout);
  return {
    isKind: truth.kind === read.kind,
    nodes: tallies.nodes.rates(),
    edges: tallies.edges.rates(),
    labels: tallies.labels.rates(),
    kinds: tallies.kinds.rates(),
    attributes: tallies.attributes.rates(),
    order: tallies.order.rates(),
    layout: tallies.layout.rates(),
  };
}

const titleOf = ({ title }: Graph): string[] => (title.trim() === "" ? [] : [title]);

/** Counts texts that may stand in any order. */
function scoreTexts(truth: readonly string[], read: readonly string[], tally: Tally): void {
  const left = [...read];
  for (const text of truth) {
    const best = left
      .map((other, index) => ({ at: index, alike: similarity(text, other) }))
      .sort((a, b) => b.alike - a.alike)[0];
    if (!best || best.alike < 0.35) tally.missed();
    else {
      tally.both(best.alike);
      left.splice(best.at, 1);
    }
  }
  tally.invented(left.length);
}

/** @returns the true ids of groups that were read, by theirs */
function scoreGroups(truth: Graph, read: Graph, tally: Tally): Map<string, string> {
  const ids = new Map<string, string>();
  const left = [...read.groups];
  const members = (graph: Graph, id: string) =>
    graph.nodes.filter(({ group }) => group === id).map(({ label }) => label);
  for (const group of truth.groups) {
    const own = members(truth, group.id);
    const best = left
      .map((other, index) => {
        const inside = members(read, other.id);
        const shared = own.filter((label) => inside.includes(label)).length / Math.max(1, own.length);
        const label = similarity(group.label, other.label);
        return { at: index, other, label, alike: group.label === "" ? shared : label + 0.2 * shared };
      })
      .sort((a, b) => b.alike - a.alike)[0];
    if (!best || best.alike < 0.35) {
      tally.missed();
      continue;
    }
    tally.both(best.label);
    ids.set(best.other.id, group.id);
    left.splice(best.at, 1);
  }
  tally.invented(left.length);
  return ids;
}

/** Remarks count only where the truth has any of their feature: not every truth knows them. */
function scoreRemarks(truth: Graph, read: Graph, trueId: (id: string) => string, tally: Tally): void {
  const known = new Set(truth.remarks.map(({ feature }) => feature));
  const isNumbered = (about: string) => /^[es]\d+$/.test(about);
  const left = read.remarks.filter(({ feature, about }) => known.has(feature) && !isNumbered(about));
  for (const { about, feature, value } of truth.remarks.filter((remark) => !isNumbered(remark.about))) {
    const index = left.findIndex((other) => other.feature === feature && trueId(other.about) === about);
    const other = left[index];
    if (!other) {
      tally.missed();
      continue;
    }
    tally.both(similarity(value, other.value));
    left.splice(index, 1);
  }
  tally.invented(left.length);
}

/** How far two nodes must stand apart, as a share of the drawing, for their order to count. */
const apart = 0.08;

function scoreLayout(truth: Graph, read: Graph, readOf: ReadonlyMap<number, number>, tally: Tally): void {
  const [places, placesRead] = [relativePlaces(truth.nodes), relativePlaces(read.nodes)];
  const known: Array<{ one: Spot; other: Spot }> = [...readOf].flatMap(([index, to]) => {
    const [one, other] = [places[index], placesRead[to]];
    return one && other ? [{ one, other }] : [];
  });
  for (const [index, { one, other }] of known.entries())
    for (const next of known.slice(index + 1))
      for (const along of ["x", "y"] as const) {
        const difference = next.one[along] - one[along];
        if (Math.abs(difference) < apart) continue;
        tally.both(Math.sign(next.other[along] - other[along]) === Math.sign(difference) ? 1 : 0);
      }
}
