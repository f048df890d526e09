import { describeWait } from "../../providers/question.js";
import { describeEstimate } from "../../run/describeEstimate.js";
import { needsKey } from "../../run/evaluate.js";
import type { AskedRun, RefineHandlers } from "../../run/refine.js";
import { askSettings } from "../../run/settings.js";
import type { RunEvent, RunHandlers, RunRequest, RunSettings } from "../../run/types.js";
import type { AskSettings } from "../../store/runs/askSettings.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { workflowOf } from "../../workflows/index.js";
import type { Log } from "../log.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { picturesOf, type Subject } from "./subjects.js";

/** How one run differs from another of the same subject. */
export interface RunChoices
  extends Pick<RunRequest, "offline" | "again" | "cachedAs" | "needsPicture" | "commandBudget">,
    Pick<RunHandlers, "signal" | "confirm"> {
  onEvent: (event: RunEvent) => void;
}

/**
 * Runs a workflow as the settings say, and logs how it went. Without a key the picture is measured alone.
 *
 * @throws UserError when that tells nothing, as for a diagram
 */
export async function runSubject(
  subject: Subject,
  { keys, log, app }: Services,
  { signal, confirm, onEvent, offline, ...choices }: RunChoices,
): Promise<RunResult> {
  const connection = offline ? undefined : await keys.known();
  const workflow = workflowOf(subject.workflow);
  if (!connection && !choices.cachedAs && !workflow.offline)
    throw needsKey(workflow.title).about(subject.name);
  const request: RunRequest = {
    workflow,
    pictures: picturesOf(subject),
    settings: await askingOf(subject),
    confirmAbove: settings.confirmAbove(),
    ...choices,
    offline: !connection,
  };
  const runner = await app.runner(connection);
  const result = await runner.run(request, {
    signal,
    confirm,
    onEvent: logged(workflow.id, log, onEvent),
  });
  log.done(result);
  return result;
}

/** What a workflow asks about a picture, as the settings say. */
export const askSettingsOf = async (
  subject: Subject,
  { app: { provider } }: Pick<Services, "app">,
): Promise<AskSettings> =>
  askSettings(
    {
      workflow: workflowOf(subject.workflow),
      pictures: picturesOf(subject),
      settings: await askingOf(subject),
    },
    provider,
  );

async function askingOf({ workflow, told }: Subject): Promise<RunSettings> {
  const asking = settings.asking(workflow);
  return told ? { ...asking, parameters: { ...asking.parameters, ...(await told()) } } : asking;
}

/**
 * Asks for a change of a run's answer.
 *
 * @throws UserError when there is no key, or the API fails
 */
export async function refineRun(
  before: AskedRun,
  sentence: string,
  { keys, log, app }: Services,
  { signal, onEvent, again }: Pick<RunChoices, "signal" | "onEvent"> & Pick<RefineHandlers, "again">,
): Promise<AskedRun> {
  const connection = await keys.known();
  if (!connection) throw needsKey("Refine").about(before.pictures[0].picture.name);
  const runner = await app.runner(connection);
  const result = await runner.refine(before, sentence, {
    signal,
    onEvent: logged(before.settings.workflow, log, onEvent),
    ...(again ? { again } : {}),
  });
  log.done(result);
  return result;
}

/** Says what a run is doing, in a few words. */
export const stagesTo =
  (say: (words: string) => void) =>
  (event: RunEvent): void => {
    const words = stageOf(event);
    if (words !== undefined) say(words);
  };

const logged =
  (workflow: string, log: Log, onEvent: (event: RunEvent) => void) =>
  (event: RunEvent): void => {
    log.event(workflow, event);
    onEvent(event);
  };

/** Undefined for events that only carry something. */
function stageOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case "preparing":
      return "Measuring the picture";
    case "asking":
      return `Asking Claude (${describeEstimate(event.estimate)})`;
    case "waiting":
      return describeWait(event.wait);
    case "billed":
      return "Reading the answer";
    default:
      return undefined;
  }
}
