import { CancelledError, toUserError } from "../errors.js";
import { costOf } from "../providers/prices.js";
import type { QuestionImage } from "../providers/question.js";
import { OversizedImageError, TooLargeRequestError } from "../providers/sizeErrors.js";
import { addUsage } from "../providers/usage.js";
import type { Box } from "../report.js";
import type { LabelledPicture } from "../sources/picture.js";
import { CommandBudget } from "../store/ledger/budget.js";
import { currentAnswer, type ModelResponse, type RunResult } from "../store/runs/runResult.js";
import { findWorkflow } from "../workflows/index.js";
import { askAbout } from "./ask.js";
import { tooLarge } from "./askWithResize.js";
import type { RunContext } from "./context.js";
import { checkDocuments, evaluate } from "./evaluate.js";
import { type PreparedRunPicture, type PreparedRunPictures, prepareCrops } from "./prepare.js";
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

/** Places of the picture that are shown once more by themselves. */
export interface ShownAgain {
  /** The picture as it was asked about. */
  source: LabelledPicture;
  /** Pixels of the original. */
  places: ReadonlyArray<{ label: string; box: Box }>;
}

export interface RefineHandlers extends Pick<RunHandlers, "signal" | "onEvent"> {
  again?: ShownAgain;
}

/** The places as images, each below its label. */
async function shownAgain(
  context: Pick<RunContext, "deps" | "workflow" | "signal">,
  picture: PreparedRunPicture,
  { source, places }: ShownAgain,
): Promise<QuestionImage[]> {
  if (places.length === 0) return [];
  const crops = await prepareCrops(
    context,
    source,
    picture,
    places.map(({ box }) => box),
  );
  return crops.map(({ bytes, mediaType, visualTokens }, index) => ({
    bytes,
    mediaType,
    visualTokens,
    label: places[index]?.label,
  }));
}

/**
 * Asks for a change of a run's answer: the conversation about the pictures goes on, and a whole new answer comes back.
 *
 * @param sentence what the person wants changed
 * @param again places that are shown once more by themselves
 * @returns the run with the new answer as its latest edit, and the usage of both
 * @throws UserError that names the picture
 * @throws CancelledError when the signal aborts
 */
export async function refine(
  deps: RunDependencies,
  before: AskedRun,
  sentence: string,
  { signal, onEvent = () => undefined, again }: RefineHandlers,
): Promise<AskedRun> {
  const { settings, pictures, response } = before;
  const workflow = findWorkflow(settings.workflow);
  if (!workflow?.refinement) throw new Error(`The workflow ${settings.workflow} cannot be refined`);
  const start = deps.now();
  // Whoever agreed to a model without a known price has agreed for the whole conversation.
  const commandBudget = new CommandBudget({ allowsUnknownPrice: response.cost === undefined });
  const context = { deps, workflow, signal, onEvent, commandBudget };
  try {
    const images = again ? await shownAgain(context, pictures[0], again) : [];
    const since = [{ answer: currentAnswer(before), text: workflow.refinement(sentence), images }];
    // The same settings: the prompt and the picture are in the model's cache.
    const asked = await askAbout(context, settings, pictures, { since });
    const edits = [...before.edits, { answer: asked.answer, time: new Date().toISOString() }];
    const evaluation = evaluate(workflow, { settings, pictures, response, edits });
    await checkDocuments(evaluation.report, deps);
    const { cachedAt: _, ...first } = response;
    const usage = addUsage(first.usage, asked.usage);
    return {
      ...before,
      ...evaluation,
      edits,
      response: {
        ...first,
        usage,
        cost: costOf(deps.prices(), first.model, usage),
        requestId: asked.requestId,
      },
      milliseconds: before.milliseconds + deps.now() - start,
    };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    const isTooLarge = error instanceof OversizedImageError || error instanceof TooLargeRequestError;
    throw toUserError(isTooLarge ? tooLarge(error) : error, pictures[0].picture.name);
  }
}
