import { CancelledError, toUserError } from "../errors.js";
import { costOf } from "../providers/prices.js";
import { OversizedImageError, TooLargeRequestError } from "../providers/sizeErrors.js";
import { addUsage } from "../providers/usage.js";
import { CommandBudget } from "../store/ledger/budget.js";
import { currentAnswer, type ModelResponse, type RunResult } from "../store/runs/runResult.js";
import { findWorkflow } from "../workflows/index.js";
import { askAbout } from "./ask.js";
import { tooLarge } from "./askWithResize.js";
import { checkDocuments, evaluate } from "./evaluate.js";
import type { PreparedRunPictures } from "./prepare.js";
import type { RunDependencies, RunHandlers } from "./types.js";

/** A run with the model's answer, and the pictures that it was asked about. */
export interface AskedRun extends RunResult {
  response: ModelResponse;
  pictures: PreparedRunPictures;
}

/** The run as one that can be refined; undefined when nobody was asked, or its pictures are not at hand. */
export function askedRun(run: RunResult): AskedRun | undefined {
  const { response } = run;
  const [first, ...others] = run.pictures.flatMap(({ prepared, ...picture }) =>
    prepared ? [{ ...picture, prepared }] : [],
  );
  if (!response || !first || others.length + 1 < run.pictures.length) return undefined;
  return { ...run, response, pictures: [first, ...others] };
}

/**
 * Asks for a change of a run's answer: the conversation about the pictures goes on, and a whole new answer comes back.
 *
 * @param sentence what the person wants changed
 * @returns the run with the new answer as its latest edit, and the usage of both
 * @throws UserError that names the picture
 * @throws CancelledError when the signal aborts
 */
export async function refine(
  deps: RunDependencies,
  before: AskedRun,
  sentence: string,
  { signal, onEvent = () => undefined }: Pick<RunHandlers, "signal" | "onEvent">,
): Promise<AskedRun> {
  const { settings, pictures, response } = before;
  const workflow = findWorkflow(settings.workflow);
  if (!workflow?.refinement) throw new Error(`The workflow ${settings.workflow} cannot be refined`);
  const start = deps.now();
  // Whoever agreed to a model without a known price has agreed for the whole conversation.
  const commandBudget = new CommandBudget({ allowsUnknownPrice: response.cost === undefined });
  const context = { deps, workflow, signal, onEvent, commandBudget };
  try {
    const since = [{ answer: currentAnswer(before), text: workflow.refinement(sentence) }];
    // The same settings: the prompt and the picture are in the model's cache.
    const again = await askAbout(context, settings, pictures, { since });
    const edits = [...before.edits, { answer: again.answer, time: new Date().toISOString() }];
    const evaluation = evaluate(workflow, { settings, pictures, response, edits });
    await checkDocuments(evaluation.report, deps);
    const { cachedAt: _, ...first } = response;
    const usage = addUsage(first.usage, again.usage);
    return {
      ...before,
      ...evaluation,
      edits,
      response: {
        ...first,
        usage,
        cost: costOf(deps.prices(), first.model, usage),
        requestId: again.requestId,
      },
      milliseconds: before.milliseconds + deps.now() - start,
    };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    const isTooLarge = error instanceof OversizedImageError || error instanceof TooLargeRequestError;
    throw toUserError(isTooLarge ? tooLarge(error) : error, pictures[0].picture.name);
  }
}
