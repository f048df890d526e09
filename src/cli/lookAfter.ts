import type { BatchApi } from "../providers/batch.js";
import type { TooLarge } from "../run/batch/collect.js";
import { pollBatches } from "../run/batch/pollBatches.js";
import { resubmit } from "../run/batch/resubmit.js";
import type { Batch } from "../store/batches/batchStore.js";
import { batchApiOf, type CliContext } from "./context.js";
import { pathOf } from "./pictures.js";
import { logStderr } from "./terminal.js";

/** Looks once after the open batches that were submitted here: answers that have arrived are known from then on. */
export async function lookAfterOpen(
  context: CliContext,
  signal: AbortSignal,
  isMeant: (batch: Batch) => boolean = () => true,
): Promise<void> {
  const isOpen = ({ isClosed, baseUrl }: Batch) => !isClosed && baseUrl === context.connection?.baseUrl;
  const open = (await context.app.batches.list()).filter((batch) => isOpen(batch) && isMeant(batch));
  if (open.length > 0) await lookAfter(open, await batchApiOf(context), context, signal);
}

/** Looks once after these batches, when no other process does. */
export async function lookAfter(
  meant: readonly Batch[],
  api: BatchApi,
  { app, sources }: CliContext,
  signal: AbortSignal,
): Promise<void> {
  const { batches: store } = app;
  const deps = await app.dependencies(undefined);
  const onTooLarge = async (batch: Batch, tooLarge: readonly TooLarge[]) => {
    const pictureOf = (source: string) => sources.pictureAt(pathOf(source), signal);
    const count = await resubmit(batch, tooLarge, pictureOf, api, store, deps, signal);
    if (count === 0) return;
    logStderr(`${count} pictures were too large, and are submitted again, smaller.`);
    for (const { id, isClosed } of await store.list()) if (!isClosed && id) logStderr(`batch wait ${id}`);
  };
  const turn = await store.watch(signal);
  try {
    // Another process may have had its turn meanwhile.
    const now = await Promise.all(meant.map(async (batch) => (await store.find(batch.local)) ?? batch));
    await pollBatches(now, api, { ...app, store, signal, onTooLarge });
  } finally {
    await turn.release();
  }
}
