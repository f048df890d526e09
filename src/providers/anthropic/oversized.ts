import { OversizedImageError } from "../sizeErrors.js";

/** What the API's words say of an image's size; undefined when they are about something else. */
export function oversizedIn(words: string): OversizedImageError | undefined {
  const size = /downsized to (\d+)x(\d+)/.exec(words);
  if (size) return new OversizedImageError({ width: Number(size[1]), height: Number(size[2]) });
  return /oversized|downsiz/.test(words) ? new OversizedImageError(undefined) : undefined;
}
