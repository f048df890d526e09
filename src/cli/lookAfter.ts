import type { BatchApi } from "../providers/anthropic/batches.js";
import type { TooLarge } from "../run/batch/collect.js";
import { lookAfterBatches } from "../run/batch/pollBatches.js";
import { resubmit } from "../run/batch/resubmit.js";
import type { Batch } from "../store/batches/batchStore.js";
import { batchApiOf, type Machine } from "./machine.js";
import { pathOf, pictureAt } from "./pictures.js";
import { tell } from "./tell.js";

/** Looks once after the open batches that were submitted here: answers that have arrived are known from then on. */
export async function lookAfterOpen(
  machine: Machine,
  signal: AbortSignal,
  isMeant: (batch: Batch) => boolean = () => true,
): Promise<void> {
  const isOpen = ({ isClosed, baseUrl }: Batch) => !isClosed && baseUrl === machine.connection?.baseUrl;
  const open = (await machine.batches.list()).filter((batch) => isOpen(batch) && isMeant(batch));
  if (open.length > 0) await lookAfter(open, await batchApiOf(machine), machine, signal);
}

/** Looks once after these batches, when no other process does. */
export async function lookAfter(
  meant: readonly Batch[],
  api: BatchApi,
  { machinery, batches: store, cache, ledger, prices }: Machine,
  signal: AbortSignal,
): Promise<void> {
  const around = await machinery.surroundings(undefined);
  const onTooLarge = async (batch: Batch, tooLarge: readonly TooLarge[]) => {
    const pictureOf = (source: string) => pictureAt(pathOf(source));
    const count = await resubmit(batch, tooLarge, pictureOf, api, store, around, signal);
    if (count === 0) return;
    tell(`${count} pictures were too large, and are submitted again, smaller.`);
    for (const { id, isClosed } of await store.list()) if (!isClosed && id) tell(`batch wait ${id}`);
  };
  const turn = await store.watch(signal);
  try {
    // Another process may have had its turn meanwhile.
    const now = await Promise.all(meant.map(async (batch) => (await store.find(batch.local)) ?? batch));
    await lookAfterBatches(now, api, { store, cache, ledger, prices, signal, onTooLarge });
  } finally {
    await turn.release();
  }
}
