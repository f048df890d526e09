import type { Box } from "../../src/report.js";
import { createRunner } from "../../src/run/runner.js";
import type { RunDependencies, RunHandlers, RunRequest, RunSettings } from "../../src/run/types.js";
import { onlyPicture, type SourcePicture } from "../../src/sources/picture.js";
import type { RunResult } from "../../src/store/runs/runResult.js";
import type { Workflow } from "../../src/workflows/workflow.js";

/** How a test runs a workflow on one picture: all in one place. */
export type RunOptions = RunSettings &
  Omit<RunRequest, "workflow" | "pictures" | "settings"> &
  RunHandlers & { covers?: readonly Box[] };

/** Runs a workflow on one picture. */
export function run(
  workflow: Workflow,
  source: SourcePicture,
  {
    signal,
    onEvent,
    confirm,
    model,
    effort,
    redaction,
    measuring,
    parameters = {},
    covers,
    ...more
  }: RunOptions,
  deps: RunDependencies,
): Promise<RunResult> {
  const settings = { model, effort, redaction, measuring, parameters };
  const request: RunRequest = { workflow, pictures: onlyPicture(source, covers), settings, ...more };
  return createRunner(deps).run(request, { signal, onEvent, confirm });
}
