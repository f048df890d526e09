import { UserError } from "../errors.js";
import { type ImageLimits, limitsOf, smallestLimits, visualTokens } from "../image/limits.js";
import { OversizedImageError, TooLargeRequestError } from "../providers/anthropic/sizeErrors.js";
import type { ModelResponse } from "../store/runs/runResult.js";
import type { PreparedInput, Workflow } from "../workflows/workflow.js";
import { askAbout } from "./ask.js";
import { type OpenedInput, prepareAgain } from "./prepare.js";
import type { AskingDependencies, ImageSource, RunOptions } from "./runner.js";

/** Asks. When the API says that the picture is too large, it is prepared smaller, once. */
export async function askWithResize(
  workflow: Workflow,
  source: ImageSource,
  seen: OpenedInput,
  options: RunOptions,
  dependencies: AskingDependencies,
  keep: (about: PreparedInput, asked: ModelResponse) => Promise<void>,
): Promise<{ seen: OpenedInput; asked: ModelResponse }> {
  const askAndKeep = async (about: OpenedInput) => ({
    seen: about,
    asked: await askAbout(workflow, about, options, dependencies, { keep: (asked) => keep(about, asked) }),
  });
  const limits = limitsOf(options.model);
  try {
    return await askAndKeep(seen);
  } catch (error) {
    const smaller = smallerLimits(error, limits);
    if (!smaller) throw error;
    try {
      const again = await prepareAgain(workflow, source, seen.measurement, smaller, options, dependencies);
      return await askAndKeep(again);
    } catch (again) {
      if (!smallerLimits(again, smaller)) throw again;
      throw new UserError({
        code: "pictureTooLargeForModel",
        problem: "The API finds the picture too large, even after shrinking it.",
        advice: "Crop it to the part that matters, or choose another model.",
        cause: again,
      });
    }
  }
}

export function smallerLimits(error: unknown, limits: ImageLimits): ImageLimits | undefined {
  if (error instanceof OversizedImageError) {
    if (!error.fits) return smallestLimits;
    const { width, height } = error.fits;
    return { longEdge: Math.max(width, height), visualTokens: visualTokens(error.fits) };
  }
  if (error instanceof TooLargeRequestError) {
    return {
      longEdge: Math.floor(limits.longEdge * 0.6),
      visualTokens: Math.floor(limits.visualTokens * 0.36),
    };
  }
  return undefined;
}
