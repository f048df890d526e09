import { CancelledError } from "../errors.js";
import { limitsFor } from "../image/limits.js";
import { allVisualTokens } from "../image/prepared.js";
import type { Measurement } from "../measure/measurement.js";
import type { Job } from "../workflows/workflow.js";
import { type Estimate, estimate } from "./estimate.js";
import { type Looked, prepareAgain } from "./prepare.js";
import type { ImageSource, RunOptions, Surroundings } from "./runner.js";

/** What is sent: the picture with its secrets covered, as it is, or nothing, and it is measured alone. */
export type Decision = "covered" | "uncovered" | "nothing";

/** What a person should decide before a picture is sent. */
export interface Doubts {
  /** To be covered or sent as they are; empty when that is settled. */
  secrets: Measurement["secrets"];
  quality: Measurement["quality"];
  /** What it most likely costs, where that is more than is spent unasked. */
  dear: Estimate | undefined;
}

/** Whatever a person should decide before the picture is sent is decided here. */
export async function decide(
  job: Job,
  source: ImageSource,
  looked: Looked,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<{ seen: Looked; send: boolean }> {
  const { redaction, signal } = options;
  const { measurement } = looked;
  if (options.offline || !options.confirm) return { seen: looked, send: !options.offline };
  const doubts: Doubts = {
    secrets: redaction === "ask" ? measurement.secrets : [],
    quality: measurement.quality,
    dear: await dearEstimate(job, looked, options, surroundings),
  };
  if (doubts.secrets.length === 0 && doubts.quality.length === 0 && !doubts.dear)
    return { seen: looked, send: true };
  const decision = await options.confirm(doubts);
  if (signal.aborted) throw new CancelledError();
  if (decision !== "uncovered") return { seen: looked, send: decision === "covered" };
  const uncovered = { ...measurement, covered: false };
  const limits = limitsFor(options.model, job.detail);
  return { seen: await prepareAgain(job, source, uncovered, limits, options, surroundings), send: true };
}

/** What a question most likely costs, where that is too much to be spent unasked. */
async function dearEstimate(
  job: Job,
  seen: Looked,
  { model, confirmAbove = Number.POSITIVE_INFINITY }: RunOptions,
  { ledger, prices }: Surroundings,
): Promise<Estimate | undefined> {
  const tokens = allVisualTokens(seen.picture);
  const habits = await ledger.habits(job.id, model);
  const question = job.question(seen);
  const found = estimate(job, tokens, { model, prices: prices(), habits, question });
  return (found.cost ?? 0) > confirmAbove ? found : undefined;
}
