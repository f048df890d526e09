import type { BatchApi } from "../../providers/anthropic/batches.js";
import { askedAs, type Batch, type BatchStore } from "../../store/batches/batchStore.js";
import { workflows } from "../../workflows/index.js";
import type { ImageSource, RunDependencies } from "../runner.js";
import type { TooLarge } from "./collect.js";
import { type BatchSource, submitBatch } from "./submit.js";

/**
 * Submits pictures that the API found too large once more, as large as it takes them. One that is gone, or another by
 * now, stays failed.
 *
 * @param pictureAt reads a picture at its URI
 * @returns how many places' pictures are submitted
 * @throws UserError when a budget or the API refuses
 */
export async function resubmit(
  batch: Batch,
  tooLarge: readonly TooLarge[],
  pictureAt: (source: string) => Promise<ImageSource>,
  api: BatchApi,
  store: BatchStore,
  dependencies: RunDependencies,
  signal: AbortSignal,
): Promise<number> {
  const sources: BatchSource[] = [];
  for (const { item, limits } of tooLarge) {
    for (const source of item.sources) {
      const picture = await pictureAt(source).catch(() => undefined);
      if (picture?.sha256 === item.sha256) sources.push({ ...picture, source, smaller: limits });
    }
  }
  const options = { ...askedAs(batch), baseUrl: batch.baseUrl, signal };
  if (sources.length > 0)
    await submitBatch(workflows[batch.workflow], sources, options, api, store, dependencies);
  return sources.length;
}
