import type { Graph } from "../../src/workflows/diagram/schema.js";
import { edge, node } from "./diagrams.js";

/** A graph as a model may misread it, and what must be changed to put it right. */
export interface Misreading {
  graph: Graph;
  added: number;
  removed: number;
  changed: number;
}

/** Misreads a graph: a line is missed or reversed, a box is missed or invented, a label is misread. */
export function misread(truth: Graph, seed: number): Misreading {
  const { nodes, edges, rows, steps } = truth;
  const [first] = edges;
  const last = nodes.at(-1);
  if (rows.length > 0) {
    // What is in a row is compared as a whole: another one is gone, and this one is new.
    const graph = {
      ...truth,
      rows: rows.map((row, index) => (index === 0 ? { ...row, label: `${row.label}x` } : row)),
    };
    return { graph, added: 1, removed: 1, changed: 0 };
  }
  if (steps.length > 0) {
    const missed = steps.findIndex(({ kind }) => kind === "message");
    return {
      graph: { ...truth, steps: steps.filter((_, index) => index !== missed) },
      added: 1,
      removed: 0,
      changed: 0,
    };
  }
  if (!first || !last) throw new Error("Every drawing here has lines");
  switch (seed % 4) {
    case 0:
      return {
        graph: { ...truth, edges: [{ ...first, from: first.to, to: first.from }, ...edges.slice(1)] },
        added: 0,
        removed: 0,
        changed: 1,
      };
    case 1:
      return { graph: { ...truth, edges: edges.slice(1) }, added: 1, removed: 0, changed: 0 };
    case 2:
      return {
        graph: {
          ...truth,
          nodes: nodes.map((one) => (one === last ? { ...one, label: `${one.label}s` } : one)),
        },
        added: 0,
        removed: 0,
        changed: 1,
      };
    default:
      return {
        graph: {
          ...truth,
          nodes: [...nodes, node("ghost", "Xyzzy")],
          edges: [...edges, edge("ghost", last.id)],
        },
        added: 0,
        removed: 2,
        changed: 0,
      };
  }
}
