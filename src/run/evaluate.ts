import { UserError } from "../errors.js";
import type { Report } from "../report.js";
import { currentAnswer, type RunRecord, type RunResult } from "../store/runs/runResult.js";
import { findWorkflow } from "../workflows/index.js";
import type { Evaluation, Workflow } from "../workflows/workflow.js";
import type { RunDependencies } from "./types.js";

/** What a workflow makes of a run: of its current answer, or of the measurements alone. */
export function evaluate(
  workflow: Workflow,
  run: Pick<RunRecord, "settings" | "pictures" | "response" | "edits">,
): Evaluation {
  const answer = currentAnswer(run);
  const { parameters } = run.settings;
  if (answer !== undefined) return workflow.evaluate(answer, run.pictures, parameters);
  if (workflow.offline) return workflow.offline(run.pictures, parameters);
  throw needsKey(workflow.title);
}

/**
 * What a kept run says, evaluated anew.
 *
 * @returns undefined when this version cannot tell: its workflow is gone, or its answer has another form now
 */
export function evaluateRecord(run: RunRecord): RunResult | undefined {
  const workflow = findWorkflow(run.settings.workflow);
  const answer = currentAnswer(run);
  if (!workflow) return undefined;
  if (answer === undefined ? !workflow.offline : !workflow.schema.safeParse(answer).success) return undefined;
  return { ...run, ...evaluate(workflow, run) };
}

/** What is said of a run that `evaluateRecord` cannot evaluate. */
export const keptByOlderVersion = (picture: string): UserError =>
  new UserError({
    code: "answerNotKept",
    problem: "This run was kept by an older version, which kept it in another form.",
    advice: "Run it again.",
    picture,
  });

/** A run whose answer was known before, with what a person has corrected in it since. */
export function withEdits(result: RunResult, kept: RunRecord | undefined): RunResult {
  const { response } = result;
  if (response?.cachedAt === undefined || !kept?.response || kept.edits.length === 0) return result;
  const [first, ...others] = result.pictures;
  // The kept answer refers to the pictures as they were then.
  const asKept = (picture: typeof first, index: number) => ({
    ...picture,
    picture: kept.pictures[index]?.picture ?? picture.picture,
  });
  const edited = evaluateRecord({
    ...result,
    pictures: [asKept(first, 0), ...others.map((picture, index) => asKept(picture, index + 1))],
    response: { ...kept.response, cachedAt: response.cachedAt },
    edits: kept.edits,
  });
  return edited ?? result;
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
