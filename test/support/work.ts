import assert from "node:assert/strict";
import { createBatchApi } from "../../src/providers/anthropic/batches.js";
import { pollBatches } from "../../src/run/batch/pollBatches.js";
import { submitBatch } from "../../src/run/batch/submit.js";
import { run } from "../../src/run/runner.js";
import { BatchStore } from "../../src/store/batches/batchStore.js";
import { workflows } from "../../src/workflows/index.js";
import { goodKey } from "./apiDouble.js";
import { dependenciesOf, numberedSource, runOptions } from "./dependencies.js";
import { storesIn, type TestStores } from "./stores.js";

const { signal } = new AbortController();

/** Runs a workflow on pictures and keeps what comes of it, as a window or the command line does. */
async function runEach(
  stores: TestStores,
  url: string | undefined,
  numbers: readonly number[],
): Promise<void> {
  for (const number of numbers) {
    const around = dependenciesOf(stores, url);
    const ask = around.ask ?? (() => assert.fail("nothing is to be asked"));
    const options = { ...runOptions, signal, needsPicture: true };
    const result = await run(workflows.triage, await numberedSource(number), options, { ...around, ask });
    await stores.history.keep(result, undefined);
  }
}

/** Submits the pictures whose answers are not known, and waits for them. */
async function batchAll(stores: TestStores, url: string, numbers: readonly number[]): Promise<void> {
  const store = new BatchStore(stores.storage);
  const api = createBatchApi({ apiKey: goodKey, baseUrl: url });
  const sources = await Promise.all(
    numbers.map(async (number) => ({ ...(await numberedSource(number)), source: undefined })),
  );
  const options = { ...runOptions, baseUrl: url, signal };
  const submit = () => submitBatch(workflows.triage, sources, options, api, store, dependenciesOf(stores));
  for (let states = await submit(); states.some(({ state }) => state !== "known"); states = await submit())
    while ((await pollBatches(await store.list(), api, { ...stores, store, signal })) > 0);
}

export const work = { run: runEach, batch: batchAll };

/** Everything is there, whole, and nothing has to be asked. */
export async function everythingIsThere(folder: string, numbers: readonly number[]): Promise<void> {
  const stores = storesIn(folder);
  await runEach(stores, undefined, numbers);
  assert.deepEqual([stores.damages, stores.troubles], [[], []]);
  assert.equal((await storesIn(folder).history.list()).length, numbers.length);
}
