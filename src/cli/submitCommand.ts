import { pathToFileURL } from "node:url";
import { UserError } from "../errors.js";
import type { WorkflowId } from "../report.js";
import { type BatchSource, type Submitted, submitBatch } from "../run/batch/submit.js";
import type { Batch } from "../store/batches/batchStore.js";
import { Purse } from "../store/ledger/budget.js";
import { jobs } from "../workflows/index.js";
import type { Options } from "./arguments.js";
import { exit } from "./conclude.js";
import { lookAfterOpen } from "./lookAfter.js";
import { batchApiOf, type Machine, measuringOf } from "./machine.js";
import { pictureAt } from "./pictures.js";
import { tell } from "./tell.js";

/** Pictures that are prepared between two signs of life. */
const saidEvery = 100;

/** Submits pictures, and prints the ids of the batches that will have their answers. */
export async function submit(
  job: WorkflowId,
  paths: readonly string[],
  options: Options,
  machine: Machine,
  signal: AbortSignal,
): Promise<number> {
  const api = await batchApiOf(machine);
  await findBroken(machine, signal);
  const before = new Set((await machine.batches.list()).map(({ local }) => local));
  const { sources, failures } = await sourcesOf(paths);
  const submitted = await submitBatch(
    jobs[job],
    sources,
    {
      model: options.model,
      effort: options.effort,
      redaction: options.redaction,
      baseUrl: options["base-url"],
      measuring: measuringOf(options),
      purse: new Purse(),
      signal,
      onPrepared: (count) => {
        if (count % saidEvery === 0) tell(`${count} of ${sources.length} prepared`);
      },
    },
    api,
    machine.batches,
    await machine.machinery.surroundings(undefined),
  );
  await findBroken(machine, signal);
  for (const each of submitted) if (each.state === "failed") failures.push(each.error);
  for (const failure of failures) tell(failure.message);
  const known = submitted.filter(({ state }) => state === "known").length;
  if (known > 0) tell(`${known} of the answers are known already: run the same without --batch to see them.`);
  const areNamed = say(await batchesOf(submitted, machine), before);
  return areNamed ? (failures.length > 0 ? exit.usage : exit.fine) : exit.api;
}

/** What broke off while it was submitted is found in the API's list, or is free to be submitted again. */
const findBroken = (machine: Machine, signal: AbortSignal): Promise<void> =>
  lookAfterOpen(machine, signal, ({ id }) => id === undefined);

/** The pictures that can be read, and why the others cannot. */
async function sourcesOf(paths: readonly string[]) {
  const sources: BatchSource[] = [];
  const failures: UserError[] = [];
  for (const path of paths) {
    try {
      sources.push({ ...(await pictureAt(path)), source: pathToFileURL(path).href });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error.about(path));
    }
  }
  return { sources, failures };
}

/** The batches, new or not, that were made or begun for these questions. */
async function batchesOf(submitted: readonly Submitted[], { batches }: Machine): Promise<Batch[]> {
  const hashes = submitted.flatMap((each) => (each.state === "waiting" ? [each.hash] : []));
  const latest = new Map<string, Batch>();
  for (const batch of await batches.list()) for (const hash of batch.items.keys()) latest.set(hash, batch);
  return [...new Set(hashes.flatMap((hash) => latest.get(hash) ?? []))];
}

/** @returns whether all of them have an id */
function say(batches: readonly Batch[], before: ReadonlySet<string>): boolean {
  for (const { local, id, count, isClosed } of batches) {
    if (id === undefined) {
      tell(
        isClosed
          ? `A batch of ${count} was not made: the connection broke, or the API failed. Run the same again.`
          : "Some are just being submitted elsewhere. Run the same again for the batch's id.",
      );
      continue;
    }
    tell(
      before.has(local)
        ? `Some are awaited already: batch wait ${id}`
        : `${count} questions are submitted, to be answered within a day: batch wait ${id}`,
    );
    process.stdout.write(`${id}\n`);
  }
  return batches.every(({ id }) => id !== undefined);
}
