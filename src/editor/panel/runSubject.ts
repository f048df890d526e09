import { UserError } from "../../errors.js";
import { describeWait } from "../../providers/anthropic/retry.js";
import type { RunEvent } from "../../run/ask.js";
import { describeEstimate } from "../../run/describeEstimate.js";
import { needsKey } from "../../run/evaluate.js";
import { type AskedRun, refine } from "../../run/refine.js";
import { type RunOptions, run } from "../../run/runner.js";
import type { CommandBudget } from "../../store/ledger/budget.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { workflows } from "../../workflows/index.js";
import type { Log } from "../log.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import type { Subject } from "./subjects.js";

/** How one run differs from another of the same subject. */
export interface RunChoices {
  /** Measures alone, even with a key. */
  offline: boolean;
  /** Asks anew, even when the answer is known. */
  again?: boolean;
  /** The answer must be known, as it was asked: nothing is asked. Empty for what the settings now say. */
  cachedAs?: Partial<Pick<RunOptions, "model" | "effort" | "redaction" | "measuring">>;
  /** Whether the picture is to be shown or kept. */
  needsPicture: boolean;
  /** Of the command that it belongs to. */
  commandBudget?: CommandBudget;
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
  /** Without, secrets are covered and nobody is asked. */
  confirm?: NonNullable<RunOptions["confirm"]>;
}

/**
 * Runs a workflow as the settings say, and logs how it went. Without a key the picture is measured alone.
 *
 * @throws UserError when that tells nothing, as for a diagram
 */
export async function runSubject(
  subject: Subject,
  { keys, log, dependencies }: Services,
  choices: RunChoices,
): Promise<RunResult> {
  const { workflow, name } = subject;
  const { offline, onEvent, cachedAs, ...more } = choices;
  const connection = offline ? undefined : await keys.known();
  if (!connection && !workflows[workflow].offline) throw needsKey(workflows[workflow].title).about(name);
  const options: RunOptions = {
    model: settings.model(workflow),
    effort: settings.effort(workflow),
    redaction: settings.redaction(),
    confirmAbove: settings.confirmAbove(),
    measuring: settings.measuring(),
    ...cachedAs,
    offline: !connection,
    ...more,
    onEvent: logged(workflow, log, onEvent),
  };
  const result = await run(workflows[workflow], subject, options, {
    ...(await dependencies(connection)),
    ...(cachedAs ? { ask: unknown } : {}),
  });
  log.done(result);
  return result;
}

const unknown = async (): Promise<never> => {
  throw new UserError({
    code: "answerNotKept",
    problem: "The answer is not there: the picture, the settings or the prompt are other ones by now.",
    advice: "Run it again.",
  });
};

/**
 * Asks for a change of a run's answer, as the settings say.
 *
 * @throws UserError when there is no key, or the API fails
 */
export async function refineSubject(
  { workflow, name }: Subject,
  { keys, log, dependencies }: Services,
  before: AskedRun,
  sentence: string,
  { signal, onEvent }: Pick<RunChoices, "signal" | "onEvent">,
): Promise<AskedRun> {
  const deps = await dependencies(await keys.known());
  const { ask } = deps;
  if (!ask) throw needsKey("Refine").about(name);
  const options = {
    effort: settings.effort(workflow),
    redaction: settings.redaction(),
    signal,
    onEvent: logged(workflow, log, onEvent),
  };
  const result = await refine(workflows[workflow], before, sentence, options, { ...deps, ask });
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
  (workflow: Subject["workflow"], log: Log, onEvent: (event: RunEvent) => void) =>
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
      return `AskSettings Claude (${describeEstimate(event.estimate)})`;
    case "waiting":
      return describeWait(event.wait);
    case "billed":
      return "Reading the answer";
    default:
      return undefined;
  }
}
