import { CancelledError } from "../errors.js";
import { costOf } from "../providers/prices.js";
import { addUsage } from "../providers/usage.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import type { ModelResponse } from "../store/runs/runResult.js";
import type { Evaluation } from "../workflows/workflow.js";
import { askAbout } from "./ask.js";
import type { AskContext } from "./context.js";
import { evaluate } from "./evaluate.js";
import type { PreparedRunPictures } from "./prepare.js";
import type { RunDependencies } from "./types.js";

/**
 * An answer whose data conforms to the person's schema, as far as asking once more helps: the model is told what does
 * not. Where that fails the first answer stays, which is paid for.
 *
 * @returns the better answer of the two, with the usage of both
 * @throws CancelledError when the signal aborts
 */
export async function repair(
  context: AskContext,
  settings: AskSettings,
  pictures: PreparedRunPictures,
  response: ModelResponse,
): Promise<ModelResponse> {
  const { workflow, deps, signal } = context;
  const problemsIn = (one: ModelResponse) =>
    problemsOf(evaluate(workflow, { settings, pictures, response: one, edits: [] }), deps);
  const problems = await problemsIn(response);
  if (problems.length === 0 || !workflow.refinement) return response;
  try {
    const since = [{ answer: response.answer, text: workflow.refinement(problems.join("\n")) }];
    const again = await askAbout(context, settings, pictures, { since });
    const isBetter = (await problemsIn(again)).length < problems.length;
    const usage = addUsage(response.usage, again.usage);
    return {
      ...response,
      answer: isBetter ? again.answer : response.answer,
      usage,
      cost: costOf(deps.prices(), response.model, usage),
      requestId: again.requestId,
    };
  } catch {
    if (signal.aborted) throw new CancelledError();
    return response;
  }
}

/** What in a result does not conform to the person's schema, a sentence each. */
export const problemsOf = async (
  { conformity }: Pick<Evaluation, "conformity">,
  { checkSchema }: Pick<RunDependencies, "checkSchema">,
): Promise<string[]> => (conformity ? checkSchema(conformity) : []);
