import { CancelledError } from "../errors.js";
import { limitsOf } from "../image/limits.js";
import { allVisualTokens } from "../image/prepared.js";
import type { Measurement } from "../measure/measurement.js";
import type { Workflow } from "../workflows/workflow.js";
import { type Estimate, estimate } from "./estimate.js";
import { type OpenedInput, prepareAgain } from "./prepare.js";
import type { ImageSource, RunDependencies, RunOptions } from "./runner.js";

/** What is sent: the picture with its secrets covered, as it is, or nothing, and it is measured alone. */
export type Decision = "covered" | "uncovered" | "nothing";

/** What a person should decide before a picture is sent. */
export interface ConsentRequest {
  /** To be covered or sent as they are; empty when that is settled. */
  secrets: Measurement["secrets"];
  quality: Measurement["quality"];
  /** What it most likely costs, where that is more than is spent unasked. */
  aboveThreshold: Estimate | undefined;
}

/** Whatever a person should decide before the picture is sent is decided here. */
export async function decide(
  workflow: Workflow,
  source: ImageSource,
  looked: OpenedInput,
  options: RunOptions,
  dependencies: RunDependencies,
): Promise<{ seen: OpenedInput; send: boolean }> {
  const { redaction, signal } = options;
  const { measurement } = looked;
  if (options.offline || !options.confirm) return { seen: looked, send: !options.offline };
  const request: ConsentRequest = {
    secrets: redaction === "ask" ? measurement.secrets : [],
    quality: measurement.quality,
    aboveThreshold: await estimateAboveThreshold(workflow, looked, options, dependencies),
  };
  if (request.secrets.length === 0 && request.quality.length === 0 && !request.aboveThreshold)
    return { seen: looked, send: true };
  const decision = await options.confirm(request);
  if (signal.aborted) throw new CancelledError();
  if (decision !== "uncovered") return { seen: looked, send: decision === "covered" };
  const uncovered = { ...measurement, covered: false };
  const limits = limitsOf(options.model);
  return { seen: await prepareAgain(workflow, source, uncovered, limits, options, dependencies), send: true };
}

/** What a question most likely costs, where that is too much to be spent unasked. */
async function estimateAboveThreshold(
  workflow: Workflow,
  seen: OpenedInput,
  { model, confirmAbove = Number.POSITIVE_INFINITY }: RunOptions,
  { ledger, prices }: RunDependencies,
): Promise<Estimate | undefined> {
  const tokens = allVisualTokens(seen.picture);
  const recentUsage = await ledger.recentUsage(workflow.id, model);
  const question = workflow.question(seen);
  const found = estimate(workflow, tokens, { model, prices: prices(), recentUsage, question });
  return (found.cost ?? 0) > confirmAbove ? found : undefined;
}
