import { UserError } from "../errors.js";
import { type ImageLimits, visualTokens } from "../image/limits.js";
import { OversizedImageError, TooLargeRequestError } from "../providers/sizeErrors.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import type { ModelResponse } from "../store/runs/runResult.js";
import { askAbout } from "./ask.js";
import type { RunContext } from "./context.js";
import { type PreparedRunPictures, prepareAgain } from "./prepare.js";
import type { ProviderFacts } from "./types.js";

/** Pictures as they were asked about, and what was answered. */
export interface AskedPictures {
  pictures: PreparedRunPictures;
  response: ModelResponse;
}

/**
 * Asks. When the API says that the pictures are too large, they are prepared smaller, once.
 *
 * @param keep is given the answer as soon as it is there
 */
export async function askWithResize(
  context: RunContext,
  settings: AskSettings,
  pictures: PreparedRunPictures,
  keep: (pictures: PreparedRunPictures, response: ModelResponse) => Promise<void>,
): Promise<AskedPictures> {
  const askAndKeep = async (about: PreparedRunPictures) => ({
    pictures: about,
    response: await askAbout(context, settings, about, { keep: (response) => keep(about, response) }),
  });
  const { provider } = context.deps;
  const limits = provider.limitsFor(settings.model);
  try {
    return await askAndKeep(pictures);
  } catch (error) {
    const smaller = smallerLimits(error, limits, provider);
    if (!smaller) throw error;
    try {
      return await askAndKeep(await prepareAgain(context, pictures, smaller));
    } catch (again) {
      throw smallerLimits(again, smaller, provider) ? tooLarge(again) : again;
    }
  }
}

/** What is said when the API does not take the pictures as small as they are. */
export const tooLarge = (cause: unknown): UserError =>
  new UserError({
    code: "pictureTooLargeForModel",
    problem: "The API finds the picture too large, even after shrinking it.",
    advice: "Crop it to the part that matters, or choose another model.",
    cause,
  });

/** What is small enough, by what an error says; undefined for an error about something else. */
export function smallerLimits(
  error: unknown,
  limits: ImageLimits,
  { smallestLimits }: Pick<ProviderFacts, "smallestLimits">,
): ImageLimits | undefined {
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
