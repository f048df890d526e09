import { basename } from "node:path";
import { UserError } from "../errors.js";
import { describeWait } from "../providers/question.js";
import { factsOf } from "../render/facts.js";
import { type PictureOutcome, slim } from "../render/overview.js";
import { needsReview, type WorkflowId } from "../report.js";
import { SubmittedError } from "../run/batch/submittedError.js";
import { describeEstimate } from "../run/describeEstimate.js";
import { runMany } from "../run/many/runMany.js";
import type { RunEvent, RunRequest } from "../run/types.js";
import { pictureAt } from "../sources/index.js";
import { type LabelledPictures, onlyPicture } from "../sources/picture.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import type { RunResult } from "../store/runs/runResult.js";
import { plainName } from "../text/plain.js";
import { workflowOf } from "../workflows/index.js";
import { notesOn, type Parameters } from "../workflows/workflow.js";
import { type CliContext, settingsOf } from "./context.js";
import { lookAfterOpen } from "./lookAfter.js";
import type { Options } from "./options.js";
import type { Output } from "./output.js";
import { shownPath } from "./pictures.js";
import { logStderr } from "./terminal.js";

/** What became of the pictures, without what was written already; and why any failed. */
export interface Finished {
  pictures: PictureOutcome[];
  errors: UserError[];
}

/** What the pictures of a path are, and how they are asked about, where that is not as usual. */
export interface Asking {
  open?(path: string, signal: AbortSignal): Promise<LabelledPictures>;
  /** What the workflow is told about one, beyond the settings. */
  parameters?(path: string): Parameters;
  /** Where the answers are known: the question that one was given to, or an error that says why it is not. */
  cachedAs?(path: string): AskSettings;
}

const openOnly =
  ({ cover }: Pick<Options, "cover">) =>
  async (path: string, signal: AbortSignal): Promise<LabelledPictures> =>
    onlyPicture(await pictureAt(path, signal), cover);

/**
 * Runs a workflow on pictures, and writes each result when those before it are written.
 *
 * @param paths of the pictures, or names of what is asked about together
 */
export async function runPictures(
  workflow: WorkflowId,
  paths: readonly string[],
  options: Options,
  context: CliContext,
  output: Output,
  signal: AbortSignal,
  { open = openOnly(options), parameters, cachedAs }: Asking = {},
): Promise<Finished> {
  const { app, connection, commandBudget } = context;
  const runner = await app.runner(connection);
  const pictures: PictureOutcome[] = [];
  const errors: UserError[] = [];
  let arrival: Promise<void> | undefined;
  /** What was paid for each, whatever became of it. US$. */
  const paid: number[] = [];
  const without = (index: number, state: "failed" | "cancelled", reason?: string) => {
    const path = paths[index] ?? "";
    const why = reason === undefined ? {} : { reason };
    pictures[index] = { path: shownPath(path), sha256: "", state, ...why, ...costs(paid[index]) };
    output.skip(index, plainName(basename(path)), reason);
  };
  const fail = (index: number, error: UserError) => {
    errors.push(error);
    logStderr(error.message);
    without(index, "failed", error.message);
  };
  await runMany({
    pictures: paths,
    nameOf: (path) => plainName(basename(path)),
    atOnce: () => Math.max(1, app.provider.concurrency),
    signal,
    work: async (path, index): Promise<RunResult> => {
      const named = await open(path, signal);
      const tellEvent = eventsOf(named[0].name);
      const onEvent = (event: RunEvent) => {
        tellEvent(event);
        if (event.type === "billed") paid[index] = (paid[index] ?? 0) + (event.cost ?? 0);
      };
      const settings = settingsOf(options, workflowOf(workflow));
      const request: RunRequest = {
        workflow: workflowOf(workflow),
        pictures: named,
        settings: { ...settings, parameters: { ...settings.parameters, ...parameters?.(path) } },
        offline: connection === undefined,
        again: options.again,
        commandBudget,
        ...(cachedAs ? { cachedAs: cachedAs(path) } : {}),
      };
      try {
        return await runner.run(request, { signal, onEvent });
      } catch (error) {
        if (!(error instanceof SubmittedError)) throw error;
        // The answer may have arrived, and nobody has fetched it yet.
        arrival ??= lookAfterOpen(context, signal);
        await arrival;
        return runner.run(request, { signal, onEvent });
      }
    },
    onEnd: (index, outcome) => {
      if ("failed" in outcome) return fail(index, outcome.failed);
      if ("cancelled" in outcome) return without(index, "cancelled");
      const path = paths[index] ?? "";
      const result = outcome.done;
      logStderr(`${plainName(basename(path))}: ${factsOf(result).join(" · ")}`);
      try {
        output.add(index, result);
        pictures[index] = { ...doneOutcome(path, result), ...costs(paid[index]) };
      } catch (error) {
        // The answer cannot be written as was asked.
        if (!(error instanceof UserError)) throw error;
        fail(index, error);
      }
    },
  });
  return { pictures, errors };
}

const costs = (cost: number | undefined) => (cost === undefined ? {} : { cost });

function doneOutcome(path: string, { report, pictures }: RunResult): PictureOutcome {
  return {
    path: shownPath(path),
    sha256: pictures[0].picture.sha256,
    state: needsReview(report) ? "review" : "done",
    report: slim(report),
  };
}

const eventsOf =
  (name: string) =>
  (event: RunEvent): void => {
    if (event.type === "asking") logStderr(`${name}: ${describeEstimate(event.estimate)}.`);
    if (event.type === "waiting") logStderr(`${name}: ${describeWait(event.wait)}.`);
    // Before anything is sent.
    if (event.type === "measured")
      for (const note of notesOn(event.measurement)) logStderr(`${name}: ${note}`);
  };
