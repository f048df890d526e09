import type { LabelledPictures } from "../sources/picture.js";
import { CommandBudget } from "../store/ledger/budget.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import type { Workflow } from "../workflows/workflow.js";
import { askSettings } from "./settings.js";
import type { RunDependencies, RunEvent, RunHandlers, RunRequest } from "./types.js";

/** What a question about pictures needs. */
export interface AskContext {
  deps: RunDependencies;
  workflow: Workflow;
  signal: AbortSignal;
  onEvent(event: RunEvent): void;
  commandBudget: CommandBudget;
}

/** What all steps of one run have in common. Made once. */
export interface RunContext extends AskContext {
  request: RunRequest;
  pictures: LabelledPictures;
  /** The question, unless the person decides otherwise about the pictures' secrets. */
  settings: AskSettings;
  confirm: RunHandlers["confirm"];
  /** When the run began, by the same clock as `deps.now`. Milliseconds. */
  start: number;
}

export function runContext(
  deps: RunDependencies,
  request: RunRequest,
  { signal, onEvent = () => undefined, confirm }: RunHandlers,
): RunContext {
  const { workflow, pictures, commandBudget = new CommandBudget() } = request;
  const settings = request.cachedAs ?? askSettings(request, deps.provider);
  const start = deps.now();
  return { deps, workflow, signal, onEvent, commandBudget, request, pictures, settings, confirm, start };
}
