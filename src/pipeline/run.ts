import type { Asker } from "../claude/ask.js";
import type { PriceList } from "../claude/prices.js";
import { OversizedImageError, TooLargeRequestError } from "../claude/sizeErrors.js";
import { CancelledError, toUserError, UserError } from "../errors.js";
import { type ImageLimits, limitsFor, smallestLimits, visualTokens } from "../image/limits.js";
import { allVisualTokens, type PreparedPicture } from "../image/prepared.js";
import { sha256 } from "../image/sha256.js";
import type { Measurement } from "../measure/measurement.js";
import type { Box, Report, WorkflowId } from "../report.js";
import type { Verdict } from "../workflows/diagram/mermaidParser.js";
import type { Job, PictureGeometry, Reading, Seen } from "../workflows/workflow.js";
import { type Asked, type AskingOptions, askAbout } from "./askAbout.js";
import type { Cache, StoredAnswer } from "./cache.js";
import { type Estimate, estimate } from "./estimate.js";
import { KeptPicture } from "./keptPicture.js";
import type { Ledger } from "./ledger.js";
import type { Inspection, Prepared, PrepareRequest } from "./pictureProcess.js";
import { type Asking, answerKey, measurementKey, runHash, secretsUnder } from "./runKey.js";

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

/** What is sent: the picture with its secrets covered, as it is, or nothing, and it is measured alone. */
export type Decision = "covered" | "uncovered" | "nothing";

/** What a person should decide before a picture is sent. */
export interface Doubts {
  /** To be covered or sent as they are; empty when that is settled. */
  secrets: Measurement["secrets"];
  quality: Measurement["quality"];
  /** What it most likely costs, where that is more than is spent unasked. */
  dear: Estimate | undefined;
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
  const { cache, ask } = surroundings;
  const { redaction, signal, offline } = options;
  const asking: Asking = { ...options, secrets: secretsUnder(redaction) };
  const work = async () => {
    const found =
      ask && !offline && !options.again ? await cache.findAnswer(keyOf(job, source, asking)) : undefined;
    return found
      ? recall(job, source, found, asking, options, surroundings)
      : lookAndAsk(job, source, asking, options, surroundings);
  };
  try {
    const { seen, prepared, asked } =
      ask && !offline ? await cache.alone(keyOf(job, source, asking), signal, work) : await work();
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

const keyOf = (job: Job, { sha256 }: ImageSource, asking: Asking): string =>
  answerKey(sha256, runHash(job, sha256, asking));

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
  const key = keyOf(job, source, uncovered ? { ...asking, secrets: "uncovered" } : asking);
  const found = uncovered && !options.again ? await cache.findAnswer(key) : undefined;
  if (found) return { seen, prepared: seen.picture, asked: askedBefore(found) };
  const keep = (about: Seen, asked: Asked) => cache.keepAnswer(key, storedAnswer(about, asked));
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

/** What is kept of an answer. */
export function storedAnswer({ picture, measurement }: Seen, asked: Asked): StoredAnswer {
  const { answer, model, usage, cost, requestId } = asked;
  return {
    answer,
    model,
    usage,
    ...(cost === undefined ? {} : { cost }),
    ...(requestId === undefined ? {} : { requestId }),
    time: new Date().toISOString(),
    picture: KeptPicture.parse(picture),
    covered: measurement.covered,
  };
}

/** What a job makes of an answer, or of the measurements alone. */
export function readingOf(job: Job, answer: unknown, seen: Seen): Reading {
  if (answer !== undefined) return job.read(answer, seen);
  if (job.offline) return job.offline(seen);
  throw needsKey(job.title);
}

/** What is said when a job cannot do without the model. */
export const needsKey = (title: string): UserError =>
  new UserError({
    problem: `“${title}” needs Claude: the pixels alone do not tell it.`,
    advice: "Set an API key.",
    next: ["setKey"],
  });

export interface Looked extends Seen {
  picture: PreparedPicture;
}

/** Prepares the picture, and measures it unless that was done before. */
export async function look(
  job: Job,
  source: ImageSource,
  asking: Asking,
  { onEvent, signal }: Pick<RunOptions, "onEvent" | "signal">,
  { cache, prepare }: Pick<Surroundings, "cache" | "prepare">,
): Promise<Looked> {
  const limits = limitsFor(asking.model, job.detail);
  const key = measurementKey(job, source.sha256, asking);
  const known = await cache.findMeasurement(key);
  onEvent?.({ type: "preparing" });
  const inspection = { ...asking.measuring, coverSecrets: asking.secrets !== "unsought" };
  const request = { name: source.name, bytes: await readWhole(source), limits, improve: job.photographed };
  const { picture, measurement = known } = await prepare(
    known ? { ...request, cover: coveredPlaces(known) } : { ...request, inspection },
    signal,
  );
  if (!measurement) throw new Error("A picture was prepared without being measured");
  if (!known) await cache.keepMeasurement(key, measurement);
  onEvent?.({ type: "prepared", picture });
  onEvent?.({ type: "measured", measurement });
  return { picture, measurement };
}

/** @throws UserError when the picture is another by now */
async function readWhole(source: ImageSource): Promise<Uint8Array> {
  const bytes = await source.bytes();
  if (sha256(bytes) === source.sha256) return bytes;
  throw new UserError({
    problem: "The picture changed while it was read.",
    advice: "Run it again.",
    next: ["runAgain"],
  });
}

const coveredPlaces = ({ covered, secrets }: Measurement): Box[] =>
  covered ? secrets.map(({ box }) => box) : [];

/** Whatever a person should decide before the picture is sent is decided here. */
async function decide(
  job: Job,
  source: ImageSource,
  looked: Looked,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<{ seen: Looked; send: boolean }> {
  const { redaction, onEvent, signal } = options;
  const { measurement } = looked;
  if (options.offline || !options.confirm) return { seen: looked, send: !options.offline };
  const doubts: Doubts = {
    secrets: redaction === "ask" ? measurement.secrets : [],
    quality: measurement.quality,
    dear: await dearEstimate(job, looked, options, surroundings),
  };
  if (doubts.secrets.length === 0 && doubts.quality.length === 0 && !doubts.dear)
    return { seen: looked, send: true };
  const decision = await options.confirm(doubts);
  if (signal.aborted) throw new CancelledError();
  if (decision !== "uncovered") return { seen: looked, send: decision === "covered" };
  const limits = limitsFor(options.model, job.detail);
  const request = { name: source.name, bytes: await readWhole(source), limits, improve: job.photographed };
  const { picture } = await surroundings.prepare(request, signal);
  onEvent?.({ type: "prepared", picture });
  return { seen: { picture, measurement: { ...measurement, covered: false } }, send: true };
}

/** What a question most likely costs, where that is too much to be spent unasked. */
async function dearEstimate(
  job: Job,
  seen: Looked,
  { model, confirmAbove = Number.POSITIVE_INFINITY }: RunOptions,
  { ledger, prices }: Surroundings,
): Promise<Estimate | undefined> {
  const tokens = allVisualTokens(seen.picture);
  const habits = await ledger.habits(job.id, model);
  const question = job.question(seen);
  const found = estimate(job, tokens, { model, prices: prices(), habits, question });
  return (found.cost ?? 0) > confirmAbove ? found : undefined;
}

/** Asks. When the API says that the picture is too large, it is prepared smaller, once. */
async function askThatFits(
  job: Job,
  source: ImageSource,
  seen: Looked,
  options: RunOptions,
  surroundings: AskingSurroundings,
  keep: (about: Seen, asked: Asked) => Promise<void>,
): Promise<{ seen: Looked; asked: Asked }> {
  const askAndKeep = async (about: Looked) => ({
    seen: about,
    asked: await askAbout(job, about, options, surroundings, { keep: (asked) => keep(about, asked) }),
  });
  const limits = limitsFor(options.model, job.detail);
  try {
    return await askAndKeep(seen);
  } catch (error) {
    const smaller = smallerLimits(error, limits);
    if (!smaller) throw error;
    try {
      const again = await prepareAgain(job, source, seen.measurement, smaller, options, surroundings);
      return await askAndKeep(again);
    } catch (again) {
      if (!smallerLimits(again, smaller)) throw again;
      throw new UserError({
        problem: "The API finds the picture too large, even after shrinking it.",
        advice: "Crop it to the part that matters, or choose another model.",
        next: ["chooseAnotherPicture", "chooseModel"],
        cause: again,
      });
    }
  }
}

/** Smaller, without measuring it twice: what was covered is covered again. */
export async function prepareAgain(
  { photographed }: Job,
  source: ImageSource,
  measurement: Measurement,
  limits: ImageLimits,
  { signal, onEvent }: Pick<RunOptions, "signal" | "onEvent">,
  { prepare }: Pick<Surroundings, "prepare">,
): Promise<Looked> {
  onEvent?.({ type: "preparing" });
  const { picture } = await prepare(
    {
      name: source.name,
      bytes: await readWhole(source),
      limits,
      improve: photographed,
      cover: coveredPlaces(measurement),
    },
    signal,
  );
  onEvent?.({ type: "prepared", picture });
  return { picture, measurement };
}

export function smallerLimits(error: unknown, limits: ImageLimits): ImageLimits | undefined {
  if (error instanceof OversizedImageError) {
    if (!error.fits) return smallestLimits;
    const { width, height } = error.fits;
    return { longEdge: Math.max(width, height), visualTokens: visualTokens(error.fits) };
  }
  if (error instanceof TooLargeRequestError) {
    return {
      longEdge: Math.floor(limits.longEdge * 0.6),
      visualTokens: Math.floor(limits.visualTokens * 0.36),
    };
  }
  return undefined;
}

/** Nobody sees a diagram that its own parser refuses. */
export async function checkDocuments(
  { documents }: Report,
  { checkMermaid }: Pick<Surroundings, "checkMermaid">,
): Promise<void> {
  for (const { language, text } of documents) {
    if (language !== "mermaid") continue;
    const verdict = await checkMermaid(text);
    if (verdict.valid) continue;
    throw new UserError({
      problem: "The diagram was read, but Mermaid does not accept what was written from it.",
      advice: "Please report this; running again may help.",
      next: ["runAgain", "showLog"],
      cause: new Error(verdict.message),
    });
  }
}
