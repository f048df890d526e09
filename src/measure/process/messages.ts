import type { ErrorCode } from "../../errors.js";
import type { ImageLimits } from "../../image/limits.js";
import type { Step } from "../../image/prepare.js";
import type { PreparedPicture } from "../../image/prepared.js";
import type { Box } from "../../report.js";
import type { Measurement } from "../measurement.js";
import type { TextNeeds } from "../verdict.js";
import type { View, ViewOptions } from "../view.js";
import type { Compared, CompareRequest } from "./compareMessages.js";

/** How a picture is measured before it is prepared. */
export interface Inspection {
  /** Tesseract's names of the languages to read, and a folder with data for more than English. */
  languages: string[];
  languageFolder: string | undefined;
  /** Pixels of the picture for each CSS pixel; guessed when it is not given. */
  pixelRatio: number | undefined;
  /** What is asked of texts. */
  needs: TextNeeds;
  /** Whether secrets are looked for and covered. */
  coverSecrets: boolean;
}

export interface PrepareRequest {
  bytes: Uint8Array;
  name: string;
  limits: ImageLimits;
  /** Whether it may be a photo of a board or of paper, to be straightened and evened out. */
  improve: boolean;
  /** Absent when the picture has been measured already. */
  inspection?: Inspection;
  /** Places to cover, in pixels of the original. Where it is measured, nothing is told of what was read there. */
  cover?: Box[];
  /** Places that are wanted by themselves as well, in pixels of the original. */
  crops?: Box[];
}

/** Asks how many visual tokens a picture will have. */
export interface ForecastRequest {
  head: Uint8Array;
  limits: ImageLimits;
}

/** Asks to see a picture or a part of it. */
export interface ViewRequest {
  bytes: Uint8Array;
  view: ViewOptions;
}

export type PictureRequest = PrepareRequest | ForecastRequest | ViewRequest | CompareRequest;

/** A picture as it is sent, and what was measured of the original. */
export interface Prepared {
  picture: PreparedPicture;
  measurement: Measurement | undefined;
}

/** What a picture is being put through, as the sentence “… to decode” ends. */
export type Activity = Step | "read through" | "be compared";

/** What the process answers; errors that are meant for people cross over in their parts. */
export type PrepareReply =
  | { alive: Activity }
  | Prepared
  | Compared
  | { visualTokens: number }
  /** Undefined when nothing of the region lies in the picture. */
  | { view: View | undefined }
  /** What the picture did to the process, which ends of it. */
  | { broken: string; advice?: string }
  | { userError: { code: ErrorCode; problem: string; advice: string } }
  | { unexpected: string };

/** What became of a request in the end: an answer, or what the picture did to the process. */
export type FinalReply = Exclude<PrepareReply, { alive: string }>;

/** The pipe through which the process answers: a frame for each reply. Its requests come through standard input. */
export const replyPipe = 3;
/** The pipe through which the process tells how much CPU time it has used: milliseconds, a line each time. */
export const workPipe = 4;
