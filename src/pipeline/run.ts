import type { Answer, Asker, QuestionImage } from "../claude/ask.js";
import type { Effort } from "../claude/effort.js";
import { costOf } from "../claude/models.js";
import type { Wait } from "../claude/retry.js";
import { OversizedImageError, TooLargeRequestError } from "../claude/sizeErrors.js";
import type { Usage } from "../claude/usage.js";
import { CancelledError, toUserError, UserError } from "../errors.js";
import { type ImageLimits, limitsFor, smallestLimits, visualTokens } from "../image/limits.js";
import type { PreparedPicture } from "../image/prepared.js";
import type { Finding, Report, WorkflowId } from "../report.js";
import type { Verdict } from "../workflows/diagram/mermaidParser.js";
import type { Job } from "../workflows/workflow.js";

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
}

/** What a run tells while it goes on. */
export type RunEvent =
  | { type: "preparing" }
  | { type: "prepared"; picture: PreparedPicture }
  | { type: "asking"; visualTokens: number }
  | { type: "findings"; findings: Finding[] }
  | { type: "waiting"; wait: Wait }
  | { type: "billed"; usage: Usage; requestId: string | undefined };

/** One workflow on one picture, done. */
export interface RunResult {
  workflow: WorkflowId;
  picture: PreparedPicture;
  /** As the model gave it, validated. This is what is kept: judging and rendering run again. */
  answer: unknown;
  judged: unknown;
  report: Report;
  model: string;
  usage: Usage;
  /** US$; undefined when the model's price is not known. */
  cost: number | undefined;
  milliseconds: number;
  requestId: string | undefined;
}

/** What a run needs of the world. */
export interface Surroundings {
  prepare(request: ImageSource & { limits: ImageLimits }, signal: AbortSignal): Promise<PreparedPicture>;
  ask: Asker;
  /** Mermaid's own word on a text. */
  checkMermaid(text: string): Promise<Verdict>;
  /** Milliseconds since some fixed time. */
  now(): number;
}

/**
 * Runs a job on a picture: prepare, ask, judge, report.
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
    const { picture, answer } = await askThatFits(job, source, options, surroundings);
    const { judged, report } = job.read(answer.value, picture);
    await checkDocuments(report, surroundings);
    return {
      workflow: job.id,
      picture,
      answer: answer.value,
      judged,
      report,
      model: options.model,
      usage: answer.usage,
      cost: costOf(options.model, answer.usage),
      milliseconds: surroundings.now() - start,
      requestId: answer.requestId,
    };
  } catch (error) {
    if (options.signal.aborted) throw new CancelledError();
    throw toUserError(error, source.name);
  }
}

/** Prepares and asks. When the API says that the picture is too large, it is prepared smaller, once. */
async function askThatFits(
  job: Job,
  source: ImageSource,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<{ picture: PreparedPicture; answer: Answer<unknown> }> {
  const attempt = async (limits: ImageLimits) => {
    options.onEvent?.({ type: "preparing" });
    const picture = await surroundings.prepare({ ...source, limits }, options.signal);
    options.onEvent?.({ type: "prepared", picture });
    return { picture, answer: await askAbout(job, picture, options, surroundings) };
  };
  const limits = limitsFor(options.model, job.detail);
  try {
    return await attempt(limits);
  } catch (error) {
    const smaller = smallerLimits(error, limits);
    if (!smaller) throw error;
    try {
      return await attempt(smaller);
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

function askAbout(
  job: Job,
  picture: PreparedPicture,
  { model, effort, signal, onEvent }: RunOptions,
  { ask }: Surroundings,
): Promise<Answer<unknown>> {
  const { parts } = picture;
  onEvent?.({ type: "asking", visualTokens: parts.reduce((sum, part) => sum + part.visualTokens, 0) });
  let shown = 0;
  return ask(
    {
      model,
      effort,
      maxTokens: job.maxTokens,
      system: job.systemPrompt,
      schema: job.schema,
      images: parts.map(
        ({ bytes, mediaType }, at): QuestionImage => ({
          bytes,
          mediaType,
          label: parts.length === 1 ? undefined : `part ${at + 1} of ${parts.length}`,
        }),
      ),
      text: job.question(picture),
    },
    {
      signal,
      onText: (soFar) => {
        // Only a closing brace can complete a finding; scanning on every letter would be quadratic.
        if (!soFar.endsWith("}") && !soFar.endsWith("]") && soFar.length - shown < 500) return;
        shown = soFar.length;
        const findings = job.provisional(soFar, picture);
        if (findings.length > 0) onEvent?.({ type: "findings", findings });
      },
      onWait: (wait) => onEvent?.({ type: "waiting", wait }),
      onBilled: (bill) => onEvent?.({ type: "billed", ...bill }),
    },
  );
}

/** Nobody sees a diagram that its own parser refuses. */
async function checkDocuments({ documents }: Report, { checkMermaid }: Surroundings): Promise<void> {
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
