import { validGraph } from "../graph.js";
import { type Edge, type Graph, type Group, type Kind, type Node, nowhere, type Step } from "../schema.js";
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

export const emptyGraph = (kind: Kind, title = ""): Graph => ({
  kind,
  title,
  direction: "down",
  nodes: [],
  edges: [],
  groups: [],
  steps: [],
  rows: [],
  notes: [],
  remarks: [],
  unreadable: [],
});

export const newNode = (id: string, label: string, more: Partial<Node> = {}): Node => ({
  id,
  label,
  shape: "rectangle",
  group: "",
  details: [],
  place: nowhere,
  confidence: "high",
  alternatives: [],
  ...more,
});

export const newEdge = (from: string, to: string, label = "", more: Partial<Edge> = {}): Edge => ({
  from,
  to,
  label,
  line: "solid",
  startHead: "none",
  endHead: "none",
  startCount: "none",
  endCount: "none",
  confidence: "high",
  alternatives: [],
  ...more,
});

export const newGroup = (id: string, label: string, parent = ""): Group => ({ id, label, parent });

export const newStep = (kind: Step["kind"], more: Partial<Step> = {}): Step => ({
  kind,
  from: "",
  to: "",
  text: "",
  line: "solid",
  head: "none",
  fragment: "none",
  ...more,
});

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
