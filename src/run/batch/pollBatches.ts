import { type BatchApi, type BatchStatus, UnknownBatchError } from "../../providers/anthropic/batches.js";
import type { Batch } from "../../store/batches/batchStore.js";
import { type CollectSurroundings, collect, type TooLarge } from "./collect.js";

/** A batch whose submission broke off is looked for among those made from so long before it. Milliseconds. */
const clockSkew = 60_000;

export interface LookAfterOptions extends CollectSurroundings {
  signal: AbortSignal;
  /** Told how a batch is doing. */
  onStatus?: (batch: Batch, status: BatchStatus) => void;
  /** Submits pictures again, smaller. */
  onTooLarge?: (batch: Batch, tooLarge: readonly TooLarge[]) => Promise<void>;
}

/**
 * Looks once after each of these batches that may still have answers: finds those whose submission broke off, and
 * collects those that have ended. To be called by one process at a time.
 *
 * @returns how many are still open
 * @throws UserError when the API cannot be reached: nothing is lost, and it can be called again
 */
export async function pollBatches(
  batches: readonly Batch[],
  api: BatchApi,
  options: LookAfterOptions,
): Promise<number> {
  const known = new Set((await options.store.list()).flatMap(({ id }) => id ?? []));
  let open = 0;
  let wrong: unknown;
  for (const batch of batches) {
    if (batch.isClosed) continue;
    try {
      if (await isStillOpen(batch, known, api, options)) open++;
    } catch (error) {
      open++;
      // One that cannot be looked after stops no other.
      wrong ??= error;
    }
  }
  if (wrong) throw wrong;
  return open;
}

async function isStillOpen(
  batch: Batch,
  known: Set<string>,
  api: BatchApi,
  options: LookAfterOptions,
): Promise<boolean> {
  const id = batch.id ?? (await foundAlone(batch, known, api, options));
  if (id === "submitting") return true;
  if (id === undefined) return false;
  known.add(id);
  try {
    const status = await api.status(id, options.signal);
    options.onStatus?.(batch, status);
    if (status.state !== "ended") return true;
  } catch (error) {
    if (!(error instanceof UnknownBatchError)) throw error;
    await options.store.refused(batch.local, error.message);
    return false;
  }
  const tooLarge = await collect({ ...batch, id }, api, options, options.signal);
  if (tooLarge === undefined) return true;
  if (tooLarge.length === 0 || !options.onTooLarge) return false;
  await options.onTooLarge(batch, tooLarge);
  return true;
}

/** While a batch is being submitted, nobody else looks for it. */
async function foundAlone(
  batch: Batch,
  known: ReadonlySet<string>,
  api: BatchApi,
  options: LookAfterOptions,
): Promise<string | "submitting" | undefined> {
  const hold = await options.store.claim(batch.local);
  if (!hold) return "submitting";
  try {
    // It may have been submitted since it was listed.
    const now = (await options.store.find(batch.local)) ?? batch;
    return now.isClosed ? undefined : (now.id ?? (await found(now, known, api, options)));
  } finally {
    await hold.release();
  }
}

/**
 * The id of a batch of which it is not known whether the API has it: the first that was made after it was intended, with
 * as many questions, and that is nobody else's. That it is the right one is seen by its answers.
 */
async function found(
  batch: Batch,
  known: ReadonlySet<string>,
  api: BatchApi,
  { store, ledger, signal }: LookAfterOptions,
): Promise<string | undefined> {
  const from = Date.parse(batch.time) - clockSkew;
  const candidates: BatchStatus[] = [];
  for await (const status of api.list(signal)) {
    if (Date.parse(status.createdAt) < from) break;
    const { processing, succeeded, errored, canceled, expired } = status.counts;
    const count = processing + succeeded + errored + canceled + expired;
    if (count === batch.count && !known.has(status.id) && !batch.misattributed.has(status.id))
      candidates.push(status);
  }
  const id = candidates.at(-1)?.id;
  if (id === undefined) {
    await store.refused(
      batch.local,
      "The batch was not made: the connection broke, or the API failed. Run it again.",
    );
    await ledger.settleAll(
      [...batch.items.values()].map(({ entry }) => ({ id: entry, outcome: { type: "unbilled" } })),
    );
  } else await store.submitted(batch.local, id);
  return id;
}
