import { basename } from "node:path";
import { describeWait } from "../claude/retry.js";
import { UserError } from "../errors.js";
import type { RunEvent } from "../pipeline/askAbout.js";
import { describeEstimate } from "../pipeline/estimate.js";
import { Purse } from "../pipeline/ledger.js";
import { runMany } from "../pipeline/many/runMany.js";
import { type RunResult, run, type Surroundings } from "../pipeline/run.js";
import { factsOf } from "../render/facts.js";
import { type PictureOutcome, slim } from "../render/overview.js";
import { needsReview, type WorkflowId } from "../report.js";
import { jobs } from "../workflows/index.js";
import { notesOn } from "../workflows/workflow.js";
import type { Options } from "./arguments.js";
import { type Machine, measuringOf } from "./machine.js";
import type { Output } from "./output.js";
import { pictureAt, shownPath } from "./pictures.js";
import { tell } from "./tell.js";

/** What became of the pictures, without what was written already; and why any failed. */
export interface Finished {
  pictures: PictureOutcome[];
  errors: UserError[];
}

/**
 * Runs a job on pictures, and writes each result when those before it are written.
 *
 * @param ask instead of the API, where the answers are known
 */
export async function runPictures(
  job: WorkflowId,
  paths: readonly string[],
  options: Options,
  { machinery, connection }: Pick<Machine, "machinery" | "connection">,
  output: Output,
  signal: AbortSignal,
  ask?: Surroundings["ask"],
): Promise<Finished> {
  const around = await machinery.surroundings(connection);
  const surroundings: Surroundings = ask ? { ...around, ask } : around;
  const purse = new Purse();
  const pictures: PictureOutcome[] = [];
  const errors: UserError[] = [];
  const { model, effort, redaction, again } = options;
  await runMany({
    pictures: paths,
    nameOf: (path) => basename(path),
    atOnce: () => Math.max(1, machinery.pace),
    signal,
    work: async (path): Promise<RunResult> => {
      const source = await pictureAt(path);
      const onEvent = eventsOf(source.name);
      const offline = surroundings.ask === undefined;
      const measuring = measuringOf(options);
      const how = { model, effort, signal, onEvent, redaction, measuring, offline, again, purse };
      return run(jobs[job], source, how, surroundings);
    },
    onEnd: (at, outcome) => {
      const path = paths[at] ?? "";
      if ("done" in outcome) {
        const result = outcome.done;
        tell(`${basename(path)}: ${factsOf(result).join(" · ")}`);
        try {
          output.add(at, result);
          pictures[at] = doneOutcome(path, result);
          return;
        } catch (error) {
          // The answer cannot be written as was asked.
          if (!(error instanceof UserError)) throw error;
          errors.push(error);
          tell(error.message);
          pictures[at] = { path: shownPath(path), sha256: "", state: "failed", reason: error.message };
        }
      } else if ("failed" in outcome) {
        const reason = outcome.failed.message;
        errors.push(outcome.failed);
        tell(reason);
        pictures[at] = { path: shownPath(path), sha256: "", state: "failed", reason };
      } else pictures[at] = { path: shownPath(path), sha256: "", state: "cancelled" };
      output.skip(at, basename(path), pictures[at]?.reason);
    },
  });
  return { pictures, errors };
}

function doneOutcome(path: string, { report, picture, asked }: RunResult): PictureOutcome {
  return {
    path: shownPath(path),
    sha256: picture.sha256,
    state: needsReview(report) ? "review" : "done",
    report: slim(report),
    ...(asked?.cost === undefined || asked.cachedAt ? {} : { cost: asked.cost }),
  };
}

const eventsOf =
  (name: string) =>
  (event: RunEvent): void => {
    if (event.type === "asking") tell(`${name}: ${describeEstimate(event.estimate)}.`);
    if (event.type === "waiting") tell(`${name}: ${describeWait(event.wait)}.`);
    // Before anything is sent.
    if (event.type === "measured") for (const note of notesOn(event.measurement)) tell(`${name}: ${note}`);
  };
