import { CancelledError, toUserError } from "../errors.js";
import type { PreparedPicture } from "../image/prepared.js";
import type { Inspection, Prepared, PrepareRequest } from "../measure/process/pictureProcess.js";
import type { Asker } from "../providers/anthropic/ask.js";
import type { PriceList } from "../providers/anthropic/prices.js";
import { type Cache, type StoredAnswer, storedAnswer } from "../store/answers.js";
import type { BatchStore } from "../store/batches/batchStore.js";
import type { Ledger } from "../store/ledger/ledger.js";
import type { ModelResponse, RunResult } from "../store/runs/runResult.js";
import type { Verdict } from "../workflows/diagram/mermaidParser.js";
import type { PreparedInput, Workflow } from "../workflows/workflow.js";
import type { AskingOptions } from "./ask.js";
import { askWithResize } from "./askWithResize.js";
import { SubmittedError } from "./batch/submittedError.js";
import { type ConsentRequest, type Decision, decide } from "./consent.js";
import { checkDocuments, evaluate } from "./evaluate.js";
import { type AskSettings, answerKey, measurementKey, runHash, secretsUnder } from "./keys.js";
import { look } from "./prepare.js";

/** A picture to run on. */
export interface ImageSource {
  /** The file's name, for people. */
  name: string;
  /** SHA-256 of the bytes, hexadecimal. */
  sha256: string;
  /** Not called when everything about the picture is known. */
  bytes(): Promise<Uint8Array>;
}

export interface RunOptions extends AskingOptions {
  /** Measures alone, and asks nobody. */
  offline: boolean;
  /** Asks anew, even when the answer is known. */
  again?: boolean | undefined;
  /** Whether the prepared picture is wanted, even when nothing has to be prepared. */
  needsPicture?: boolean;
  /** What most likely costs more is confirmed. US$. */
  confirmAbove?: number;
  measuring: Omit<Inspection, "coverSecrets">;
  /**
   * Asks the person, before anything is sent, about a picture that holds secrets or is hard to read. Without,
   * secrets are covered and the picture is sent.
   *
   * @throws CancelledError when it is not to be sent
   */
  confirm?: (request: ConsentRequest) => Promise<Decision>;
}

/** What a run needs of the world. */
export interface RunDependencies {
  prepare(request: PrepareRequest, signal: AbortSignal): Promise<Prepared>;
  /** Absent when there is no key. */
  ask: Asker | undefined;
  cache: Cache;
  batches: Pick<BatchStore, "isPending">;
  ledger: Ledger;
  prices(): PriceList;
  /** Mermaid's own word on a text. */
  checkMermaid(text: string): Promise<Verdict>;
  /** Milliseconds since some fixed time. */
  now(): number;
}

export type AskingDependencies = RunDependencies & { ask: Asker };

/**
 * Runs a workflow on a picture: look whether the answer is known; else prepare and measure, ask, keep; judge, report.
 *
 * @throws SubmittedError when a batch is going to have the answer
 * @throws UserError that names the picture
 * @throws CancelledError when the signal aborts
 */
export async function run(
  workflow: Workflow,
  source: ImageSource,
  options: RunOptions,
  dependencies: RunDependencies,
): Promise<RunResult> {
  const start = dependencies.now();
  const { cache, batches, ask } = dependencies;
  const { redaction, signal, offline } = options;
  const asking: AskSettings = { ...options, secrets: secretsUnder(redaction) };
  const hash = runHash(workflow, source.sha256, asking);
  const key = answerKey(source.sha256, hash);
  const work = async () => {
    const isNew = !ask || offline || options.again;
    const found = isNew ? undefined : await cache.findAnswer(key);
    if (found) return recall(workflow, source, found, asking, options, dependencies);
    if (!isNew && (await batches.isPending(hash))) throw new SubmittedError(source.name, hash);
    return lookAndAsk(workflow, source, asking, options, dependencies);
  };
  try {
    const { seen, prepared, asked } = ask && !offline ? await cache.alone(key, signal, work) : await work();
    const reading = evaluate(workflow, asked?.answer, seen);
    await checkDocuments(reading.report, dependencies);
    const { picture, measurement } = seen;
    const milliseconds = dependencies.now() - start;
    return { workflow: workflow.id, picture, prepared, measurement, asked, ...reading, milliseconds };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    throw toUserError(error, source.name);
  }
}

/** What is known of a picture, and of a question about it. */
interface Known {
  seen: PreparedInput;
  prepared: PreparedPicture | undefined;
  asked: ModelResponse | undefined;
}

/** What was asked before, without asking anyone. */
async function recall(
  workflow: Workflow,
  source: ImageSource,
  found: StoredAnswer,
  asking: AskSettings,
  options: RunOptions,
  dependencies: RunDependencies,
): Promise<Known> {
  const known = await dependencies.cache.findMeasurement(measurementKey(workflow, source.sha256, asking));
  const looked =
    known && !options.needsPicture ? undefined : await look(workflow, source, asking, options, dependencies);
  const measurement = looked?.measurement ?? known;
  if (!measurement) throw new Error("A picture was prepared without being measured");
  return {
    seen: {
      picture: { ...found.picture, name: source.name },
      measurement: { ...measurement, covered: found.covered },
    },
    prepared: looked?.picture,
    asked: askedBefore(found),
  };
}

function askedBefore({ answer, model, usage, cost, requestId, time }: StoredAnswer): ModelResponse {
  return { answer, model, usage, cost, requestId, cachedAt: time };
}

/** Looks at the picture, and asks about it where that is wanted. */
async function lookAndAsk(
  workflow: Workflow,
  source: ImageSource,
  asking: AskSettings,
  options: RunOptions,
  dependencies: RunDependencies,
): Promise<Known> {
  const { cache, ask } = dependencies;
  const looked = await look(workflow, source, asking, options, dependencies);
  const { seen, send } = await decide(workflow, source, looked, options, dependencies);
  if (!send || !ask) return { seen, prepared: seen.picture, asked: undefined };
  const uncovered = asking.secrets === "covered" && !seen.measurement.covered;
  const hash = runHash(workflow, source.sha256, uncovered ? { ...asking, secrets: "uncovered" } : asking);
  const key = answerKey(source.sha256, hash);
  const found = uncovered && !options.again ? await cache.findAnswer(key) : undefined;
  if (found) return { seen, prepared: seen.picture, asked: askedBefore(found) };
  const keep = (about: PreparedInput, asked: ModelResponse) =>
    cache.keepAnswer(key, storedAnswer(asked, about));
  const { seen: shown, asked } = await askWithResize(
    workflow,
    source,
    seen,
    options,
    { ...dependencies, ask },
    keep,
  );
  return { seen: shown, prepared: shown.picture, asked };
}
