import { toUserError } from "../../errors.js";
import type { ImageLimits } from "../../image/limits.js";
import { limitsOf } from "../../image/limits.js";
import type { BatchAnswer, BatchApi } from "../../providers/anthropic/batches.js";
import { costOf, type PriceList } from "../../providers/anthropic/prices.js";
import { noUsage } from "../../providers/anthropic/usage.js";
import type { Outcome } from "../../providers/anthropic/usageRecorder.js";
import { type Cache, storedAnswer } from "../../store/answers.js";
import type { Batch, BatchItem, BatchStore, ItemOutcome } from "../../store/batches/batchStore.js";
import type { Ledger } from "../../store/ledger/ledger.js";
import { workflows } from "../../workflows/index.js";
import { smallerLimits } from "../askWithResize.js";
import { answerKey } from "../keys.js";
import { withoutSecrets } from "../withoutSecrets.js";

/** Answers that are written down together. */
const portion = 100;

/** A picture that the API found too large, and what it finds small enough. */
export interface TooLarge {
  item: BatchItem;
  limits: ImageLimits;
}

export interface CollectSurroundings {
  store: BatchStore;
  cache: Cache;
  ledger: Ledger;
  prices(): PriceList;
}

/**
 * Fetches the answers of a batch that has ended: each is matched by its id, validated, put where runs look for answers,
 * and booked. Done twice, it changes nothing.
 *
 * @returns the pictures that may be submitted again, smaller; undefined when the batch is another than it was taken for
 */
export async function collect(
  batch: Batch & { id: string },
  api: BatchApi,
  { store, cache, ledger, prices }: CollectSurroundings,
  signal: AbortSignal,
): Promise<TooLarge[] | undefined> {
  const workflow = workflows[batch.workflow];
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
    const smaller =
      answer.type === "failed" && !item.isSmaller && smallerLimits(answer.error, limitsOf(batch.model));
    if (smaller) tooLarge.push({ item, limits: smaller });
    outcomes.push(outcomeOf(item, answer));
    bills.push({ id: item.entry, outcome: billOf(answer) });
    if (outcomes.length >= portion) await write();
  }
  await write();
  await store.collected(batch.local);
  return tooLarge;

  async function keep(
    item: BatchItem,
    { value, usage = noUsage }: BatchAnswer & { type: "answered" },
  ): Promise<void> {
    const { sha256, hash, picture, covered } = item;
    const answer = withoutSecrets(value, batch.redaction, item);
    const cost = costOf(prices(), batch.model, usage, true);
    const asked = { answer, model: batch.model, usage, cost, requestId: undefined };
    const about = { picture, measurement: { covered } };
    await cache.keepAnswer(answerKey(sha256, hash), storedAnswer(asked, about));
  }
}

function outcomeOf({ hash, name }: BatchItem, answer: BatchAnswer): ItemOutcome {
  switch (answer.type) {
    case "answered":
      return { hash, state: "answered" };
    case "failed":
      return { hash, state: "failed", reason: toUserError(answer.error, name).message };
    case "expired":
      return { hash, state: "expired", reason: "The API did not get to it within a day. Run it again." };
    case "cancelled":
      return { hash, state: "cancelled", reason: "Cancelled before it was answered." };
  }
}

/** What is not answered is not billed; what was answered is, even if it is of no use. */
const billOf = ({ usage }: BatchAnswer): Outcome =>
  usage ? { type: "billed", usage, requestId: undefined } : { type: "unbilled" };
