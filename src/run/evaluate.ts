import { UserError } from "../errors.js";
import type { Report } from "../report.js";
import type { Evaluation, PreparedInput, Workflow } from "../workflows/workflow.js";
import type { RunDependencies } from "./runner.js";

/** What a workflow makes of an answer, or of the measurements alone. */
export function evaluate(workflow: Workflow, answer: unknown, seen: PreparedInput): Evaluation {
  if (answer !== undefined) return workflow.read(answer, seen);
  if (workflow.offline) return workflow.offline(seen);
  throw needsKey(workflow.title);
}

/** What is said when a workflow cannot do without the model. */
export const needsKey = (title: string): UserError =>
  new UserError({
    code: "keyMissing",
    problem: `“${title}” needs Claude: the pixels alone do not tell it.`,
    advice: "Set an API key.",
  });

/** Nobody sees a diagram that its own parser refuses. */
export async function checkDocuments(
  { documents }: Report,
  { checkMermaid }: Pick<RunDependencies, "checkMermaid">,
): Promise<void> {
  for (const { language, text } of documents) {
    if (language !== "mermaid") continue;
    const verdict = await checkMermaid(text);
    if (verdict.valid) continue;
    throw new UserError({
      code: "answerInvalid",
      problem: "The diagram was read, but Mermaid does not accept what was written from it.",
      advice: "Please report this; running again may help.",
      cause: new Error(verdict.message),
    });
  }
}
