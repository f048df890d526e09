import { createBatchApi } from "../../src/claude/batches.js";
import { BatchStore } from "../../src/pipeline/batch/batchStore.js";
import { lookAfterBatches } from "../../src/pipeline/batch/lookAfterBatches.js";
import { submitBatch } from "../../src/pipeline/batch/submit.js";
import { runMany } from "../../src/pipeline/many/runMany.js";
import { run, type Surroundings } from "../../src/pipeline/run.js";
import { jobs } from "../../src/workflows/index.js";
import { goodKey } from "./apiDouble.js";
import { aroundOf, numberedSource, runOptions } from "./around.js";
import { storesIn } from "./stores.js";

/**
 * A process that does a part of the work, to be killed at a stage of it: when it gets there, it says so and goes no
 * further. Without a stage, it does everything and says what came of it.
 *
 * Arguments: folder, address of the API, `run` or `batch`, how many pictures, stage.
 */
const [folder = "", url = "", mode = "", count = "1", stage = ""] = process.argv.slice(2);
const { signal } = new AbortController();

function reached(name: string): Promise<void> {
  if (stage !== name) return Promise.resolve();
  process.stdout.write(`reached ${name}\n`);
  return new Promise((resolve) => setTimeout(resolve, 60_000));
}

/** The same object, which stops before and after one of its methods. */
function stopping<T extends object>(target: T, stages: Partial<Record<keyof T, string>>): T {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name);
      const where = stages[name as keyof T];
      if (typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        if (where) await reached(`before ${where}`);
        const result: unknown = await value.apply(object, args);
        if (where) await reached(`after ${where}`);
        return result;
      };
    },
  });
}

const stores = storesIn(folder);
const real = aroundOf(stores, url);
const { ask } = real;
if (!ask) throw new Error("There is an address");
const stoppingAsk: NonNullable<Surroundings["ask"]> = async (question, options) => {
  await reached("before asking");
  const answer = await ask(question, {
    ...options,
    onText: () => {
      if (stage === "while answering") void reached(stage);
    },
  });
  await reached("after asking");
  return answer;
};
const around: Surroundings = {
  ...real,
  ask: stoppingAsk,
  cache: stopping(stores.cache, {
    keepAnswer: "keeping the answer",
    keepMeasurement: "keeping the measurement",
  }),
};
const sources = await Promise.all(Array.from({ length: Number(count) }, (_, at) => numberedSource(at)));

if (mode === "run") {
  const history = stopping(stores.history, { keep: "keeping the run" });
  await runMany({
    pictures: sources,
    nameOf: ({ name }) => name,
    atOnce: () => 1,
    signal,
    work: async (source) => {
      const options = { ...runOptions, signal, needsPicture: true };
      await history.keep(await run(jobs.triage, source, options, around), undefined);
    },
    onEnd: (_, outcome) => {
      if (!("done" in outcome)) throw new Error(JSON.stringify(outcome));
    },
  });
} else {
  const store = new BatchStore(stores.storage);
  const api = createBatchApi({ apiKey: goodKey, baseUrl: url });
  const stoppingApi = stopping(api, { create: "creating" });
  const stoppingStore = stopping(store, {
    intend: "the intent",
    submitted: "storing the id",
    outcomes: "the outcomes",
    collected: "the end",
  });
  const batched = sources.map((source) => ({ ...source, source: undefined }));
  const options = { ...runOptions, baseUrl: url, signal };
  const submit = () => submitBatch(jobs.triage, batched, options, stoppingApi, stoppingStore, around);
  for (let states = await submit(); states.some(({ state }) => state !== "known"); states = await submit()) {
    process.stdout.write("submitted\n");
    // It ends when the one who started this lets it.
    while ((await lookAfterBatches(await store.list(), api, { ...stores, store: stoppingStore, signal })) > 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
process.stdout.write("done\n");
process.exit();
