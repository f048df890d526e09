import { z } from "zod";
import { ResultKind, WorkflowId } from "../report.js";

/** What a page has to know of a workflow. Pages get the whole registry in their first message. */
export const WorkflowView = z.object({
  id: WorkflowId,
  title: z.string(),
  result: ResultKind,
  words: z.object({
    copy: z.string(),
    leftOpen: z.string(),
  }),
});
export type WorkflowView = z.infer<typeof WorkflowView>;

/** The first message that a page gets. */
export const Start = z.object({ type: z.literal("start"), workflows: z.array(WorkflowView) });
export type Start = z.infer<typeof Start>;
