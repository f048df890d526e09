import type { Asker } from "../claude/ask.js";
import { costOf } from "../claude/models.js";
import { addUsage } from "../claude/usage.js";
import { CancelledError, toUserError } from "../errors.js";
import type { Job } from "../workflows/workflow.js";
import { type Asked, type AskingOptions, askAbout } from "./askAbout.js";
import { checkDocuments, type RunResult, readingOf, type Surroundings } from "./run.js";

/** A run with the model's answer. */
export interface AskedRun extends RunResult {
  asked: Asked;
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
  { ask, now, checkMermaid }: Surroundings & { ask: Asker },
): Promise<AskedRun> {
  if (!job.refinement) throw new Error(`The job ${job.id} cannot be refined`);
  const start = now();
  const { asked, picture } = before;
  try {
    const follow = { answer: asked.answer, text: job.refinement(sentence) };
    // The same model: the prompt and the picture are in its cache.
    const again = await askAbout(job, before, { ...options, model: asked.model }, ask, [follow]);
    const reading = readingOf(job, again.answer, before);
    await checkDocuments(reading.report, { checkMermaid });
    const usage = addUsage(asked.usage, again.usage);
    return {
      ...before,
      ...reading,
      asked: { ...again, usage, cost: costOf(again.model, usage) },
      milliseconds: before.milliseconds + now() - start,
    };
  } catch (error) {
    if (options.signal.aborted) throw new CancelledError();
    throw toUserError(error, picture.name);
  }
}
