import { z } from "zod";
import { toUserError, UserError } from "../errors.js";
import type { Asker } from "../providers/anthropic/ask.js";
import type { BatchApi, BatchStatus } from "../providers/anthropic/batches.js";
import { pause } from "../providers/anthropic/retry.js";
import { noUsage } from "../providers/anthropic/usage.js";
import type { WorkflowId } from "../report.js";
import { answerKey, runHash } from "../run/keys.js";
import { look } from "../run/prepare.js";
import { withoutSecrets } from "../run/withoutSecrets.js";
import { storedAnswer } from "../store/answers.js";
import { askedAs, type Batch } from "../store/batches/batchStore.js";
import { workflows } from "../workflows/index.js";
import type { BatchAction } from "./arguments.js";
import { batchApiOf, type CliContext } from "./context.js";
import { askingOf } from "./costs.js";
import { prepareDestinations } from "./destinations.js";
import { logStderr } from "./logStderr.js";
import { lookAfter } from "./lookAfter.js";
import type { Options } from "./options.js";
import { Output, toJson } from "./output.js";
import { namedPictures, pathOf, pictureAt } from "./pictures.js";
import { runPictures } from "./runPictures.js";
import { exit, writeSummaries } from "./writeSummaries.js";

/** How often a batch is asked after: more seldom as it grows older. Milliseconds. */
const [soonest, latest] = [2_000, 60_000];

/** Does something with a batch that was submitted here, or with the same key elsewhere. */
export async function batchCommand(
  action: BatchAction,
  id: string,
  paths: readonly string[],
  options: Options,
  isFormatGiven: boolean,
  context: CliContext,
  signal: AbortSignal,
): Promise<number> {
  const api = await batchApiOf(context);
  if (action === "cancel") {
    logStderr(`${describe(await api.cancel(id, signal))}. What was answered is kept: batch results ${id}`);
    return exit.fine;
  }
  const status = action === "wait" ? await untilEnded(id, api, signal) : await api.status(id, signal);
  if (action === "status") {
    process.stdout.write(`${describe(status)}\n`);
    return exit.fine;
  }
  if (status.state !== "ended") {
    logStderr(`${describe(status)}. There are no results yet: batch wait ${id}`);
    return exit.api;
  }
  const ours = (await context.batches.list()).find((batch) => batch.id === id);
  const showing = { options, isFormatGiven, context, api, signal };
  return ours ? showOurs(ours, showing) : showOthers(id, await namedPictures(paths), showing);
}

/** What the results of a batch are shown with. */
interface Showing {
  options: Options;
  /** Whether a format or a place for each picture's result was named. */
  isFormatGiven: boolean;
  context: CliContext;
  api: BatchApi;
  signal: AbortSignal;
}

/** A batch whose pictures are known here. */
async function showOurs(batch: Batch, showing: Showing): Promise<number> {
  const { context, api, signal } = showing;
  await lookAfter([batch], api, context, signal);
  const now = (await context.batches.find(batch.local)) ?? batch;
  const paths = [...now.items.values()].flatMap(({ sources }) => sources.map(pathOf)).sort();
  const { measuring, ...asked } = askedAs(batch);
  const options: Options = {
    ...showing.options,
    ...asked,
    "pixel-ratio": measuring.pixelRatio,
    languages: measuring.languages,
    "language-folder": measuring.languageFolder,
  };
  return show(batch.workflow, paths, { ...showing, options }, unknownOf(now));
}

/** Writes the results of pictures whose answers are known. */
async function show(
  workflow: WorkflowId,
  paths: readonly string[],
  { options, isFormatGiven, context, signal }: Showing,
  askFor: (path: string) => Asker,
): Promise<number> {
  await prepareDestinations(options);
  const output = new Output(paths, options, isFormatGiven || options.summary.length === 0);
  const finished = await runPictures(workflow, paths, options, context, output, signal, askFor);
  output.end();
  return writeSummaries(workflow, finished, options, options.format === "sarif" && options.out === undefined);
}

/** Says why a picture's answer is not there: nothing is asked. */
function unknownOf({ items, outcomes }: Batch): (path: string) => Asker {
  const reasons = new Map(
    [...items.values()].flatMap(({ hash, sources }) =>
      sources.map((source) => [pathOf(source), outcomes.get(hash)?.reason] as const),
    ),
  );
  return (path) => async () => {
    throw new UserError({
      code: "answerNotKept",
      problem: "The batch holds no answer about this picture.",
      advice:
        reasons.get(path) ?? "The picture or the options are other ones by now: run it without --batch.",
    });
  };
}

/** A batch that was submitted elsewhere: its answers are matched with the pictures that are named. */
async function showOthers(id: string, paths: readonly string[], showing: Showing): Promise<number> {
  const { options, context, api, signal } = showing;
  const values = new Map<string, { value: unknown; usage: typeof noUsage } | { error: string }>();
  for await (const answer of api.results(id, () => z.unknown(), signal)) {
    const { customId, usage = noUsage } = answer;
    if (answer.type === "answered")
      values.set(customId, {
        value: withoutSecrets(answer.value, options.redaction, { covered: true }),
        usage,
      });
    else values.set(customId, { error: answer.type === "failed" ? answer.error.message : answer.type });
  }
  const deps = await context.app.dependencies(undefined);
  const asking = askingOf(options);
  const found: Array<{ workflow: WorkflowId; path: string }> = [];
  const matched = new Set<string>();
  for (const path of paths) {
    const source = await pictureAt(path).catch((error: unknown) =>
      logStderr(toUserError(error, path).message),
    );
    if (!source) continue;
    for (const workflow of Object.values(workflows)) {
      const hash = runHash(workflow, source.sha256, asking);
      const answer = values.get(hash);
      const value = answer && "value" in answer ? workflow.schema.safeParse(answer.value).data : undefined;
      if (!answer || !("value" in answer) || value === undefined) continue;
      const { usage } = answer;
      const seen = await look(workflow, source, asking, { signal }, deps);
      const asked = { answer: value, model: options.model, usage, cost: undefined, requestId: undefined };
      await context.cache.keepAnswer(answerKey(source.sha256, hash), storedAnswer(asked, seen));
      matched.add(hash);
      found.push({ workflow: workflow.id, path });
    }
  }
  const left = values.size - matched.size;
  if (left > 0) {
    logStderr(
      `${left} answers belong to pictures that are not known here, or were submitted with other options. Name the pictures, with the options of then; until then, the answers are unjudged.`,
    );
  }
  if (found.length === 0) {
    process.stdout.write(toJson(Object.fromEntries(values)));
    return exit.fine;
  }
  const workflow = found[0]?.workflow ?? "audit";
  const named = found.filter((each) => each.workflow === workflow).map(({ path }) => path);
  return show(workflow, named, showing, () => async () => {
    throw new Error("Nothing is asked for a batch's answers");
  });
}

/** Survives that the network is away, or the API. */
async function untilEnded(id: string, api: BatchApi, signal: AbortSignal): Promise<BatchStatus> {
  const begun = Date.now();
  const sayOnce = once(logStderr);
  for (;;) {
    try {
      const status = await api.status(id, signal);
      if (status.state === "ended") return status;
      sayOnce(describe(status));
    } catch (error) {
      if (!isPassing(error)) throw error;
      sayOnce(`${error.message} The batch is still waited for.`);
    }
    await pause(Math.min(latest, Math.max(soonest, (Date.now() - begun) / 10)), signal);
  }
}

/** Whether it may be over after a while. */
const isPassing = (error: unknown): error is UserError => error instanceof UserError && error.isTransient;

/** Says something unless it was the last that was said. */
function once(say: (words: string) => void): (words: string) => void {
  let last: string | undefined;
  return (words) => {
    if (words !== last) say(words);
    last = words;
  };
}

function describe({ id, state, counts }: BatchStatus): string {
  const { processing, succeeded, errored, canceled, expired } = counts;
  const parts = [
    `${succeeded} answered`,
    ...(processing > 0 ? [`${processing} waiting`] : []),
    ...(errored > 0 ? [`${errored} failed`] : []),
    ...(expired > 0 ? [`${expired} expired`] : []),
    ...(canceled > 0 ? [`${canceled} cancelled`] : []),
  ];
  const words = { in_progress: "in progress", canceling: "being cancelled", ended: "ended" };
  return `${id}: ${words[state]}, ${parts.join(", ")}`;
}
