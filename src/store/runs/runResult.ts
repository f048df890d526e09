import type { PreparedPicture } from "../../image/prepared.js";
import type { Usage } from "../../providers/usage.js";
import type { PictureId } from "../../sources/picture.js";
import type { Evaluation, PreparedInput } from "../../workflows/workflow.js";
import type { AskSettings } from "./askSettings.js";

/** What the model answered, and what that took. */
export interface ModelResponse {
  /** As the model gave it, validated. It is never changed: evaluating and rendering run again. */
  answer: unknown;
  model: string;
  usage: Usage;
  /** US$; undefined when the model's price is not known. */
  cost: number | undefined;
  requestId: string | undefined;
  /** When it was asked, as ISO 8601, where the answer was known already and nothing was sent. */
  cachedAt?: string | undefined;
}

/** One of a run's pictures, with the geometry that the answer refers to. */
export interface RunPicture extends PreparedInput {
  id: PictureId;
  /** Where it is, when it is anywhere. */
  uri?: string | undefined;
  /** With its bytes. Absent when nothing had to be prepared, nor was asked to be. */
  prepared?: PreparedPicture | undefined;
}

export type RunPictures = readonly [RunPicture, ...RunPicture[]];

/** An answer as a person corrected it, or had it refined, on top of the model's first. */
export interface Edit {
  answer: unknown;
  /** ISO 8601. */
  time: string;
}

/** A run as it is kept: everything but what is made of the answer, which is made anew. */
export interface RunRecord {
  settings: AskSettings;
  runKey: string;
  pictures: RunPictures;
  /** Absent when the pixels alone were looked at. */
  response: ModelResponse | undefined;
  /** The latest last. */
  edits: readonly Edit[];
  milliseconds: number;
}

/** One workflow on its pictures, done. */
export interface RunResult extends RunRecord, Evaluation {}

/** The answer that counts: the latest edit, or else the model's own. */
export const currentAnswer = ({ response, edits }: Pick<RunRecord, "response" | "edits">): unknown =>
  edits.at(-1)?.answer ?? response?.answer;
