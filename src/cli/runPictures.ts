import { basename } from "node:path";
import { UserError } from "../errors.js";
import type { Asker } from "../providers/anthropic/ask.js";
import { describeWait } from "../providers/anthropic/retry.js";
import { factsOf } from "../render/facts.js";
import { type PictureOutcome, slim } from "../render/overview.js";
import { needsReview, type WorkflowId } from "../report.js";
import type { RunEvent } from "../run/ask.js";
import { SubmittedError } from "../run/batch/submittedError.js";
import { describeEstimate } from "../run/describeEstimate.js";
import { runMany } from "../run/many/runMany.js";
import { run } from "../run/runner.js";
import { CommandBudget } from "../store/ledger/budget.js";
import type { RunResult } from "../store/runs/runResult.js";
import { workflows } from "../workflows/index.js";
import { notesOn } from "../workflows/workflow.js";
import { type CliContext, measuringOf } from "./context.js";
import { logStderr } from "./logStderr.js";
import { lookAfterOpen } from "./lookAfter.js";
import type { Options } from "./options.js";
import type { Output } from "./output.js";
import { pictureAt, shownPath } from "./pictures.js";

/** What became of the pictures, without what was written already; and why any failed. */
export interface Finished {
  pictures: PictureOutcome[];
  errors: UserError[];
}

/**
 * Runs a workflow on pictures, and writes each result when those before it are written.
 *
 * @param askFor instead of the API, where the answers are known
 */
export async function runPictures(
  workflow: WorkflowId,
  paths: readonly string[],
  options: Options,
  context: CliContext,
  output: Output,
  signal: AbortSignal,
  askFor?: (path: string) => Asker,
): Promise<Finished> {
  const { app, connection } = context;
  const dependencies = await app.dependencies(connection);
  const commandBudget = new CommandBudget();
  const pictures: PictureOutcome[] = [];
  const errors: UserError[] = [];
  const { model, effort, redaction, again } = options;
  let arrival: Promise<void> | undefined;
  /** What was paid for each, whatever became of it. US$. */
  const paid: number[] = [];
  const without = (at: number, state: "failed" | "cancelled", reason?: string) => {
    const path = paths[at] ?? "";
    const why = reason === undefined ? {} : { reason };
    pictures[at] = { path: shownPath(path), sha256: "", state, ...why, ...costs(paid[at]) };
    output.skip(at, basename(path), reason);
  };
  const fail = (at: number, error: UserError) => {
    errors.push(error);
    logStderr(error.message);
    without(at, "failed", error.message);
  };
  await runMany({
    pictures: paths,
    nameOf: (path) => basename(path),
    atOnce: () => Math.max(1, app.concurrency),
    signal,
    work: async (path, at): Promise<RunResult> => {
      const source = await pictureAt(path);
      const tellEvent = eventsOf(source.name);
      const onEvent = (event: RunEvent) => {
        tellEvent(event);
        if (event.type === "billed") paid[at] = (paid[at] ?? 0) + (event.cost ?? 0);
      };
      const deps = askFor ? { ...dependencies, ask: askFor(path), batches: none } : dependencies;
      const offline = deps.ask === undefined;
      const measuring = measuringOf(options);
      const how = { model, effort, signal, onEvent, redaction, measuring, offline, again, commandBudget };
      try {
        return await run(workflows[workflow], source, how, deps);
      } catch (error) {
        if (!(error instanceof SubmittedError)) throw error;
        // The answer may have arrived, and nobody has fetched it yet.
        arrival ??= lookAfterOpen(context, signal);
        await arrival;
        return run(workflows[workflow], source, how, deps);
      }
    },
    onEnd: (at, outcome) => {
      if ("failed" in outcome) return fail(at, outcome.failed);
      if ("cancelled" in outcome) return without(at, "cancelled");
      const path = paths[at] ?? "";
      const result = outcome.done;
      logStderr(`${basename(path)}: ${factsOf(result).join(" · ")}`);
      try {
        output.add(at, result);
        pictures[at] = { ...doneOutcome(path, result), ...costs(paid[at]) };
      } catch (error) {
        // The answer cannot be written as was asked.
        if (!(error instanceof UserError)) throw error;
        fail(at, error);
      }
    },
  });
  return { pictures, errors };
}

/** Where answers are collected, none is waited for. */
const none = { isPending: async () => false };

const costs = (cost: number | undefined) => (cost === undefined ? {} : { cost });

function doneOutcome(path: string, { report, picture }: RunResult): PictureOutcome {
  return {
    path: shownPath(path),
    sha256: picture.sha256,
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
