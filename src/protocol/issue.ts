import { z } from "zod";

/** A filled issue, as the panel shows it, and what a person does with it. */

export const IssueView = z.object({
  templates: z.array(z.string()),
  chosen: z.number().int(),
  title: z.string(),
  body: z.string(),
  /** The host whose new-issue page can be opened. */
  host: z.enum(["GitHub", "GitLab"]).optional(),
});
export type IssueView = z.infer<typeof IssueView>;

export const IssueAction = z.discriminatedUnion("action", [
  z.object({ action: z.literal("chooseTemplate"), template: z.number().int().nonnegative() }),
  z.object({ action: z.literal("openIssuePage") }),
  z.object({ action: z.literal("pictureCopied"), ok: z.boolean() }),
]);
export type IssueAction = z.infer<typeof IssueAction>;
