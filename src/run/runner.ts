import { CancelledError, toUserError } from "../errors.js";
import type { PreparedPicture } from "../image/prepared.js";
import type { Measurement } from "../measure/measurement.js";
import type { Inspection, Prepared, PrepareRequest } from "../measure/process/pictureProcess.js";
import type { Asker } from "../providers/anthropic/ask.js";
import type { PriceList } from "../providers/anthropic/prices.js";
import type { WorkflowId } from "../report.js";
import { type Cache, type StoredAnswer, storedAnswer } from "../store/answers.js";
import type { BatchStore } from "../store/batches/batchStore.js";
import type { Ledger } from "../store/ledger/ledger.js";
import type { Verdict } from "../workflows/diagram/mermaidParser.js";
import type { Job, PictureGeometry, Reading, Seen } from "../workflows/workflow.js";
import type { Asked, AskingOptions } from "./ask.js";
import { askThatFits } from "./askWithResize.js";
import { SubmittedError } from "./batch/submittedError.js";
import { type Decision, type Doubts, decide } from "./consent.js";
import { checkDocuments, readingOf } from "./evaluate.js";
import { type Asking, answerKey, measurementKey, runHash, secretsUnder } from "./keys.js";
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
  confirm?: (doubts: Doubts) => Promise<Decision>;
}

/** One workflow on one picture, done. */
export interface RunResult extends Reading {
  workflow: WorkflowId;
  picture: PictureGeometry;
  /** Absent when nothing had to be prepared, nor was asked to be. */
  prepared: PreparedPicture | undefined;
  measurement: Measurement;
  /** Absent when the pixels alone were looked at. */
  asked: Asked | undefined;
  milliseconds: number;
}

/** What a run needs of the world. */
export interface Surroundings {
  prepare(request: PrepareRequest, signal: AbortSignal): Promise<Prepared>;
  /** Absent when there is no key. */
  ask: Asker | undefined;
  cache: Cache;
  batches: Pick<BatchStore, "awaits">;
  ledger: Ledger;
  prices(): PriceList;
  /** Mermaid's own word on a text. */
  checkMermaid(text: string): Promise<Verdict>;
  /** Milliseconds since some fixed time. */
  now(): number;
}

export type AskingSurroundings = Surroundings & { ask: Asker };

/**
 * Runs a job on a picture: look whether the answer is known; else prepare and measure, ask, keep; judge, report.
 *
 * @throws SubmittedError when a batch is going to have the answer
 * @throws UserError that names the picture
 * @throws CancelledError when the signal aborts
 */
export async function run(
  job: Job,
  source: ImageSource,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<RunResult> {
  const start = surroundings.now();
  const { cache, batches, ask } = surroundings;
  const { redaction, signal, offline } = options;
  const asking: Asking = { ...options, secrets: secretsUnder(redaction) };
  const hash = runHash(job, source.sha256, asking);
  const key = answerKey(source.sha256, hash);
  const work = async () => {
    const isNew = !ask || offline || options.again;
    const found = isNew ? undefined : await cache.findAnswer(key);
    if (found) return recall(job, source, found, asking, options, surroundings);
    if (!isNew && (await batches.awaits(hash))) throw new SubmittedError(source.name, hash);
    return lookAndAsk(job, source, asking, options, surroundings);
  };
  try {
    const { seen, prepared, asked } = ask && !offline ? await cache.alone(key, signal, work) : await work();
    const reading = readingOf(job, asked?.answer, seen);
    await checkDocuments(reading.report, surroundings);
    const { picture, measurement } = seen;
    const milliseconds = surroundings.now() - start;
    return { workflow: job.id, picture, prepared, measurement, asked, ...reading, milliseconds };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    throw toUserError(error, source.name);
  }
}

/** What is known of a picture, and of a question about it. */
interface Known {
  seen: Seen;
  prepared: PreparedPicture | undefined;
  asked: Asked | undefined;
}

/** What was asked before, without asking anyone. */
async function recall(
  job: Job,
  source: ImageSource,
  found: StoredAnswer,
  asking: Asking,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<Known> {
  const known = await surroundings.cache.findMeasurement(measurementKey(job, source.sha256, asking));
  const looked =
    known && !options.needsPicture ? undefined : await look(job, source, asking, options, surroundings);
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

function askedBefore({ answer, model, usage, cost, requestId, time }: StoredAnswer): Asked {
  return { answer, model, usage, cost, requestId, cachedAt: time };
}

/** Looks at the picture, and asks about it where that is wanted. */
async function lookAndAsk(
  job: Job,
  source: ImageSource,
  asking: Asking,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<Known> {
  const { cache, ask } = surroundings;
  const looked = await look(job, source, asking, options, surroundings);
  const { seen, send } = await decide(job, source, looked, options, surroundings);
  if (!send || !ask) return { seen, prepared: seen.picture, asked: undefined };
  const uncovered = asking.secrets === "covered" && !seen.measurement.covered;
  const hash = runHash(job, source.sha256, uncovered ? { ...asking, secrets: "uncovered" } : asking);
  const key = answerKey(source.sha256, hash);
  const found = uncovered && !options.again ? await cache.findAnswer(key) : undefined;
  if (found) return { seen, prepared: seen.picture, asked: askedBefore(found) };
  const keep = (about: Seen, asked: Asked) => cache.keepAnswer(key, storedAnswer(asked, about));
  const { seen: shown, asked } = await askThatFits(
    job,
    source,
    seen,
    options,
    { ...surroundings, ask },
    keep,
  );
  return { seen: shown, prepared: shown.picture, asked };
}
