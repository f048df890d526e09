import { validGraph } from "../graph.js";
import type { Edge, Graph } from "../schema.js";
import { withSignsRead } from "./signs.js";

/** What a reader did not take over, and where it stands. */
export interface Warning {
  message: string;
  /** From 1; absent where it is about no one line. */
  line?: number;
}

/** The graph of a text, and what of the text is not in it. */
export interface Reading {
  graph: Graph;
  warnings: Warning[];
}

/** A reading whose graph is consistent; what had to be put right is said with the warnings. */
export function checked({ graph, warnings }: Reading): Reading {
  const valid = validGraph(withSignsRead(graph));
  return { graph: valid.graph, warnings: [...warnings, ...valid.repairs.map((message) => ({ message }))] };
}

/** The multiplicity that a text at a line's end means. */
export function countOf(text: string): Edge["endCount"] | undefined {
  const plain = text.replace(/\s+/g, "").toLowerCase();
  if (plain === "") return "none";
  if (plain === "1" || plain === "1..1") return "one";
  if (plain === "0..1") return "zeroOrOne";
  if (/^1\.\.[*nm]$|^\+$/.test(plain)) return "oneOrMore";
  return /^(?:0\.\.)?[*nm]$/.test(plain) ? "zeroOrMore" : undefined;
}
