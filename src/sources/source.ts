import type { SourcePicture } from "./picture.js";

/** A file at a place, before anything of it is read. */
export interface PlacedFile extends Pick<SourcePicture, "name" | "bytes" | "uri"> {
  /**
   * Its first bytes.
   *
   * @param count how many, at most
   */
  head(count: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** SHA-256, hexadecimal. */
  hash(signal?: AbortSignal): Promise<string>;
}

/** A way in: what a place of one kind holds. A place is a path or an address, as a person names it. */
export interface Source {
  /** Whether a place is of this kind. */
  accepts(place: string): Promise<boolean>;
  /** The places of the single files there, in their order. Nothing is read yet. */
  places(place: string): AsyncIterable<string>;
  /** The file at a single place; absent where a place leads to no file. What is wrong with it is said when it is read. */
  file?(place: string): PlacedFile;
  /**
   * The picture at a single place that is no file.
   *
   * @throws UserError when it cannot be used
   * @throws CancelledError when the signal aborts
   */
  open?(place: string, signal?: AbortSignal): Promise<SourcePicture>;
}
