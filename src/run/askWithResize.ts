import { UserError } from "../errors.js";
import { type ImageLimits, limitsFor, smallestLimits, visualTokens } from "../image/limits.js";
import { OversizedImageError, TooLargeRequestError } from "../providers/anthropic/sizeErrors.js";
import type { Job, Seen } from "../workflows/workflow.js";
import { type Asked, askAbout } from "./ask.js";
import { type Looked, prepareAgain } from "./prepare.js";
import type { AskingSurroundings, ImageSource, RunOptions } from "./runner.js";

/** Asks. When the API says that the picture is too large, it is prepared smaller, once. */
export async function askThatFits(
  job: Job,
  source: ImageSource,
  seen: Looked,
  options: RunOptions,
  surroundings: AskingSurroundings,
  keep: (about: Seen, asked: Asked) => Promise<void>,
): Promise<{ seen: Looked; asked: Asked }> {
  const askAndKeep = async (about: Looked) => ({
    seen: about,
    asked: await askAbout(job, about, options, surroundings, { keep: (asked) => keep(about, asked) }),
  });
  const limits = limitsFor(options.model, job.detail);
  try {
    return await askAndKeep(seen);
  } catch (error) {
    const smaller = smallerLimits(error, limits);
    if (!smaller) throw error;
    try {
      const again = await prepareAgain(job, source, seen.measurement, smaller, options, surroundings);
      return await askAndKeep(again);
    } catch (again) {
      if (!smallerLimits(again, smaller)) throw again;
      throw new UserError({
        problem: "The API finds the picture too large, even after shrinking it.",
        advice: "Crop it to the part that matters, or choose another model.",
        next: ["chooseAnotherPicture", "chooseModel"],
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
