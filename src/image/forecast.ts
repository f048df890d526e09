import { workingSize } from "./caps.js";
import { type ImageLimits, visualTokens } from "./limits.js";
import { openPicture } from "./open.js";
import { planParts } from "./prepare.js";

/**
 * How many visual tokens a picture will have, without decoding it. A photo that is straightened may have fewer.
 *
 * @param head the file's bytes, or its first ones
 * @throws UserError when they do not tell the picture's size
 */
export async function forecastVisualTokens(head: Uint8Array, limits: ImageLimits): Promise<number> {
  const { places, part } = planParts(workingSize(await openPicture(head)), limits);
  return places.length * visualTokens(part);
}
