import { CancelledError, toUserError } from "../errors.js";
import type { PreparedPicture } from "../image/prepared.js";
import { costOf } from "../providers/anthropic/prices.js";
import { addUsage } from "../providers/anthropic/usage.js";
import type { ModelResponse, RunResult } from "../store/runs/runResult.js";
import type { Workflow } from "../workflows/workflow.js";
import { type AskingOptions, askAbout } from "./ask.js";
import { checkDocuments, evaluate } from "./evaluate.js";
import type { AskingDependencies } from "./runner.js";

/** A run with the model's answer, and the picture that it was asked about. */
export interface AskedRun extends RunResult {
  asked: ModelResponse;
  prepared: PreparedPicture;
}

/**
 * Asks for a change of an answer: the conversation about the picture goes on, and a whole new answer comes back.
 *
 * @param before the run whose picture was sent; its answer is the one to be changed
 * @param sentence what the person wants changed
 * @returns the run with the new answer, and the usage of both
 * @throws UserError that names the picture
 * @throws CancelledError when the signal aborts
 */
export async function refine(
  workflow: Workflow,
  before: AskedRun,
  sentence: string,
  options: Omit<AskingOptions, "model">,
  dependencies: AskingDependencies,
): Promise<AskedRun> {
  if (!workflow.refinement) throw new Error(`The workflow ${workflow.id} cannot be refined`);
  const start = dependencies.now();
  const { asked, prepared, measurement } = before;
  try {
    const follow = { answer: asked.answer, text: workflow.refinement(sentence) };
    // The same model: the prompt and the picture are in its cache.
    const again = await askAbout(
      workflow,
      { picture: prepared, measurement },
      { ...options, model: asked.model },
      dependencies,
      { since: [follow] },
    );
    const reading = evaluate(workflow, again.answer, before);
    await checkDocuments(reading.report, dependencies);
    const usage = addUsage(asked.usage, again.usage);
    return {
      ...before,
      ...reading,
      asked: { ...again, usage, cost: costOf(dependencies.prices(), again.model, usage) },
      milliseconds: before.milliseconds + dependencies.now() - start,
    };
  } catch (error) {
    if (options.signal.aborted) throw new CancelledError();
    throw toUserError(error, prepared.name);
  }
}
