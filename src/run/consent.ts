import { CancelledError } from "../errors.js";
import { allVisualTokens } from "../image/prepared.js";
import type { RunContext } from "./context.js";
import { type Estimate, estimate } from "./estimate.js";
import type { PreparedRunPictures } from "./prepare.js";
import type { ConsentRequest, Decision } from "./types.js";

/**
 * Lets the person decide whatever should be decided before pictures are sent.
 *
 * @throws CancelledError when they are not to be sent
 */
export async function consent(context: RunContext, pictures: PreparedRunPictures): Promise<Decision> {
  const { request, commandBudget, signal, confirm } = context;
  if (!confirm) return "covered";
  const { model, redaction } = request.settings;
  const { confirmAbove = Number.POSITIVE_INFINITY } = request;
  const estimated = await estimateOf(context, pictures);
  const asked: ConsentRequest = {
    secrets: redaction === "ask" ? pictures.flatMap(({ measurement }) => measurement.secrets) : [],
    quality: pictures.flatMap(({ measurement }) => measurement.quality),
    aboveThreshold: (estimated.cost ?? 0) > confirmAbove ? estimated : undefined,
    unpricedModel: estimated.cost === undefined && !commandBudget.allowsUnknownPrice ? model : undefined,
  };
  const { secrets, quality, aboveThreshold, unpricedModel } = asked;
  if (secrets.length === 0 && quality.length === 0 && !aboveThreshold && !unpricedModel) return "covered";
  const decision = await confirm(asked);
  if (signal.aborted) throw new CancelledError();
  if (decision !== "nothing" && unpricedModel) commandBudget.allowsUnknownPrice = true;
  return decision;
}

/** What the question most likely costs. */
async function estimateOf(
  { workflow, settings, deps: { ledger, prices } }: RunContext,
  pictures: PreparedRunPictures,
): Promise<Estimate> {
  const { model, parameters } = settings;
  const tokens = pictures.reduce((sum, { prepared }) => sum + allVisualTokens(prepared), 0);
  const recentUsage = await ledger.recentUsage(workflow.id, model);
  const question = workflow.question(pictures, parameters);
  return estimate(workflow, tokens, { model, prices: prices(), recentUsage, question });
}
