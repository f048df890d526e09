import { CancelledError, UserError } from "../errors.js";
import { fileSource } from "./file.js";
import { folderSource } from "./folder.js";
import { gitSource } from "./git.js";
import type { SourcePicture } from "./picture.js";
import type { Source } from "./source.js";

/** The ways in, the first that accepts a place is its. A new one is one line here. */
const sources: readonly Source[] = [gitSource, folderSource, fileSource];

/**
 * The places of the single pictures at these places, in their order.
 *
 * @throws UserError when there are none: a check of nothing is no success
 * @throws CancelledError when the signal aborts
 */
export async function placesOf(named: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const places: string[] = [];
  for (const place of named)
    for await (const single of (await sourceOf(place)).places(place)) {
      if (signal?.aborted) throw new CancelledError();
      places.push(single);
    }
  if (places.length > 0 || named.length === 0) return places;
  throw new UserError({
    code: "pictureUnusable",
    problem: `There is no picture in ${named.join(", ")}.`,
    advice: "Name a folder that holds pictures, or a picture.",
  });
}

/**
 * @throws UserError when there is no picture there that can be used
 * @throws CancelledError when the signal aborts
 */
export async function pictureAt(place: string, signal?: AbortSignal): Promise<SourcePicture> {
  const source = await sourceOf(place);
  if (source.open) return source.open(place, signal);
  throw new UserError({
    code: "pictureUnusable",
    problem: "This is no single picture.",
    advice: "Name a picture file.",
  });
}

async function sourceOf(place: string): Promise<Source> {
  for (const source of sources) if (await source.accepts(place)) return source;
  return fileSource;
}
