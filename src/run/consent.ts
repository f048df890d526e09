import { CancelledError } from "../errors.js";
import { allVisualTokens } from "../image/prepared.js";
import type { RunContext } from "./context.js";
import { type Estimate, estimate } from "./estimate.js";
import type { PreparedRunPictures } from "./prepare.js";
import type { ConsentRequest, Decision } from "./types.js";

/** The share of unread lines from which a person is asked. Of a screenshot, nearly none is unread; of a drawing, a few. */
export const mostIllegible = 0.4;

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
  const illegible = Math.max(...pictures.map(({ measurement }) => measurement.illegible ?? 0));
  const asked: ConsentRequest = {
    secrets: redaction === "ask" ? pictures.flatMap(({ measurement }) => measurement.secrets) : [],
    quality: pictures.flatMap(({ measurement }) => measurement.quality),
    illegible: redaction === "ask" && illegible > mostIllegible ? illegible : undefined,
    aboveThreshold: (estimated.cost ?? 0) > confirmAbove ? estimated : undefined,
    unpricedModel: estimated.cost === undefined && !commandBudget.allowsUnknownPrice ? model : undefined,
  };
  const { secrets, quality, ...reasons } = asked;
  const isFine = Object.values(reasons).every((reason) => reason === undefined);
  if (secrets.length === 0 && quality.length === 0 && isFine) return "covered";
  const decision = await confirm(asked);
  if (signal.aborted) throw new CancelledError();
  if (decision !== "nothing" && asked.unpricedModel) commandBudget.allowsUnknownPrice = true;
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
