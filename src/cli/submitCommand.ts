import { UserError } from "../errors.js";
import type { WorkflowId } from "../report.js";
import { type BatchSource, type Submitted, submitBatch } from "../run/batch/submit.js";
import { askSettings } from "../run/settings.js";
import { pictureAt } from "../sources/index.js";
import { onlyPicture } from "../sources/picture.js";
import type { Batch } from "../store/batches/batchStore.js";
import { runKey } from "../store/runs/askSettings.js";
import { workflowOf } from "../workflows/index.js";
import { batchApiOf, type CliContext, settingsOf } from "./context.js";
import { lookAfterOpen } from "./lookAfter.js";
import type { Options } from "./options.js";
import { logStderr, writeStdout } from "./terminal.js";
import { exit } from "./writeSummaries.js";

/** Pictures that are prepared between two signs of life. */
const saidEvery = 100;

/** Submits pictures, and prints the ids of the batches that will have their answers. */
export async function submit(
  workflow: WorkflowId,
  paths: readonly string[],
  options: Options,
  context: CliContext,
  signal: AbortSignal,
): Promise<number> {
  const api = await batchApiOf(context);
  await findBroken(context, signal);
  const before = new Set((await context.app.batches.list()).map(({ local }) => local));
  const { sources, failures } = await sourcesOf(workflow, paths, options, context, signal);
  const submitted = await submitBatch(
    workflowOf(workflow),
    sources,
    {
      baseUrl: options["base-url"],
      commandBudget: context.commandBudget,
      signal,
      onPrepared: (count) => {
        if (count % saidEvery === 0) logStderr(`${count} of ${sources.length} prepared`);
      },
    },
    api,
    context.app.batches,
    await context.app.dependencies(undefined),
  );
  await findBroken(context, signal);
  for (const each of submitted) if (each.state === "failed") failures.push(each.error);
  for (const failure of failures) logStderr(failure.message);
  const known = submitted.filter(({ state }) => state === "known").length;
  if (known > 0)
    logStderr(`${known} of the answers are known already: run the same without --batch to see them.`);
  const areNamed = say(await batchesOf(submitted, context), before);
  return areNamed ? (failures.length > 0 ? exit.usage : exit.fine) : exit.api;
}

/** What broke off while it was submitted is found in the API's list, or is free to be submitted again. */
const findBroken = (context: CliContext, signal: AbortSignal): Promise<void> =>
  lookAfterOpen(context, signal, ({ id }) => id === undefined);

/** The pictures that can be read, and why the others cannot. */
async function sourcesOf(
  workflow: WorkflowId,
  paths: readonly string[],
  options: Options,
  { app: { provider } }: CliContext,
  signal: AbortSignal,
) {
  const sources: BatchSource[] = [];
  const failures: UserError[] = [];
  for (const path of paths) {
    try {
      const pictures = onlyPicture(await pictureAt(path, signal), options.cover);
      const request = {
        workflow: workflowOf(workflow),
        pictures,
        settings: settingsOf(options, workflowOf(workflow)),
      };
      sources.push({ pictures, settings: askSettings(request, provider) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error.about(path));
    }
  }
  return { sources, failures };
}

/** The batches, new or not, that were made or begun for these questions. */
async function batchesOf(submitted: readonly Submitted[], { app }: CliContext): Promise<Batch[]> {
  const keys = submitted.flatMap((each) => (each.state === "waiting" ? [runKey(each.settings)] : []));
  const latest = new Map<string, Batch>();
  for (const batch of await app.batches.list()) for (const key of batch.items.keys()) latest.set(key, batch);
  return [...new Set(keys.flatMap((key) => latest.get(key) ?? []))];
}

/** @returns whether all of them have an id */
function say(batches: readonly Batch[], before: ReadonlySet<string>): boolean {
  for (const { local, id, count, isClosed } of batches) {
    if (id === undefined) {
      logStderr(
        isClosed
          ? `A batch of ${count} was not made: the connection broke, or the API failed. Run the same again.`
          : "Some are just being submitted elsewhere. Run the same again for the batch's id.",
      );
      continue;
    }
    logStderr(
      before.has(local)
        ? `Some are awaited already: batch wait ${id}`
        : `${count} questions are submitted, to be answered within a day: batch wait ${id}`,
    );
    writeStdout(`${id}\n`);
  }
  return batches.every(({ id }) => id !== undefined);
}
