import { z } from "zod";
import { Box, Finding, Report } from "./report.js";

/** Messages between the panel and the host. Both ends parse what they receive with these. */

const DataUri = z.string().regex(/^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]*$/);

export const PanelPicture = z.object({
  name: z.string(),
  /** Pixels of the upright original. */
  width: z.number(),
  height: z.number(),
  /** As it was photographed, where that was straightened or evened out. */
  photo: DataUri.optional(),
  parts: z.array(
    z.object({
      /** What is shown is what was sent. */
      src: DataUri,
      /** Where it lies, in pixels of the upright original. */
      top: z.number(),
      height: z.number(),
    }),
  ),
});
export type PanelPicture = z.infer<typeof PanelPicture>;

export const NextStep = z.enum([
  "setKey",
  "chooseModel",
  "runAgain",
  "runOffline",
  "askClaude",
  "chooseAnotherPicture",
  "raiseDailyBudget",
  "raiseCommandBudget",
  "openSettings",
  "showLog",
]);

export const IssueView = z.object({
  templates: z.array(z.string()),
  chosen: z.number().int(),
  title: z.string(),
  body: z.string(),
  /** The host whose new-issue page can be opened. */
  host: z.enum(["GitHub", "GitLab"]).optional(),
});
export type IssueView = z.infer<typeof IssueView>;

/** A node (n1, n2, …) or a line (e1, e2, …) of a diagram. */
export const DiagramElement = z.object({
  name: z.string().regex(/^[ne]\d+$/),
  /** For a node: what the Mermaid text calls it. */
  written: z.string().optional(),
  label: z.string(),
  ends: z.object({ from: z.string(), to: z.string(), words: z.string() }).optional(),
  /** Pixels of the original. */
  box: Box.optional(),
  alternatives: z.array(z.string()),
  doubt: z.enum(["unsure", "unreadable"]).optional(),
});
export type DiagramElement = z.infer<typeof DiagramElement>;

/** A diagram that is being worked on. */
export const DiagramView = z.object({
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
  losses: z.array(z.string()),
  elements: z.array(DiagramElement),
  /** Places that could not be read. Pixels of the original. */
  unreadable: z.array(z.object({ where: z.string(), box: Box.optional() })),
  /** What a refinement changed, until it is accepted or undone. */
  changes: z
    .object({ added: z.array(z.string()), removed: z.array(z.string()), changed: z.array(z.string()) })
    .optional(),
  refining: z.boolean(),
});
export type DiagramView = z.infer<typeof DiagramView>;

/** What a person does with a diagram. */
export const DiagramAction = z.discriminatedUnion("action", [
  z.object({ action: z.literal("target"), target: z.string().max(40) }),
  z.object({ action: z.literal("edit"), text: z.string().max(1_000_000) }),
  z.object({ action: z.literal("discard") }),
  z.object({ action: z.literal("relabel"), element: z.string().max(20), label: z.string().max(4000) }),
  z.object({ action: z.literal("refine"), sentence: z.string().min(1).max(4000) }),
  z.object({ action: z.literal("settle"), accept: z.boolean() }),
  z.object({ action: z.literal("saveDrawing"), format: z.enum(["svg", "png"]), bytes: z.base64() }),
]);
export type DiagramAction = z.infer<typeof DiagramAction>;

/** What a person may answer to the question whether a picture is sent. */
export const Choice = z.enum(["send", "uncover", "offline", "cancel"]);
export type Choice = z.infer<typeof Choice>;

/** The panel's named states. */
export const View = z.discriminatedUnion("state", [
  z.object({ state: z.literal("empty") }),
  z.object({ state: z.literal("loading"), title: z.string(), stage: z.string(), findings: z.array(Finding) }),
  z.object({
    state: z.literal("failed"),
    title: z.string(),
    message: z.string(),
    next: z.array(z.object({ step: NextStep, label: z.string() })),
    /** What had arrived before the answer broke off: incomplete. */
    findings: z.array(Finding),
  }),
  /** The picture is measured, and a person decides whether it is sent. */
  z.object({
    state: z.literal("question"),
    title: z.string(),
    /** What was found, a paragraph each. */
    reasons: z.array(z.string()),
    /** The first is what Enter does. */
    choices: z.array(z.object({ choice: Choice, label: z.string() })),
  }),
  z.object({
    state: z.literal("done"),
    report: Report,
    /** Tokens, cost and time of the run. */
    facts: z.array(z.string()),
    issue: IssueView.optional(),
    diagram: DiagramView.optional(),
    /** The picture has changed since. */
    stale: z.boolean(),
    /** Nobody was asked: what a key would add, and the step that adds it. */
    offline: z
      .object({ message: z.string(), next: z.array(z.object({ step: NextStep, label: z.string() })) })
      .optional(),
  }),
]);
export type View = z.infer<typeof View>;

export const ToPanel = z.discriminatedUnion("type", [
  z.object({ type: z.literal("picture"), picture: PanelPicture }),
  z.object({ type: z.literal("view"), view: View }),
]);
export type ToPanel = z.infer<typeof ToPanel>;

const Workflow = Report.shape.workflow;

export const FromPanel = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("cancel") }),
  z.object({ type: z.literal("runAgain") }),
  z.object({ type: z.literal("next"), step: NextStep }),
  z.object({ type: z.literal("use"), how: z.enum(["copy", "insert", "newDocument", "save"]) }),
  z.object({ type: z.literal("chooseTemplate"), template: z.number().int().nonnegative() }),
  z.object({ type: z.literal("openIssuePage") }),
  z.object({ type: z.literal("pictureCopied"), ok: z.boolean() }),
  z.object({ type: z.literal("choose"), choice: Choice }),
  /** A person's decision about a finding; without one, it is open again. */
  z.object({
    type: z.literal("decide"),
    key: z.string().max(2000),
    decision: z.enum(["accepted", "dismissed"]).optional(),
  }),
  z.object({ type: z.literal("copyColour"), colour: z.string().regex(/^#[0-9a-f]{6}$/) }),
  z.object({ type: z.literal("diagram"), act: DiagramAction }),
  /** A picture pasted or dropped into the empty panel. */
  z.object({ type: z.literal("pasted"), workflow: Workflow, name: z.string().max(255), bytes: z.base64() }),
]);
export type FromPanel = z.infer<typeof FromPanel>;

/** What the panel keeps over a reload: which run it shows, not its data; and a text that was edited by hand. */
export const PanelState = z.object({
  runId: z.string().regex(/^(audit|triage|diagram)-[0-9a-f]{64}$/),
  typed: z.object({ target: z.string().max(40), text: z.string().max(1_000_000) }).optional(),
});
export type PanelState = z.infer<typeof PanelState>;
