import { CancelledError, toUserError } from "../errors.js";
import { responseOf } from "../store/answers.js";
import { type AskSettings, runKey } from "../store/runs/askSettings.js";
import type { ModelResponse, RunPictures, RunRecord, RunResult } from "../store/runs/runResult.js";
import { askWithResize } from "./askWithResize.js";
import { consent } from "./consent.js";
import { type RunContext, runContext } from "./context.js";
import { checkDocuments, evaluate } from "./evaluate.js";
import { keep } from "./keep.js";
import { lookUp } from "./lookUp.js";
import { type PreparedRunPictures, prepareAndMeasure } from "./prepare.js";
import { recall } from "./recall.js";
import { type AskedRun, type RefineHandlers, refine } from "./refine.js";
import { problemsOf, repair } from "./repair.js";
import { offlineSettings } from "./settings.js";
import type { RunDependencies, RunHandlers, RunRequest } from "./types.js";

/** Runs workflows on pictures. */
export interface Runner {
  /**
   * @throws SubmittedError when a batch is going to have the answer
   * @throws UserError that names the first picture
   * @throws CancelledError when the signal aborts
   */
  run(request: RunRequest, handlers: RunHandlers): Promise<RunResult>;
  /**
   * Asks for a change of a run's answer.
   *
   * @param sentence what the person wants changed
   * @returns the run with the new answer as its latest edit, and the usage of both
   * @throws UserError that names the first picture
   * @throws CancelledError when the signal aborts
   */
  refine(before: AskedRun, sentence: string, handlers: RefineHandlers): Promise<AskedRun>;
}

export function createRunner(deps: RunDependencies): Runner {
  return {
    run: async (request, handlers) => {
      const context = runContext(deps, request, handlers);
      const isAsked = request.cachedAs !== undefined || (deps.ask !== undefined && !request.offline);
      try {
        const answered = isAsked
          ? await deps.cache.alone(runKey(context.settings), context.signal, () => answer(context))
          : await measure(context);
        const evaluation = evaluate(context.workflow, answered);
        await checkDocuments(evaluation.report, deps);
        const result = { ...answered, ...evaluation, milliseconds: deps.now() - context.start };
        return withProblems(result, await problemsOf(evaluation, deps));
      } catch (error) {
        if (context.signal.aborted) throw new CancelledError();
        throw toUserError(error, context.pictures[0].name);
      }
    },
    refine: (before, sentence, handlers) => refine(deps, before, sentence, handlers),
  };
}

type Done = Omit<RunRecord, "milliseconds">;

/** Answers from what is known, or else by asking. */
async function answer(context: RunContext): Promise<Done> {
  const known = await lookUp(context, context.settings);
  if (known) return done(known.settings, await recall(context, known), responseOf(known));
  const prepared = await prepareAndMeasure(context, context.settings);
  if (context.workflow.isSettled(prepared, context.settings.parameters))
    return done(offlineSettings(context.settings), prepared, undefined);
  tellKnown(context, prepared);
  const decision = await consent(context, prepared);
  if (decision === "nothing") return done(offlineSettings(context.settings), prepared, undefined);
  if (decision === "uncovered") return answerUncovered(context);
  return ask(context, context.settings, prepared);
}

/** The same for pictures whose secrets are not to be covered, as the person has decided. */
async function answerUncovered(context: RunContext): Promise<Done> {
  const settings: AskSettings = { ...context.settings, redaction: "uncovered" };
  const known = await lookUp(context, settings);
  if (known) return done(settings, await recall(context, known), responseOf(known));
  return ask(context, settings, await prepareAndMeasure(context, settings));
}

async function ask(context: RunContext, settings: AskSettings, prepared: PreparedRunPictures): Promise<Done> {
  const { pictures, response } = await askWithResize(context, settings, prepared, (about, arrived) =>
    keep(context, settings, about, arrived),
  );
  const repaired = await repair(context, settings, pictures, response);
  if (repaired !== response) await keep(context, settings, pictures, repaired);
  return done(settings, pictures, repaired);
}

/** Tells what the measurements say by themselves, before anyone is asked. */
function tellKnown(
  { workflow, settings, deps, onEvent, start }: RunContext,
  prepared: PreparedRunPictures,
): void {
  if (!workflow.offline) return;
  const measured = done(offlineSettings(settings), prepared, undefined);
  const result = { ...measured, ...evaluate(workflow, measured), milliseconds: deps.now() - start };
  onEvent({ type: "known", result });
}

/** Answers from the measurements alone. */
async function measure(context: RunContext): Promise<Done> {
  const prepared = await prepareAndMeasure(context, context.settings);
  return done(offlineSettings(context.settings), prepared, undefined);
}

const done = (settings: AskSettings, pictures: RunPictures, response: ModelResponse | undefined): Done => ({
  settings,
  runKey: runKey(settings),
  pictures,
  response,
  edits: [],
});

/** A result that says what in it is not as the person's schema wants it. */
function withProblems(result: RunResult, problems: readonly string[]): RunResult {
  if (problems.length === 0) return result;
  const notes = problems.map((problem) => `The data does not conform to your schema: ${problem}.`);
  return { ...result, report: { ...result.report, notes: [...result.report.notes, ...notes] } };
}
