import { z } from "zod";
import { Dismissal, Hex } from "../report.js";

const Passing = z.object({ colour: Hex, ratio: z.number() });

/** The worst contrast that a finding is about, and the nearest colours that would pass. WCAG 2.2 ratios. */
export const ContrastFix = z.object({
  ratio: z.number(),
  needed: z.number(),
  foreground: Hex,
  background: Hex,
  /** Another colour for the text, on the same ground; absent where none suffices. */
  text: Passing.optional(),
  /** Another ground, under the same text. */
  ground: Passing.optional(),
});
export type ContrastFix = z.infer<typeof ContrastFix>;

/** What findings have in a panel beyond what a report says. */
export const FindingsView = z.object({
  /** By the findings' keys. */
  fixes: z.record(z.string(), ContrastFix),
  /** What Undo takes back, in words; absent when there is nothing. */
  undo: z.string().optional(),
  /** The keys of findings that are still arriving: they may change, and nothing is decided about them. */
  arriving: z.array(z.string()),
});
export type FindingsView = z.infer<typeof FindingsView>;

const Keys = z.array(z.string().max(2000)).min(1).max(1000);

/** What a person does with findings. */
export const FindingsAction = z.discriminatedUnion("action", [
  /** Accepts or dismisses findings; without a decision, they are open again. */
  z.object({
    action: z.literal("decide"),
    keys: Keys,
    decision: z.enum(["accepted", "dismissed"]).optional(),
    dismissal: Dismissal.optional(),
  }),
  /** An empty comment takes it away. */
  z.object({ action: z.literal("comment"), key: z.string().max(2000), comment: z.string().max(2000) }),
  /** Takes back the latest decision or comment. */
  z.object({ action: z.literal("undo") }),
  /** Copies findings as Markdown. */
  z.object({ action: z.literal("copy"), keys: Keys }),
  /** Makes an issue of findings. */
  z.object({ action: z.literal("issue"), keys: Keys }),
  /** Searches the workspace's files for the finding's words. */
  z.object({ action: z.literal("findInFiles"), key: z.string().max(2000) }),
  z.object({ action: z.literal("copyColour"), colour: Hex }),
]);
export type FindingsAction = z.infer<typeof FindingsAction>;
