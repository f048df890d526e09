import type { PreparedPicture } from "../../image/prepared.js";
import type { Measurement } from "../../measure/measurement.js";
import type { Usage } from "../../providers/anthropic/usage.js";
import type { WorkflowId } from "../../report.js";
import type { Evaluation, PictureGeometry } from "../../workflows/workflow.js";

/** What the API was asked for a run, and what that took. */
export interface ModelResponse {
  /** As the model gave it, validated. This is what is kept: judging and rendering run again. */
  answer: unknown;
  model: string;
  usage: Usage;
  /** US$; undefined when the model's price is not known. */
  cost: number | undefined;
  requestId: string | undefined;
  /** When it was asked, as ISO 8601, where the answer was known already and nothing was sent. */
  cachedAt?: string | undefined;
}

/** One workflow on one picture, done. */
export interface RunResult extends Evaluation {
  workflow: WorkflowId;
  picture: PictureGeometry;
  /** Absent when nothing had to be prepared, nor was asked to be. */
  prepared: PreparedPicture | undefined;
  measurement: Measurement;
  /** Absent when the pixels alone were looked at. */
  asked: ModelResponse | undefined;
  milliseconds: number;
}
