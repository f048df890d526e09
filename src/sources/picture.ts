import { z } from "zod";
import type { Box } from "../report.js";

/** SHA-256 of a file's bytes, hexadecimal; where the file holds several pictures, with `#page=3` or `#frame=12`. */
export const PictureId = z.string().regex(/^[0-9a-f]{64}(#(page|frame)=\d+)?$/);
export type PictureId = z.infer<typeof PictureId>;

/** The hash of the file that holds a picture. */
export const fileHash = (id: PictureId): string => id.slice(0, 64);

/** A picture that a person points at: named, identified, opened when it is needed. */
export interface SourcePicture {
  /** The file's name, for people. */
  name: string;
  id: PictureId;
  /** The file's bytes. Not called when everything about the picture is known. */
  bytes(signal?: AbortSignal): Promise<Uint8Array>;
  /** Where it is, when it is anywhere. */
  uri?: string | undefined;
}

/** One of a run's pictures. */
export interface LabelledPicture extends SourcePicture {
  /** What the question calls it, such as “before”; empty when there is only one. */
  label: string;
  /** Places that a person wants covered, whatever stands there: in pixels of the original, as reports give places. */
  covers?: readonly Box[] | undefined;
}

export type LabelledPictures = readonly [LabelledPicture, ...LabelledPicture[]];

/** A picture as the only one of a run. */
export const onlyPicture = (picture: SourcePicture, covers: readonly Box[] = []): LabelledPictures => [
  { ...picture, label: "", covers },
];
