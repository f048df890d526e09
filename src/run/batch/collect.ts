import { toUserError } from "../../errors.js";
import type { ImageLimits } from "../../image/limits.js";
import type { BatchAnswer, BatchApi } from "../../providers/batch.js";
import { costOf, type PriceList } from "../../providers/prices.js";
import { noUsage } from "../../providers/usage.js";
import type { Outcome } from "../../providers/usageRecorder.js";
import { type Cache, storedAnswer } from "../../store/answers.js";
import type { Batch, BatchItem, BatchStore, ItemOutcome } from "../../store/batches/batchStore.js";
import type { Ledger } from "../../store/ledger/ledger.js";
import { workflowOf } from "../../workflows/index.js";
import { smallerLimits } from "../askWithResize.js";
import type { ProviderFacts } from "../types.js";
import { withoutSecrets } from "../withoutSecrets.js";

/** Answers that are written down together. */
const portion = 100;

/** A question whose pictures the API found too large, and what it finds small enough. */
export interface TooLarge {
  item: BatchItem;
  limits: ImageLimits;
}

export interface CollectDependencies {
  store: BatchStore;
  cache: Cache;
  ledger: Ledger;
  provider: ProviderFacts;
  prices(): PriceList;
}

/**
 * Fetches the answers of a batch that has ended: each is matched by its id, validated, put where runs look for answers,
 * and booked. Done twice, it changes nothing. The batch stays open until its caller closes it.
 *
 * @returns the questions that may be submitted again, smaller; undefined when the batch is another than it was taken for
 */
export async function collect(
  batch: Batch & { id: string },
  api: BatchApi,
  { store, cache, ledger, prices, provider }: CollectDependencies,
  signal: AbortSignal,
): Promise<TooLarge[] | undefined> {
  const workflow = workflowOf(batch.workflow);
  const tooLarge: TooLarge[] = [];
  let outcomes: ItemOutcome[] = [];
  let bills: Array<{ id: string; outcome: Outcome }> = [];
  const write = async () => {
    await ledger.settleAll(bills);
    await store.outcomes(batch.local, outcomes);
    [outcomes, bills] = [[], []];
  };
  let isOurs = false;
  for await (const answer of api.results(batch.id, () => workflow.schema, signal)) {
    const item = batch.items.get(answer.customId);
    if (!item) {
      if (isOurs) continue;
      await store.misattributed(batch.local, batch.id);
      return undefined;
    }
    isOurs = true;
    if (answer.type === "answered") await keep(item, answer);
    const limits = provider.limitsFor(item.settings.model);
    const smaller =
      answer.type === "failed" && !item.isSmaller && smallerLimits(answer.error, limits, provider);
    if (smaller) tooLarge.push({ item, limits: smaller });
    outcomes.push(outcomeOf(item, answer));
    bills.push({ id: item.entry, outcome: billOf(answer) });
    if (outcomes.length >= portion) await write();
  }
  await write();
  return tooLarge;

  async function keep(
    { settings, pictures }: BatchItem,
    { value, usage = noUsage }: BatchAnswer & { type: "answered" },
  ): Promise<void> {
    const isCovered = settings.redaction === "covered" && pictures.every(({ covered }) => covered);
    const cost = costOf(prices(), settings.model, usage, true);
    const response = { answer: withoutSecrets(value, isCovered), usage, cost, requestId: undefined };
    await cache.keepAnswer(storedAnswer(settings, pictures, response));
  }
}

function outcomeOf({ runKey, name }: BatchItem, answer: BatchAnswer): ItemOutcome {
  switch (answer.type) {
    case "answered":
      return { runKey, state: "answered" };
    case "failed":
      return { runKey, state: "failed", reason: toUserError(answer.error, name).message };
    case "expired":
      return { runKey, state: "expired", reason: "The API did not get to it within a day. Run it again." };
    case "cancelled":
      return { runKey, state: "cancelled", reason: "Cancelled before it was answered." };
  }
}

/** What is not answered is not billed; what was answered is, even if it is of no use. */
const billOf = ({ usage }: BatchAnswer): Outcome =>
  usage ? { type: "billed", usage, requestId: undefined } : { type: "unbilled" };
