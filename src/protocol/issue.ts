import { z } from "zod";

/** A filled issue, as the panel shows it, and what a person does with it. */

export const IssueView = z.object({
  templates: z.array(z.string()),
  chosen: z.number().int(),
  title: z.string(),
  body: z.string(),
  labels: z.array(z.string()),
  severity: z.string(),
  /** Those that can be chosen. */
  severities: z.array(z.string()),
  /** What the picture does not tell and a developer would ask. */
  questions: z.array(z.string()),
  /** Lines of the stack trace that name a place in a file. */
  frames: z.array(z.string()),
  /** Whether a person has changed something of it. */
  edited: z.boolean(),
  /** Another number: what was typed and not sent yet is about another text. */
  revision: z.number().int(),
  /** The host whose new-issue page can be opened. */
  host: z.enum(["GitHub", "GitLab"]).optional(),
});
export type IssueView = z.infer<typeof IssueView>;

/** What a person wrote in the place of what was filled in. */
export const IssueEdits = z.object({
  title: z.string().max(1000).optional(),
  body: z.string().max(200_000).optional(),
  labels: z.array(z.string().max(100)).max(50).optional(),
  severity: z.string().max(50).optional(),
});
export type IssueEdits = z.infer<typeof IssueEdits>;

export const IssueAction = z.discriminatedUnion("action", [
  z.object({ action: z.literal("chooseTemplate"), template: z.number().int().nonnegative() }),
  z.object({ action: z.literal("edit"), edits: IssueEdits.omit({ severity: true }) }),
  z.object({ action: z.literal("severity"), severity: z.string().max(50) }),
  /** Takes back all that was changed by hand. */
  z.object({ action: z.literal("reset") }),
  z.object({ action: z.literal("openFrame"), frame: z.number().int().nonnegative() }),
  z.object({ action: z.literal("openIssuePage") }),
]);
export type IssueAction = z.infer<typeof IssueAction>;
