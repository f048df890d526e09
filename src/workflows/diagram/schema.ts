import { z } from "zod";
import { Confidence } from "../../report.js";

export const kinds = ["flowchart", "sequence", "class", "er", "state", "mindmap"] as const;
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

export const Node = z.object({
  id: z.string(),
  label: z.string(),
  shape: z.enum(shapes),
  group: z.string().describe("The id of its group, or empty"),
  details: z.array(z.string()).describe("Attributes and operations, in classes and entities"),
  confidence: Confidence,
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
  fragment: z.enum(["none", "loop", "alt", "opt", "par"]),
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
  notes: z.array(z.object({ text: z.string(), about: z.string().describe("A node's id, or empty") })),
  unreadable: z.array(
    z.object({
      where: z.string(),
      box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
    }),
  ),
});
export type Graph = z.infer<typeof Graph>;
export type Node = Graph["nodes"][number];
export type Edge = Graph["edges"][number];
export type Group = Graph["groups"][number];
export type Step = Graph["steps"][number];
