import type { SourcePicture } from "./picture.js";

/** A way in: what a place of one kind holds. A place is a path or an address, as a person names it. */
export interface Source {
  /** Whether a place is of this kind. */
  accepts(place: string): Promise<boolean>;
  /** The places of the single pictures there, in their order. Nothing is read yet. */
  places(place: string): AsyncIterable<string>;
  /**
   * The picture at a single place; absent where a place only leads to others.
   *
   * @throws UserError when it cannot be used
   * @throws CancelledError when the signal aborts
   */
  open?(place: string, signal?: AbortSignal): Promise<SourcePicture>;
}
