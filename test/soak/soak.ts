import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createAsker } from "../../src/providers/anthropic/ask.js";
import { RequestScheduler } from "../../src/providers/anthropic/scheduler.js";
import { needsReview } from "../../src/report.js";
import { type Outcome, runMany } from "../../src/run/many/runMany.js";
import type { RunDependencies } from "../../src/run/types.js";
import { sha256OfFile } from "../../src/sources/file.js";
import { picturesIn } from "../../src/sources/folder.js";
import { runKey } from "../../src/store/runs/askSettings.js";
import { workflows } from "../../src/workflows/index.js";
import { ApiDouble, type Fault, goodKey } from "../support/apiDouble.js";
import { applicationOn } from "../support/application.js";
import { byContent } from "../support/byContent.js";
import { numbered, questionOf, runOptions } from "../support/dependencies.js";
import { run } from "../support/run.js";
import { freshFolder, storesIn } from "../support/stores.js";

/** Every kind of fault that the API knows. Waits are short: what is soaked is not the timeoutMs. */
const faults: Fault[] = [
  { status: 429, type: "rate_limit_error", headers: { "retry-after": "0" } },
  { status: 529, type: "overloaded_error", headers: { "retry-after": "0" } },
  { status: 500, type: "api_error", headers: { "retry-after": "0" } },
  { status: 400, type: "invalid_request_error" },
  { status: 413, type: "request_too_large" },
  "hang",
  "cut",
  "errorEvent",
  "invalidJson",
  "maxTokens",
  "refusal",
  "html",
  "reset",
];

export interface SoakOptions {
  pictures: number;
  /** Different files among them; one in twenty of these is no picture. */
  distinct: number;
  onProgress?: (done: number) => void;
}

export interface SoakResult {
  pictures: number;
  /** How often a picture ended in each state. */
  states: Record<"done" | "review" | "failed" | "cancelled", number>;
  /** Pictures that ended never, or more than once. */
  notOnce: number;
  /** Usable contents. */
  usable: number;
  questions: number;
  faults: number;
  /** Tokens by kind: what the ledger holds for certain, and what the double billed. */
  ledger: Record<"input" | "cacheWrite" | "cacheRead" | "output", number>;
  bill: Record<"input" | "cacheWrite" | "cacheRead" | "output", number>;
  /** Bytes of the heap and of buffers, after a tenth of the pictures and at the end. */
  memory: { early: number; end: number };
  /** Kinds of handles that are left open. */
  handles: string[];
  seconds: number;
  troubles: string[];
}

/** Runs many pictures against a double that fails in every way, and says what came of it. */
export async function soak({ pictures, distinct, onProgress }: SoakOptions): Promise<SoakResult> {
  const before = process.getActiveResourcesInfo();
  const start = performance.now();
  const folder = await freshFolder();
  const shots = join(folder, "shots");
  await mkdir(shots);
  for (let number = 0; number < pictures; number++) {
    const content = number % distinct;
    const bytes = content % 20 === 19 ? `no picture ${content}` : await numbered(content);
    await writeFile(join(shots, `${number}.png`), bytes);
  }
  const api = await new ApiDouble().start();
  api.remembers = false;
  // Every kind once, evenly spread: about one question in twenty.
  const every = Math.max(2, Math.floor(distinct / faults.length));
  api.nextFault = () => {
    const index = api.counts.questions;
    return index % every === every - 1 ? faults[Math.floor(index / every) % faults.length] : undefined;
  };
  const stores = storesIn(join(folder, "storage"));
  const app = applicationOn(stores);
  const ask = createAsker({ apiKey: goodKey, baseUrl: api.url }, new RequestScheduler(8), 5_000);
  const deps: RunDependencies = { ...(await app.dependencies(undefined)), ask };

  const paths = [];
  for (const same of (await byContent(picturesIn(shots))).values()) paths.push(...same);
  // The same content is spread over the whole run.
  paths.sort();
  const ended = new Array<number>(paths.length).fill(0);
  const states = { done: 0, review: 0, failed: 0, cancelled: 0 };
  const memory = { early: 0, end: 0 };
  const early = Math.max(1, Math.floor(pictures / 10));
  let finished = 0;
  await runMany({
    pictures: paths,
    nameOf: (path) => path,
    atOnce: () => 8,
    signal: new AbortController().signal,
    work: async (path) => {
      const source = { name: path, id: await sha256OfFile(path), bytes: () => readFile(path), uri: path };
      const isKept = await app.history.has(runKey(questionOf(workflows.triage, source).settings));
      const options = { ...runOptions, signal: new AbortController().signal, needsPicture: !isKept };
      const result = await run(workflows.triage, source, options, deps);
      await app.history.keep(result);
      return needsReview(result.report);
    },
    onEnd: (index, outcome: Outcome<boolean>) => {
      ended[index] = (ended[index] ?? 0) + 1;
      states[
        "done" in outcome ? (outcome.done ? "review" : "done") : "failed" in outcome ? "failed" : "cancelled"
      ]++;
      finished++;
      if (finished === early) memory.early = memoryNow();
      if (finished % 100 === 0) onProgress?.(finished);
    },
  });
  memory.end = memoryNow();
  const ledger = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };
  for (const { entries } of await app.ledger.all()) {
    for (const { usage, settled } of entries) {
      if (!settled) continue;
      ledger.input += usage.input;
      ledger.cacheWrite += usage.cacheWrite;
      ledger.cacheRead += usage.cacheRead;
      ledger.output += usage.output;
    }
  }
  app.dispose();
  await api.stop();
  // Sockets and processes that were closed are gone a moment later.
  let handles = leftOpen(before, process.getActiveResourcesInfo());
  for (let tries = 0; handles.length > 0 && tries < 100; tries++) {
    await pause(100);
    handles = leftOpen(before, process.getActiveResourcesInfo());
  }
  return {
    pictures,
    states,
    notOnce: ended.filter((times) => times !== 1).length,
    usable: distinct - Math.floor(distinct / 20),
    questions: api.counts.questions,
    faults: api.counts.faults,
    ledger,
    bill: { ...api.bill },
    memory,
    handles,
    seconds: (performance.now() - start) / 1000,
    troubles: [...stores.troubles, ...stores.damages],
  };
}

function memoryNow(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function leftOpen(before: readonly string[], after: readonly string[]): string[] {
  const known = [...before];
  return after.filter((kind) => {
    const index = known.indexOf(kind);
    if (index >= 0) known.splice(index, 1);
    return index < 0;
  });
}

/** What is wrong with a result, a sentence each; nothing, when all is as it should be. */
export function complaints({ states, notOnce, usable, ...result }: SoakResult): string[] {
  const { pictures, questions, faults: met, ledger, bill, memory, handles, troubles } = result;
  const ended = states.done + states.review + states.failed + states.cancelled;
  return [
    ...(ended === pictures && notOnce === 0
      ? []
      : [`${notOnce} of ${pictures} pictures ended not exactly once`]),
    ...(states.cancelled === 0 ? [] : [`${states.cancelled} pictures were cancelled by nobody`]),
    ...(questions - met <= usable ? [] : [`${questions} questions for ${usable} pictures and ${met} faults`]),
    ...(JSON.stringify(ledger) === JSON.stringify(bill)
      ? []
      : [`The ledger has ${JSON.stringify(ledger)}, the bill ${JSON.stringify(bill)}`]),
    // Without the collector at hand, memory says nothing.
    ...(globalThis.gc === undefined || memory.end <= memory.early * 1.2
      ? []
      : [`Memory grew from ${memory.early} to ${memory.end} bytes`]),
    ...(handles.length === 0 ? [] : [`Left open: ${handles.join(", ")}`]),
    ...troubles,
  ];
}
