import { z } from "zod";
import { Box, Evidence, Substance, standings } from "../report.js";
import { PanelPicture } from "./panel.js";

/** A comparison, as the panel shows it, and what a person does with it. */

export const ComparisonView = z.object({
  before: PanelPicture,
  after: PanelPicture,
  /** Pixels of the picture after for each pixel of the picture before. */
  scale: z.number().positive(),
  /** What faces what, from top to bottom, in pixels of each picture. */
  rows: z.array(z.object({ before: z.number(), after: z.number(), length: z.number() })),
  /** In the order of the report's findings. */
  changes: z.array(
    z.object({
      title: z.string(),
      /** What changed, in a person's words or by its numbers. */
      words: z.string(),
      /** What makes it substantive by measure. */
      consequences: z.array(z.string()),
      /** What it is most likely meant for; empty where nothing tells. */
      intent: z.string(),
      /** What was measured, a region a line; or what was found when its place was looked at again. */
      facts: z.array(z.string()),
      substance: Substance,
      evidence: Evidence,
      standing: z.enum(standings),
      /** Where it is in each picture, in its pixels. */
      before: z.array(Box),
      after: z.array(Box),
    }),
  ),
  /** Whether the new picture can replace the old one on the disk, and the old one the new one. */
  canAccept: z.boolean(),
  canReject: z.boolean(),
  /** What was done so, and can be undone. */
  done: z.enum(["accepted", "rejected"]).optional(),
});
export type ComparisonView = z.infer<typeof ComparisonView>;

export const ComparisonAction = z.discriminatedUnion("action", [
  z.object({ action: z.literal("accept") }),
  z.object({ action: z.literal("reject") }),
  z.object({ action: z.literal("undo") }),
  /** Leaves the place of a change out from now on. */
  z.object({ action: z.literal("ignore"), change: z.number().int().nonnegative() }),
  /** The summary alone, to be pasted into a review. */
  z.object({ action: z.literal("copySummary") }),
]);
export type ComparisonAction = z.infer<typeof ComparisonAction>;
