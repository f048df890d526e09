import type { Box } from "../../report.js";
import type { Comparison } from "../compare/comparison.js";

/** Asks what differs between two pictures. */
export interface CompareRequest {
  before: PictureFile;
  after: PictureFile;
  /** What lies in these is not compared: pixels of the upright original after. */
  ignore: Box[];
  /** How words that changed are read; absent when they are not. */
  reading?: {
    /** Tesseract's names of the languages, such as `eng`. */
    languages: string[];
    /** A folder with data for more than English. */
    languageFolder: string | undefined;
  };
}

export interface PictureFile {
  bytes: Uint8Array;
  /** For people. */
  name: string;
}

/** What a comparison answers. Sizes are those of the upright originals, in pixels. */
export interface Compared {
  comparison: Comparison;
  before: { width: number; height: number };
  after: { width: number; height: number };
}
