import { z } from "zod";
import { Box, Finding, Report, ResultKind, WorkflowId } from "../report.js";
import { Start } from "./workflows.js";

/** Messages between the panel and the host. Both ends parse what they receive with these. */

const RunKey = z.string().regex(/^[0-9a-f]{64}$/);

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
      left: z.number(),
      top: z.number(),
      width: z.number(),
      height: z.number(),
    }),
  ),
});
export type PanelPicture = z.infer<typeof PanelPicture>;

/** The picture as it lies on the disk, to be looked at until it is prepared. */
export const OriginalPicture = z.object({
  name: z.string(),
  src: z.string().regex(/^data:image\/(png|jpeg|webp|gif|avif|bmp);base64,[A-Za-z0-9+/=]*$/),
});
export type OriginalPicture = z.infer<typeof OriginalPicture>;

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

/** What a person may answer to the question whether a picture is sent. */
export const Choice = z.enum(["send", "uncover", "offline", "cancel"]);
export type Choice = z.infer<typeof Choice>;

/** A run goes on. */
const Loading = z.object({
  state: z.literal("loading"),
  title: z.string(),
  stage: z.string(),
  /** What has arrived of the answer so far. */
  findings: z.array(Finding),
});

/** A run ended without a result. */
const Failed = z.object({
  state: z.literal("failed"),
  title: z.string(),
  message: z.string(),
  /** Whether a person ended it. */
  cancelled: z.boolean(),
  next: z.array(z.object({ step: NextStep, label: z.string() })),
  /** What had arrived before the answer broke off: incomplete. */
  findings: z.array(Finding),
});

/** The picture is measured, and a person decides whether it is sent. */
const Question = z.object({
  state: z.literal("question"),
  title: z.string(),
  /** What was found, a paragraph each. */
  reasons: z.array(z.string()),
  /** What was not looked for. */
  caution: z.string(),
  /** What looks like a secret, and is covered unless the person decides otherwise. Pixels of the original. */
  secrets: z.array(z.object({ label: z.string(), box: Box })),
  /** The first is what Enter does. */
  choices: z.array(z.object({ choice: Choice, label: z.string() })),
});

/** The panel's named states. */
export const View = z.discriminatedUnion("state", [
  z.object({ state: z.literal("empty") }),
  Loading,
  Failed,
  Question,
  z.object({
    state: z.literal("done"),
    /** What goes on, was asked or went wrong since: it is said beside the result, which stays. */
    over: z.discriminatedUnion("state", [Loading, Failed, Question]).optional(),
    /** Names the run, which is found by it after a reload. */
    runKey: RunKey,
    report: Report,
    /** Tokens, cost and time of the run. */
    facts: z.array(z.string()),
    /** What the kind of result shows beyond its report, as the page's feature of that kind reads it. */
    feature: z.object({ kind: ResultKind, view: z.unknown().optional() }),
    /** The picture has changed since. */
    stale: z.boolean(),
    /** Nobody was asked: what a key would add, and the step that adds it. */
    offline: z
      .object({ message: z.string(), next: z.array(z.object({ step: NextStep, label: z.string() })) })
      .optional(),
  }),
]);
export type View = z.infer<typeof View>;

/** What keybindings do in the panel. */
export const PanelCommand = z.enum([
  "nextFinding",
  "previousFinding",
  "acceptFinding",
  "dismissFinding",
  "undoDecision",
]);
export type PanelCommand = z.infer<typeof PanelCommand>;

export const ToPanel = z.discriminatedUnion("type", [
  Start,
  z.object({ type: z.literal("original"), original: OriginalPicture }),
  z.object({ type: z.literal("picture"), picture: PanelPicture }),
  z.object({ type: z.literal("view"), view: View }),
  z.object({ type: z.literal("command"), command: PanelCommand }),
]);
export type ToPanel = z.infer<typeof ToPanel>;

const CoverBoxes = z.array(Box).max(200);

export const FromPanel = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("cancel") }),
  z.object({ type: z.literal("runAgain") }),
  z.object({ type: z.literal("next"), step: NextStep }),
  z.object({ type: z.literal("use"), how: z.enum(["copy", "insert", "newDocument", "save"]) }),
  /** With what the person covered by hand. Pixels of the original. */
  z.object({ type: z.literal("choose"), choice: Choice, covers: CoverBoxes }),
  /** Runs once more, with these places covered. */
  z.object({ type: z.literal("cover"), covers: CoverBoxes }),
  /** A picture that the page drew: the marked picture, or a part of it, to be saved as a file. PNG. */
  z.object({ type: z.literal("savePicture"), name: z.string().max(255), bytes: z.base64() }),
  /** The page put a picture on the clipboard, or could not. */
  z.object({ type: z.literal("pictureCopied"), ok: z.boolean() }),
  /** What the shown kind of result alone understands. */
  z.object({ type: z.literal("act"), action: z.unknown() }),
  /** A picture pasted or dropped into the empty panel. */
  z.object({ type: z.literal("pasted"), workflow: WorkflowId, name: z.string().max(255), bytes: z.base64() }),
]);
export type FromPanel = z.infer<typeof FromPanel>;

/** What the panel keeps over a reload: which run it shows, not its data; and what its feature keeps. */
export const PanelState = z.object({
  runKey: RunKey,
  feature: z.unknown().optional(),
});
export type PanelState = z.infer<typeof PanelState>;
