import { z } from "zod";
import { pause } from "../async/pause.js";
import { CancelledError, toUserError, UserError } from "../errors.js";
import type { BatchApi, BatchStatus } from "../providers/batch.js";
import { costOf } from "../providers/prices.js";
import { noUsage } from "../providers/usage.js";
import { formatNamed, toJson } from "../render/formats.js";
import type { WorkflowId } from "../report.js";
import { prepareAndMeasure } from "../run/prepare.js";
import { askSettings } from "../run/settings.js";
import { withoutSecrets } from "../run/withoutSecrets.js";
import { pictureAt, placesOf } from "../sources/index.js";
import { onlyPicture } from "../sources/picture.js";
import { askedPictures, storedAnswer } from "../store/answers.js";
import type { Batch, BatchItem } from "../store/batches/batchStore.js";
import { type AskSettings, runKey } from "../store/runs/askSettings.js";
import { workflowOf, workflows } from "../workflows/index.js";
import type { BatchAction } from "./arguments.js";
import { batchApiOf, type CliContext, settingsOf } from "./context.js";
import { prepareDestinations } from "./destinations.js";
import { lookAfter } from "./lookAfter.js";
import type { Options } from "./options.js";
import { Output } from "./output.js";
import { pathOf } from "./pictures.js";
import { runPictures } from "./runPictures.js";
import { logStderr, writeStdout } from "./terminal.js";
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
    writeStdout(`${describe(status)}\n`);
    return exit.fine;
  }
  if (status.state !== "ended") {
    logStderr(`${describe(status)}. There are no results yet: batch wait ${id}`);
    return exit.api;
  }
  const ours = (await context.app.batches.list()).find((batch) => batch.id === id);
  const showing = { options, isFormatGiven, context, api, signal };
  return ours ? showOurs(ours, showing) : showOthers(id, await placesOf(paths, signal), showing);
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
  const workflow = workflowOf(batch.workflow);
  await lookAfter([batch], api, context, signal);
  const now = (await context.app.batches.find(batch.local)) ?? batch;
  const paths = [...now.items.values()].flatMap(pathsOf).sort();
  return show(workflow.id, paths, showing, questionIn(now));
}

/** Writes the results of pictures whose answers are known. */
async function show(
  workflow: WorkflowId,
  paths: readonly string[],
  { options, isFormatGiven, context, signal }: Showing,
  cachedAs: (path: string) => AskSettings,
): Promise<number> {
  await prepareDestinations(options);
  const output = new Output(paths, options, isFormatGiven || options.summary.length === 0);
  const finished = await runPictures(workflow, paths, options, context, output, signal, { cachedAs });
  output.end();
  const writesAll = options.out === undefined && !formatNamed(options.format).one;
  return writeSummaries(workflow, finished, options, writesAll, signal);
}

/** The first pictures of a question, once for each time that it was submitted. */
const pathsOf = ({ copies }: BatchItem): string[] =>
  copies.flatMap(([first]) => (first ? [pathOf(first)] : []));

/** The question that the batch answers about a picture, or why it does not: nothing is asked. */
function questionIn({ items, outcomes }: Batch): (path: string) => AskSettings {
  const asked = new Map(
    [...items.values()].flatMap((item) => pathsOf(item).map((path) => [path, item] as const)),
  );
  return (path) => {
    const item = asked.get(path);
    const outcome = item && outcomes.get(item.runKey);
    if (item && outcome?.state === "answered") return item.settings;
    throw new UserError({
      code: "answerNotKept",
      problem: "The batch holds no answer about this picture.",
      advice: outcome?.reason ?? "Run it without --batch.",
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
        value: withoutSecrets(answer.value, options.redaction !== "off"),
        usage,
      });
    else values.set(customId, { error: answer.type === "failed" ? answer.error.message : answer.type });
  }
  const deps = await context.app.dependencies(undefined);
  const found: Array<{ workflow: WorkflowId; path: string; settings: AskSettings }> = [];
  const matched = new Set<string>();
  for (const path of paths) {
    const source = await pictureAt(path, signal).catch((error: unknown) => {
      if (error instanceof CancelledError) throw error;
      logStderr(toUserError(error, path).message);
    });
    if (!source) continue;
    for (const workflow of Object.values(workflows)) {
      const pictures = onlyPicture(source, options.cover);
      const request = { workflow, pictures, settings: settingsOf(options, workflow) };
      const settings = askSettings(request, context.app.provider);
      const answer = values.get(runKey(settings));
      const value = answer && "value" in answer ? workflow.schema.safeParse(answer.value).data : undefined;
      if (!answer || !("value" in answer) || value === undefined) continue;
      const prepared = await prepareAndMeasure(
        { ...request, signal, onEvent: () => undefined, deps },
        settings,
      );
      const cost = costOf(context.app.prices(), settings.model, answer.usage, true);
      const response = { answer: value, usage: answer.usage, cost, requestId: undefined };
      await context.app.cache.keepAnswer(storedAnswer(settings, askedPictures(prepared), response));
      matched.add(runKey(settings));
      found.push({ workflow: workflow.id, path, settings });
    }
  }
  const left = values.size - matched.size;
  if (left > 0) {
    logStderr(
      `${left} answers belong to pictures that are not known here, or were submitted with other options. Name the pictures, with the options of then; until then, the answers are unjudged.`,
    );
  }
  if (!isNonEmpty(found)) {
    writeStdout(toJson(Object.fromEntries(values)));
    return exit.fine;
  }
  const [{ workflow }] = found;
  const named = found.filter((each) => each.workflow === workflow);
  const questions = new Map(named.map(({ path, settings }) => [path, settings]));
  return show(workflow, [...questions.keys()], showing, (path) => {
    const settings = questions.get(path);
    if (settings) return settings;
    throw new Error("Only pictures with an answer are shown");
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

const isNonEmpty = <T>(list: T[]): list is [T, ...T[]] => list.length > 0;
