import { z } from "zod";
import { Impact, WorkflowId } from "../report.js";
import { Start } from "./workflows.js";

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
  summary: z.string(),
  /** US$; absent when nothing was sent. */
  cost: z.number().optional(),
});
export type RowView = z.infer<typeof RowView>;

export const TableView = z.object({
  workflow: WorkflowId,
  title: z.string(),
  /** What is going on, in a sentence; empty when nothing is. */
  progress: z.string(),
  canCancel: z.boolean(),
  /** The formats in which all results can be saved as one report. */
  formats: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type TableView = z.infer<typeof TableView>;

export const ToTable = z.discriminatedUnion("type", [
  Start,
  z.object({ type: z.literal("view"), view: TableView }),
  /** Rows that are new or another than they were. */
  z.object({ type: z.literal("rows"), rows: z.array(z.object({ index: z.number().int(), row: RowView })) }),
]);
export type ToTable = z.infer<typeof ToTable>;

export const FromTable = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("open"), index: z.number().int().nonnegative() }),
  z.object({ type: z.literal("cancel") }),
  z.object({ type: z.literal("retryFailed") }),
  z.object({ type: z.literal("export"), format: z.string().max(40) }),
]);
export type FromTable = z.infer<typeof FromTable>;

/** What the table keeps over a reload: which it is, not its data. */
export const TableState = z.object({ tableId: z.uuid() });
export type TableState = z.infer<typeof TableState>;
