import { z } from "zod";
import { Confidence } from "../../report.js";

/** Diagrams of nodes, with edges or steps between them. */
export const graphKinds = [
  "flowchart",
  "sequence",
  "class",
  "er",
  "state",
  "mindmap",
  "architecture",
] as const;
/** Charts, whose content is in rows. */
export const chartKinds = ["gantt", "pie", "timeline", "quadrant", "git"] as const;
export const kinds = [...graphKinds, ...chartKinds] as const;
export const shapes = [
  "rectangle",
  "rounded",
  "stadium",
  "circle",
  "diamond",
  "hexagon",
  "parallelogram",
  "cylinder",
  "document",
  "actor",
  "start",
  "end",
] as const;
export const heads = ["none", "arrow", "triangle", "diamond", "filledDiamond", "circle", "cross"] as const;
export const counts = ["none", "one", "zeroOrOne", "oneOrMore", "zeroOrMore"] as const;

/** Stands in a label for what could not be read. */
export const unreadable = "[unreadable]";

const Place = z
  .object({
    part: z.number().int().describe("The number of the part that shows it, from 1"),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
  })
  .describe("In pixels of that part; all 0 when there is no place");
export type Place = z.infer<typeof Place>;

/** Nowhere in the picture. */
export const nowhere: Place = { part: 1, x: 0, y: 0, width: 0, height: 0 };

const Alternatives = z
  .array(z.string())
  .describe("Other readings of the label, the likeliest first; empty when you are sure");

export const Node = z.object({
  id: z.string(),
  label: z.string(),
  shape: z.enum(shapes),
  group: z.string().describe("The id of its group, or empty"),
  details: z.array(z.string()).describe("Attributes and operations, in classes and entities"),
  place: Place,
  confidence: Confidence,
  alternatives: Alternatives,
});

export const Edge = z.object({
  from: z.string(),
  to: z.string(),
  label: z.string(),
  line: z.enum(["solid", "dashed", "thick"]),
  startHead: z.enum(heads),
  endHead: z.enum(heads),
  startCount: z.enum(counts),
  endCount: z.enum(counts),
  confidence: Confidence,
  alternatives: Alternatives,
});

/**
 * What is drawn rarely, in one list for all, so that the plain parts of the schema stay small. Each feature has a
 * closed set of values, or takes words of the picture.
 */
export const features = {
  /** Nodes: events and gateways of BPMN. */
  event: ["message", "timer", "error", "signal", "terminate", "conditional", "escalation", "compensation"],
  ring: ["double", "thick"],
  gateway: ["exclusive", "parallel", "inclusive", "event"],
  subroutine: ["yes"],
  pseudostate: ["fork", "join", "history", "deepHistory"],
  external: ["yes"],
  technology: "words",
  description: "words",
  /** Nodes and groups. */
  colour: "words",
  /** Groups. */
  direction: ["right", "down", "left", "up"],
  region: ["yes"],
  /** Steps. */
  activate: ["yes"],
  deactivate: ["yes"],
  create: ["yes"],
  destroy: ["yes"],
  side: ["left", "right"],
  /** The whole diagram. */
  numbered: ["yes"],
} as const satisfies Record<string, readonly string[] | "words">;
export type Feature = keyof typeof features;
export const featureNames = Object.keys(features) as [Feature, ...Feature[]];

export const Remark = z.object({
  about: z
    .string()
    .describe(
      "The id of a node or a group; e3 for the third edge, s3 for the third step; empty for the whole",
    ),
  feature: z.enum(featureNames),
  value: z.string(),
});

export const Group = z.object({
  id: z.string(),
  label: z.string(),
  parent: z.string().describe("The id of the group around it, or empty"),
});

export const Step = z.object({
  kind: z.enum(["message", "note", "open", "else", "close"]),
  from: z.string().describe("A node's id; empty for open, else and close"),
  to: z.string().describe("A node's id, or empty"),
  text: z.string(),
  line: z.enum(["solid", "dashed"]),
  head: z.enum(["arrow", "open", "cross", "none"]),
  fragment: z.enum(["none", "loop", "alt", "opt", "par", "critical", "break"]),
});

export const Row = z.object({
  role: z.enum([
    "item",
    "done",
    "active",
    "critical",
    "milestone",
    "xAxis",
    "yAxis",
    "quadrant",
    "commit",
    "branch",
    "merge",
  ]),
  section: z.string().describe("The section, the period or the branch, or empty"),
  label: z.string(),
  start: z.string().describe("A start date, an amount, a place on the x axis or the branch merged; or empty"),
  end: z.string().describe("An end date or a length, a place on the y axis or a tag; or empty"),
});

/** One flat graph for every kind of diagram, without unions: a union too many and the API refuses the schema. */
export const Graph = z.object({
  kind: z.enum(kinds),
  title: z.string(),
  direction: z.enum(["right", "down", "left", "up"]),
  nodes: z.array(Node),
  edges: z.array(Edge),
  groups: z.array(Group),
  steps: z.array(Step).describe("In a sequence diagram only"),
  rows: z.array(Row).describe("In a gantt, pie, timeline, quadrant or git chart only"),
  notes: z.array(
    z.object({ text: z.string(), about: z.string().describe("The id of a node or a group, or empty") }),
  ),
  /** Answers of earlier versions have none. */
  remarks: z.array(Remark).default([]).describe("What is drawn beyond all that, one a feature"),
  unreadable: z.array(z.object({ where: z.string(), place: Place })),
});
export type Graph = z.infer<typeof Graph>;
export type Node = Graph["nodes"][number];
export type Edge = Graph["edges"][number];
export type Group = Graph["groups"][number];
export type Step = Graph["steps"][number];
export type Row = Graph["rows"][number];
export type Remark = Graph["remarks"][number];
export type Kind = Graph["kind"];
