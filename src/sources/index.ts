import { stat } from "node:fs/promises";
import { CancelledError, UserError } from "../errors.js";
import { detectFormat } from "../image/format.js";
import { plainName } from "../text/plain.js";
import { addressSource, isAddress } from "./address.js";
import { fileSource } from "./file.js";
import { folderSource } from "./folder.js";
import { gitSource } from "./git.js";
import { mostStates, type PageRange, type PartedPlace, pagesIn, partedPlace } from "./parts.js";
import type { SourcePicture } from "./picture.js";
import type { Source } from "./source.js";

/** What the ways in need of the world. */
export interface SourceSettings {
  /** How many pages a document has. @throws UserError when it cannot be opened */
  countPages(document: Uint8Array, password: string | undefined, signal?: AbortSignal): Promise<number>;
  /** The frames of an animation that show states of their own; none of what is no animation. */
  keyFrames(
    animation: Uint8Array,
    most: number,
    signal?: AbortSignal,
  ): Promise<ReadonlyArray<{ frame: number }>>;
  /** What is at an `https` address. @throws UserError when it is refused or fails */
  fetch(address: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** The password of documents, where there is one; asked for when it is needed. */
  password(): Promise<string | undefined>;
  /** The pages that are meant of documents that are named without any; all, when it is not said. */
  pages?: readonly PageRange[] | undefined;
}

/** Leads from what a person names to pictures. */
export interface Sources {
  /**
   * The places of the single pictures at these places, in their order.
   *
   * @param options.states whether each state of an animation is a picture of its own
   * @throws UserError when there are none: a check of nothing is no success
   * @throws CancelledError when the signal aborts
   */
  placesOf(named: readonly string[], signal?: AbortSignal, options?: { states?: boolean }): Promise<string[]>;
  /**
   * @throws UserError when there is no picture there that can be used
   * @throws CancelledError when the signal aborts
   */
  pictureAt(place: string, signal?: AbortSignal): Promise<SourcePicture>;
}

/** As much tells what kind of file it is. Bytes. */
const beginning = 64 * 1024;

/** The ways in on this machine, the first that accepts a place is its. A new one is one entry here. */
const local: readonly Source[] = [gitSource, folderSource, fileSource];

/**
 * The picture at a place on this machine, for those who know no passwords and fetch nothing.
 *
 * @throws UserError when there is no picture there that can be used
 * @throws CancelledError when the signal aborts
 */
export const pictureAt = (place: string, signal?: AbortSignal): Promise<SourcePicture> =>
  openAt(local, place, undefined, signal);

export function createSources(settings: SourceSettings): Sources {
  const sources: readonly Source[] = [addressSource(settings.fetch), ...local];

  /** The pages of a document and the states of an animation, or the place itself. */
  async function partsOf(place: string, isParted: boolean, signal?: AbortSignal): Promise<string[]> {
    const { whole, suffix, pages } = await parted(place);
    const file = (await sourceOf(sources, whole)).file?.(whole);
    if (!file) return [place];
    // Why it cannot be used is said when its turn comes.
    const orUnusable = <T>(work: Promise<T>) => work.catch((error: unknown) => notUnusable(error));
    const head = await orUnusable(file.head(beginning, signal));
    const format = head && detectFormat(head);
    if (format === "pdf") {
      const counting = async () =>
        settings.countPages(await file.bytes(signal), await settings.password(), signal);
      const count = await orUnusable(counting());
      if (count === undefined) return [place];
      const found = pagesIn(file.name, count, pages ? [pages] : settings.pages);
      return found.map((page) => `${whole}#page=${page}`);
    }
    if (!isParted || suffix !== "" || (format !== "gif" && format !== "webp")) return [place];
    const watching = async () => settings.keyFrames(await file.bytes(signal), mostStates, signal);
    const states = (await orUnusable(watching())) ?? [];
    return states.length < 2 ? [place] : states.map(({ frame }) => `${whole}#frame=${frame}`);
  }

  return {
    placesOf: async (named, signal, { states = false } = {}) => {
      const places: string[] = [];
      for (const place of named)
        for await (const single of (await sourceOf(sources, place)).places(place))
          for (const part of await partsOf(single, states, signal)) {
            if (signal?.aborted) throw new CancelledError();
            places.push(part);
          }
      if (places.length > 0 || named.length === 0) return places;
      throw new UserError({
        code: "pictureUnusable",
        problem: `There is no picture in ${named.join(", ")}.`,
        advice: "Name a folder that holds pictures, or a picture.",
      });
    },
    pictureAt: async (place, signal) => openAt(sources, place, await settings.password(), signal),
  };
}

async function sourceOf(sources: readonly Source[], place: string): Promise<Source> {
  for (const source of sources) if (await source.accepts(place)) return source;
  return fileSource;
}

async function openAt(
  sources: readonly Source[],
  place: string,
  password: string | undefined,
  signal?: AbortSignal,
): Promise<SourcePicture> {
  const { whole, suffix } = await parted(place);
  const source = await sourceOf(sources, whole);
  if (source.open) return source.open(place, signal);
  const file = source.file?.(whole);
  if (!file)
    throw new UserError({
      code: "pictureUnusable",
      problem: "This is no single picture.",
      advice: "Name a picture file.",
    });
  const { name, uri, bytes, head } = file;
  return {
    name: plainName(name + suffix),
    id: (await file.hash(signal)) + suffix,
    bytes,
    head,
    password,
    ...(uri === undefined ? {} : { uri: uri + suffix }),
  };
}

/** A file may be called as a page is. */
async function parted(place: string): Promise<PartedPlace> {
  const found = partedPlace(place);
  if (found.suffix === "" || isAddress(place)) return found;
  const isFile = await stat(place).then(
    () => true,
    () => false,
  );
  return isFile ? { whole: place, suffix: "", pages: undefined } : found;
}

function notUnusable(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error;
}
