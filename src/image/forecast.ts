import { workingSize } from "./caps.js";
import type { ImageLimits } from "./limits.js";
import { openPicture } from "./open.js";
import type { Opening } from "./part.js";
import { mostVisualTokens } from "./plan.js";

/**
 * The most visual tokens that a picture will have, without decoding it: with large letters or blank margins it will
 * have fewer, as a photo that is straightened may.
 *
 * @param head the file's bytes, or its first ones
 * @param how which of several pictures in the file, and its password
 * @throws UserError when they do not tell the picture's size
 */
export async function forecastVisualTokens(
  head: Uint8Array,
  limits: ImageLimits,
  how?: Opening,
): Promise<number> {
  return mostVisualTokens(workingSize(await openPicture(head, how)), limits);
}
