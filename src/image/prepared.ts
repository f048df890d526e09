import type { Format } from "./format.js";

/** The media types that the API takes. */
export type MediaType = "image/jpeg" | "image/png" | "image/webp" | "image/gif";

/** One image as it is sent: upright, opaque, 8-bit sRGB, without metadata, within the model's limits. */
export interface PreparedImage {
  bytes: Uint8Array;
  mediaType: MediaType;
  /** Pixels of this image. */
  width: number;
  height: number;
  /** Pixels of this image per pixel of the upright original; at most 1. */
  scale: { x: number; y: number };
  /** Where this image's top left corner lies, in pixels of the upright original. */
  offset: { x: number; y: number };
  visualTokens: number;
}

/**
 * A picture ready to be asked about. Very tall pages have several parts, top to bottom, that overlap; very wide ones, too,
 * from left to right.
 */
export interface PreparedPicture {
  /** The file's name, for people. */
  name: string;
  format: Format;
  /** SHA-256 of the original bytes, hexadecimal. */
  sha256: string;
  /** Pixels of the original, upright; of one that was straightened, or shrunk to be decoded at all, those of the result. */
  width: number;
  height: number;
  /** As it was photographed, upright, as JPEG: to be compared with what was made of it. Absent where nothing was. */
  photo?: Uint8Array;
  parts: [PreparedImage, ...PreparedImage[]];
  /** A drawing that is cut into parts once more in one piece, small: what joins what. No place refers to it. */
  overview?: PreparedImage;
  /** The places that were wanted by themselves, in their order. */
  crops?: PreparedImage[];
  /** What was done to the picture that its reader should know. */
  notes: string[];
}

/** How several parts follow each other, for people and models. */
export const orderOfParts = (parts: ReadonlyArray<Pick<PreparedImage, "offset">>): string =>
  (parts[1]?.offset.x ?? 0) > 0 ? "from left to right" : "from top to bottom";

type Images = Pick<PreparedPicture, "parts" | "overview">;

/** All images that are sent of it. */
export const imagesOf = ({ parts, overview }: Images): PreparedImage[] =>
  overview ? [...parts, overview] : [...parts];

/** The visual tokens of all that is sent of it. */
export const allVisualTokens = (picture: Images): number =>
  imagesOf(picture).reduce((sum, { visualTokens }) => sum + visualTokens, 0);
