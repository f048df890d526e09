import type { BatchApi } from "../../providers/batch.js";
import type { LabelledPicture, LabelledPictures, SourcePicture } from "../../sources/picture.js";
import type { Batch, BatchItem, BatchStore } from "../../store/batches/batchStore.js";
import { CommandBudget } from "../../store/ledger/budget.js";
import { workflowOf } from "../../workflows/index.js";
import type { RunDependencies } from "../types.js";
import type { TooLarge } from "./collect.js";
import { type BatchSource, submitBatch } from "./submit.js";

/**
 * Submits pictures that the API found too large once more, as large as it takes them. One that is gone, or another by
 * now, stays failed.
 *
 * @param pictureAt reads a picture at its URI
 * @returns how many questions are submitted
 * @throws UserError when a budget or the API refuses
 */
export async function resubmit(
  batch: Batch,
  tooLarge: readonly TooLarge[],
  pictureAt: (uri: string) => Promise<SourcePicture>,
  api: BatchApi,
  store: BatchStore,
  deps: RunDependencies,
  signal: AbortSignal,
): Promise<number> {
  const workflow = workflowOf(batch.workflow);
  const sources: BatchSource[] = [];
  for (const { item, limits } of tooLarge) {
    for (const uris of item.copies) {
      const pictures = await sameAs(item, uris, pictureAt);
      if (pictures) sources.push({ pictures, smaller: limits, settings: item.settings });
    }
  }
  // Whoever submitted a model without a known price has agreed to that.
  const commandBudget = new CommandBudget({ allowsUnknownPrice: true });
  const options = { baseUrl: batch.baseUrl, signal, commandBudget };
  if (sources.length > 0) await submitBatch(workflow, sources, options, api, store, deps);
  return sources.length;
}

/** The pictures of an item; undefined when one is gone, or another by now. */
async function sameAs(
  { settings: { pictures } }: BatchItem,
  uris: readonly string[],
  pictureAt: (uri: string) => Promise<SourcePicture>,
): Promise<LabelledPictures | undefined> {
  const found: LabelledPicture[] = [];
  for (const [index, { id, label }] of pictures.entries()) {
    const picture = await pictureAt(uris[index] ?? "").catch(() => undefined);
    if (picture?.id !== id) return undefined;
    found.push({ ...picture, label });
  }
  const [first, ...others] = found;
  return first && [first, ...others];
}
