import { similarity } from "../../../src/text/similarity.js";
import { paired } from "../../../src/workflows/diagram/matching.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";

/** How well a graph was read. Each from 0 to 1. */
export interface Score {
  isKind: boolean;
  nodes: Rates;
  edges: Rates;
}

export interface Rates {
  precision: number;
  recall: number;
  f1: number;
}

/**
 * Compares a graph that was read with the true one. Nodes (the rows of a chart) are paired by their labels and
 * count as much as those are alike. A line counts when it joins the paired nodes in the same direction: half for
 * that, half for its label.
 */
export function score(truth: Graph, predicted: Graph): Score {
  const [nodes, found] = [thingsOf(truth), thingsOf(predicted)];
  const pairs = paired(nodes, found, (one, other) => similarity(one.label, other.label));
  const alike = [...pairs].reduce(
    (sum, [at, to]) => sum + similarity(nodes[at]?.label ?? "", found[to]?.label ?? ""),
    0,
  );
  const idOf = new Map([...pairs].map(([at, to]) => [found[to]?.id ?? "", nodes[at]?.id ?? ""]));
  const lines = linesOf(truth);
  const read = linesOf(predicted).map(({ from, to, label }) => ({
    from: idOf.get(from),
    to: idOf.get(to),
    label,
  }));
  const lineLikeness = (line: (typeof lines)[number], other: (typeof read)[number]): number =>
    line.from === other.from && line.to === other.to ? 0.5 + 0.5 * similarity(line.label, other.label) : 0;
  const joined = [...paired(lines, read, lineLikeness)].reduce((sum, [at, to]) => {
    const [line, other] = [lines[at], read[to]];
    return line && other ? sum + lineLikeness(line, other) : sum;
  }, 0);
  return {
    isKind: truth.kind === predicted.kind,
    nodes: rates(alike, nodes.length, found.length),
    edges: rates(joined, lines.length, read.length),
  };
}

const thingsOf = ({ nodes, rows }: Graph): Array<{ id: string; label: string }> => [
  ...nodes,
  ...rows.map(({ label, start, end }, at) => ({ id: `row ${at}`, label: [label, start, end].join(" ") })),
];

const linesOf = ({ edges, steps }: Graph): Array<{ from: string; to: string; label: string }> => [
  ...edges,
  ...steps.filter(({ kind }) => kind === "message").map(({ from, to, text }) => ({ from, to, label: text })),
];

/** With nothing to be found and nothing found, all is right. */
function rates(right: number, wanted: number, found: number): Rates {
  const precision = found === 0 ? (wanted === 0 ? 1 : 0) : right / found;
  const recall = wanted === 0 ? (found === 0 ? 1 : 0) : right / wanted;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}
