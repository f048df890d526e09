import { z } from "zod";
import { Impact, Report } from "../report.js";

/** Messages between the table of many pictures and the host. Both ends parse what they receive with these. */

/** How far one of many pictures has come. */
export const RowState = z.enum(["waiting", "working", "submitted", "done", "review", "failed", "cancelled"]);

export const RowView = z.object({
  name: z.string(),
  /** Its folder, relative to the workspace. */
  folder: z.string(),
  state: RowState,
  findings: z.partialRecord(Impact, z.number()),
  /** The result in a sentence, what is going on, or why there is none. */
  said: z.string(),
  /** US$; absent when nothing was sent. */
  cost: z.number().optional(),
});
export type RowView = z.infer<typeof RowView>;

export const TableView = z.object({
  workflow: Report.shape.workflow,
  title: z.string(),
  /** What is going on, in a sentence; empty when nothing is. */
  going: z.string(),
  canCancel: z.boolean(),
});
export type TableView = z.infer<typeof TableView>;

export const ToTable = z.discriminatedUnion("type", [
  z.object({ type: z.literal("view"), view: TableView }),
  /** Rows that are new or another than they were. */
  z.object({ type: z.literal("rows"), rows: z.array(z.object({ at: z.number().int(), row: RowView })) }),
]);
export type ToTable = z.infer<typeof ToTable>;

export const exportFormats = ["markdown", "html", "csv", "sarif"] as const;

export const FromTable = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("open"), at: z.number().int().nonnegative() }),
  z.object({ type: z.literal("cancel") }),
  z.object({ type: z.literal("retryFailed") }),
  z.object({ type: z.literal("export"), format: z.enum(exportFormats) }),
]);
export type FromTable = z.infer<typeof FromTable>;

/** What the table keeps over a reload: which it is, not its data. */
export const TableState = z.object({ tableId: z.uuid() });
export type TableState = z.infer<typeof TableState>;
