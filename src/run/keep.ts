import { askedPictures, storedAnswer } from "../store/answers.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import type { ModelResponse } from "../store/runs/runResult.js";
import type { RunContext } from "./context.js";
import type { PreparedRunPictures } from "./prepare.js";

/** Keeps an answer, so that the same question is never paid twice. */
export const keep = (
  { deps: { cache } }: RunContext,
  settings: AskSettings,
  pictures: PreparedRunPictures,
  response: ModelResponse,
): Promise<void> => cache.keepAnswer(storedAnswer(settings, askedPictures(pictures), response));
