import { Uri } from "vscode";
import type { BatchApi } from "../claude/batches.js";
import { askedAs, type Batch } from "../pipeline/batch/batchStore.js";
import type { TooLarge } from "../pipeline/batch/collect.js";
import type { BatchSource } from "../pipeline/batch/submit.js";
import { jobs } from "../workflows/index.js";
import type { Services } from "./services.js";
import { subjectAt } from "./subjects.js";

/** Submits pictures that the API found too large once more, as large as it takes them. */
export async function resubmit(
  batch: Batch,
  tooLarge: readonly TooLarge[],
  api: BatchApi,
  { batches, surroundings }: Pick<Services, "batches" | "surroundings">,
): Promise<void> {
  const { submitBatch } = await import("../pipeline/batch/submit.js");
  const { workflow, baseUrl } = batch;
  const sources: BatchSource[] = [];
  for (const { item, limits } of tooLarge) {
    for (const source of item.sources) {
      const subject = await subjectAt(workflow, Uri.parse(source, true));
      sources.push({ ...subject, source, smaller: limits });
    }
  }
  const { signal } = new AbortController();
  const options = { ...askedAs(batch), baseUrl, signal };
  await submitBatch(jobs[workflow], sources, options, api, batches, await surroundings(undefined));
}
