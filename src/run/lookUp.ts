import { UserError } from "../errors.js";
import type { StoredAnswer } from "../store/answers.js";
import { type AskSettings, runKey } from "../store/runs/askSettings.js";
import { SubmittedError } from "./batch/submittedError.js";
import type { RunContext } from "./context.js";

/**
 * The answer to a run's question, where it is known.
 *
 * @throws SubmittedError when a batch is going to have it
 * @throws UserError when it had to be known, and is not
 */
export async function lookUp(
  { deps: { cache, batches }, request: { again, cachedAs }, pictures }: RunContext,
  settings: AskSettings,
): Promise<StoredAnswer | undefined> {
  if (again) return undefined;
  const isSame = pictures.every(({ id }, index) => id === settings.pictures[index]?.id);
  const found = isSame ? await cache.findAnswer(settings) : undefined;
  if (found) return found;
  if (await batches.isPending(runKey(settings))) throw new SubmittedError(pictures[0].name, settings);
  if (cachedAs) {
    throw new UserError({
      code: isSame ? "answerNotKept" : "pictureChanged",
      problem: isSame ? "The answer is not there any more." : "The picture is another one by now.",
      advice: "Run it again.",
    });
  }
  return undefined;
}
