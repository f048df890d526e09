import { CancelledError, toUserError } from "../errors.js";
import type { PreparedPicture } from "../image/prepared.js";
import { costOf } from "../providers/anthropic/prices.js";
import { addUsage } from "../providers/anthropic/usage.js";
import type { Job } from "../workflows/workflow.js";
import { type Asked, type AskingOptions, askAbout } from "./ask.js";
import { checkDocuments, readingOf } from "./evaluate.js";
import type { AskingSurroundings, RunResult } from "./runner.js";

/** A run with the model's answer, and the picture that it was asked about. */
export interface AskedRun extends RunResult {
  asked: Asked;
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
  job: Job,
  before: AskedRun,
  sentence: string,
  options: Omit<AskingOptions, "model">,
  surroundings: AskingSurroundings,
): Promise<AskedRun> {
  if (!job.refinement) throw new Error(`The job ${job.id} cannot be refined`);
  const start = surroundings.now();
  const { asked, prepared, measurement } = before;
  try {
    const follow = { answer: asked.answer, text: job.refinement(sentence) };
    // The same model: the prompt and the picture are in its cache.
    const again = await askAbout(
      job,
      { picture: prepared, measurement },
      { ...options, model: asked.model },
      surroundings,
      { since: [follow] },
    );
    const reading = readingOf(job, again.answer, before);
    await checkDocuments(reading.report, surroundings);
    const usage = addUsage(asked.usage, again.usage);
    return {
      ...before,
      ...reading,
      asked: { ...again, usage, cost: costOf(surroundings.prices(), again.model, usage) },
      milliseconds: before.milliseconds + surroundings.now() - start,
    };
  } catch (error) {
    if (options.signal.aborted) throw new CancelledError();
    throw toUserError(error, prepared.name);
  }
}
