import { type Edge, type Graph, type Group, type Kind, type Node, nowhere, type Step } from "./schema.js";

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
