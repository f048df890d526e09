import { z } from "zod";
import { Box } from "../report.js";

/** A node (n1, n2, …) or a line (e1, e2, …) of a diagram. */
export const GraphElement = z.object({
  name: z.string().regex(/^[ne]\d+$/),
  label: z.string(),
  /** For a node: what the Mermaid text calls it. */
  written: z.string().optional(),
  ends: z.object({ from: z.string(), to: z.string(), words: z.string() }).optional(),
  /** Pixels of the original. */
  box: Box.optional(),
  alternatives: z.array(z.string()),
  /** What the picture itself says about it, where it can be asked. */
  evidence: z.enum(["confirmed", "seen", "contradicted"]).optional(),
  doubt: z.enum(["contradicted", "unsure", "unreadable"]).optional(),
  /** What the picture says otherwise. */
  measured: z.string().optional(),
});
export type GraphElement = z.infer<typeof GraphElement>;

/** A diagram that is being worked on. */
export const GraphView = z.object({
  targets: z.array(z.object({ id: z.string(), title: z.string() })),
  target: z.string(),
  text: z.string(),
  /** Whether the text was edited by hand; else it is as emitted. */
  edited: z.boolean(),
  /** The latest Mermaid that may be drawn. */
  drawing: z.string(),
  /** Why the text is not drawn and cannot be inserted. */
  problem: z.object({ message: z.string(), line: z.number().int().optional() }).optional(),
  /** What the chosen language cannot hold. */
  warnings: z.array(z.string()),
  elements: z.array(GraphElement),
  /** Places that could not be read. Pixels of the original. */
  unreadable: z.array(z.object({ where: z.string(), box: Box.optional() })),
  /** What the picture seems to have and the diagram has not. Pixels of the original. */
  missing: z.array(z.object({ words: z.string(), box: Box.optional() })),
  /** What a refinement changed, until it is accepted or undone. */
  changes: z
    .object({ added: z.array(z.string()), removed: z.array(z.string()), changed: z.array(z.string()) })
    .optional(),
  refining: z.boolean(),
});
export type GraphView = z.infer<typeof GraphView>;

/** What a person does with a diagram. */
export const GraphAction = z.discriminatedUnion("action", [
  z.object({ action: z.literal("target"), target: z.string().max(40) }),
  z.object({ action: z.literal("edit"), text: z.string().max(1_000_000) }),
  z.object({ action: z.literal("discard") }),
  z.object({ action: z.literal("relabel"), element: z.string().max(20), label: z.string().max(4000) }),
  z.object({ action: z.literal("refine"), sentence: z.string().min(1).max(4000) }),
  z.object({ action: z.literal("lookAgain") }),
  z.object({ action: z.literal("settle"), accept: z.boolean() }),
  z.object({ action: z.literal("saveDrawing"), format: z.enum(["svg", "png"]), bytes: z.base64() }),
  /** The page could not make the drawing's file. */
  z.object({ action: z.literal("drawingFailed"), reason: z.string().max(500) }),
]);
export type GraphAction = z.infer<typeof GraphAction>;

/** What the panel keeps of a diagram over a reload: a text that was edited by hand. */
export const GraphState = z.object({ target: z.string().max(40), text: z.string().max(1_000_000) });
export type GraphState = z.infer<typeof GraphState>;
