import type { Asker } from "../claude/ask.js";
import type { Effort } from "../claude/effort.js";
import { OversizedImageError, TooLargeRequestError } from "../claude/sizeErrors.js";
import { CancelledError, toUserError, UserError } from "../errors.js";
import { type ImageLimits, limitsFor, smallestLimits, visualTokens } from "../image/limits.js";
import type { PreparedPicture } from "../image/prepared.js";
import type { Measurement } from "../measure/measurement.js";
import type { Box, Report, WorkflowId } from "../report.js";
import type { Verdict } from "../workflows/diagram/mermaidParser.js";
import type { Job, Reading, Seen } from "../workflows/workflow.js";
import { type Asked, askAbout, type RunEvent } from "./askAbout.js";
import type { Inspection, Prepared, PrepareRequest } from "./pictureProcess.js";
import type { Redaction } from "./redaction.js";

/** A picture to run on. */
export interface ImageSource {
  /** The file's name, for people. */
  name: string;
  bytes: Uint8Array;
}

export interface RunOptions {
  model: string;
  effort: Effort;
  signal: AbortSignal;
  onEvent?: (event: RunEvent) => void;
  /** Measures alone, and asks nobody. */
  offline: boolean;
  redaction: Redaction;
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
}

/** One workflow on one picture, done. */
export interface RunResult extends Reading {
  workflow: WorkflowId;
  picture: PreparedPicture;
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
  /** Mermaid's own word on a text. */
  checkMermaid(text: string): Promise<Verdict>;
  /** Milliseconds since some fixed time. */
  now(): number;
}

/**
 * Runs a job on a picture: prepare and measure, ask, judge, report.
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
  try {
    const seen = await look(job, source, options, surroundings);
    const { ask } = surroundings;
    const { seen: shown, asked } =
      seen.send && ask
        ? await askThatFits(job, source, seen, options, { ...surroundings, ask })
        : { seen, asked: undefined };
    const reading = readingOf(job, asked?.answer, shown);
    await checkDocuments(reading.report, surroundings);
    const { picture, measurement } = shown;
    const milliseconds = surroundings.now() - start;
    return { workflow: job.id, picture, measurement, asked, ...reading, milliseconds };
  } catch (error) {
    if (options.signal.aborted) throw new CancelledError();
    throw toUserError(error, source.name);
  }
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

interface Looked extends Seen {
  picture: PreparedPicture;
}

/** Prepares and measures the picture; whatever a person should decide before it is sent is decided here. */
async function look(
  job: Job,
  source: ImageSource,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<Looked & { send: boolean }> {
  const { redaction, measuring, onEvent, signal } = options;
  const limits = limitsFor(options.model, job.detail);
  const inspection = { ...measuring, coverSecrets: redaction !== "off" };
  onEvent?.({ type: "preparing" });
  const { picture, measurement } = await surroundings.prepare(
    { ...source, limits, improve: job.photographed, inspection },
    signal,
  );
  if (!measurement) throw new Error("A picture was prepared without being measured");
  onEvent?.({ type: "prepared", picture });
  onEvent?.({ type: "measured", measurement });
  const looked = { picture, measurement, send: !options.offline };
  if (options.offline || !options.confirm) return looked;
  const doubts: Doubts = {
    secrets: redaction === "ask" ? measurement.secrets : [],
    quality: measurement.quality,
  };
  if (doubts.secrets.length === 0 && doubts.quality.length === 0) return looked;
  const decision = await options.confirm(doubts);
  if (signal.aborted) throw new CancelledError();
  if (decision !== "uncovered") return { ...looked, send: decision === "covered" };
  const { picture: whole } = await surroundings.prepare(
    { ...source, limits, improve: job.photographed },
    signal,
  );
  onEvent?.({ type: "prepared", picture: whole });
  return { picture: whole, measurement: { ...measurement, covered: false }, send: true };
}

type AskingSurroundings = Surroundings & { ask: Asker };

/** Asks. When the API says that the picture is too large, it is prepared smaller, once. */
async function askThatFits(
  job: Job,
  source: ImageSource,
  seen: Looked,
  options: RunOptions,
  surroundings: AskingSurroundings,
): Promise<{ seen: Looked; asked: Asked }> {
  const limits = limitsFor(options.model, job.detail);
  try {
    return { seen, asked: await askAbout(job, seen, options, surroundings.ask) };
  } catch (error) {
    const smaller = smallerLimits(error, limits);
    if (!smaller) throw error;
    try {
      const again = await prepareAgain(job, source, seen.measurement, smaller, options, surroundings);
      return { seen: again, asked: await askAbout(job, again, options, surroundings.ask) };
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
async function prepareAgain(
  { photographed }: Job,
  source: ImageSource,
  measurement: Measurement,
  limits: ImageLimits,
  { signal, onEvent }: RunOptions,
  { prepare }: Surroundings,
): Promise<Looked> {
  const cover: Box[] = measurement.covered ? measurement.secrets.map(({ box }) => box) : [];
  onEvent?.({ type: "preparing" });
  const { picture } = await prepare({ ...source, limits, improve: photographed, cover }, signal);
  onEvent?.({ type: "prepared", picture });
  return { picture, measurement };
}

function smallerLimits(error: unknown, limits: ImageLimits): ImageLimits | undefined {
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
