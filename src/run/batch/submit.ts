import { CancelledError, toUserError, type UserError } from "../../errors.js";
import type { ImageLimits } from "../../image/limits.js";
import { allVisualTokens, imagesOf } from "../../image/prepared.js";
import { type BatchApi, type BatchRequest, UncertainBatchError } from "../../providers/batch.js";
import { mostTokens } from "../../providers/tokens.js";
import type { LabelledPictures } from "../../sources/picture.js";
import { askedPictures } from "../../store/answers.js";
import type { BatchItem, BatchStore } from "../../store/batches/batchStore.js";
import { CommandBudget } from "../../store/ledger/budget.js";
import type { Purpose } from "../../store/ledger/ledger.js";
import { type AskSettings, runKey } from "../../store/runs/askSettings.js";
import type { Workflow } from "../../workflows/workflow.js";
import { questionAbout } from "../ask.js";
import { runMany } from "../many/runMany.js";
import { type PreparedRunPictures, prepareAgain, prepareAndMeasure } from "../prepare.js";
import type { RunDependencies } from "../types.js";

/** The API takes 256 MB. The body is in memory twice while it is sent, so ours stay well below. Bytes. */
const mostBytes = 48 * 1024 * 1024;
/** The API's limit. */
const mostRequests = 100_000;
/** Pictures that are prepared at once. */
const atOnce = 2;

/** One question for a batch. */
export interface BatchSource {
  pictures: LabelledPictures;
  settings: AskSettings;
  /** What the API finds small enough, once it has refused the pictures. */
  smaller?: ImageLimits;
}

export interface SubmitOptions {
  baseUrl: string;
  signal: AbortSignal;
  /** Of the command that the batch belongs to. */
  commandBudget?: CommandBudget;
  /** Told after each question's pictures are prepared. */
  onPrepared?: (count: number) => void;
}

/** What became of one question. */
export type Submitted =
  /** Its answer is known already, and costs nothing. */
  | { state: "known"; settings: AskSettings }
  | { state: "waiting"; settings: AskSettings }
  | { state: "failed"; settings: AskSettings; error: UserError };

interface Packed {
  request: BatchRequest;
  item: Omit<BatchItem, "entry">;
  purpose: Purpose & { maxUsage: { input: number; output: number } };
}

/** A question, and where among the sources it stands. */
interface Question {
  source: BatchSource;
  indexes: number[];
}

/**
 * Submits a workflow on many pictures, to be answered within a day. The answers are collected later, by anyone who has the
 * store. A picture that cannot be used is put aside with its reason.
 *
 * @returns what became of each question, in their order
 * @throws UserError when a budget or the API refuses
 * @throws CancelledError when the signal aborts; what was submitted stays submitted
 */
export async function submitBatch(
  workflow: Workflow,
  sources: readonly BatchSource[],
  options: SubmitOptions,
  api: BatchApi,
  store: BatchStore,
  deps: RunDependencies,
): Promise<Submitted[]> {
  const { signal, commandBudget = new CommandBudget() } = options;
  const questions = questionsOf(sources);
  const submitted: Submitted[] = [];
  const became = ({ source: { settings }, indexes }: Question, state: "known" | "waiting") => {
    for (const index of indexes) submitted[index] = { state, settings };
  };
  let pack: Packed[] = [];
  let bytes = 0;
  let prepared = 0;
  let sending: Promise<void> = Promise.resolve();

  const flush = () => {
    const full = pack;
    [pack, bytes] = [[], 0];
    if (full.length > 0) sending = sending.then(() => sendPack(full));
    return sending;
  };
  const sendPack = async (full: readonly Packed[]): Promise<void> => {
    const { ledger, provider } = deps;
    const entries = await ledger.reserve(
      full.map(({ purpose }) => purpose),
      commandBudget,
    );
    const items = full.map(({ item }, index) => ({ ...item, entry: entries[index] ?? "" }));
    const time = new Date().toISOString();
    const { local, lease } = await store.intend(
      { workflow: workflow.id, provider: provider.id, baseUrl: options.baseUrl, time, count: full.length },
      items,
    );
    try {
      const { id } = await api.create(
        full.map(({ request }) => request),
        signal,
      );
      await store.submitted(local, id);
    } catch (error) {
      // It is looked for in the API's list, later.
      if (error instanceof UncertainBatchError) return;
      await store.refused(local, toUserError(error).message);
      await ledger.settleAll(
        entries.map((id) => ({ id, outcome: { type: "unbilled" } })),
        commandBudget,
      );
      throw error;
    } finally {
      await lease.release();
    }
  };

  await runMany({
    pictures: questions,
    nameOf: ({ source }) => source.pictures[0].name,
    atOnce: () => atOnce,
    signal,
    work: async (question) => {
      const { source, indexes } = question;
      const { settings } = source;
      became(question, "known");
      const isWaiting = await store.isPending(runKey(settings));
      if (!isWaiting && (await deps.cache.findAnswer(settings))) return;
      became(question, "waiting");
      if (isWaiting) return;
      const { smaller, pictures } = source;
      const context = { workflow, pictures, signal, onEvent: () => undefined, deps };
      const measured = await prepareAndMeasure(context, settings);
      const shown = smaller ? await prepareAgain(context, measured, smaller) : measured;
      const copies = indexes.flatMap((index) => copyOf(sources[index]));
      const packed = packedOf(workflow, source, copies, shown, api);
      const size = packed.request.json.length;
      if (bytes + size > mostBytes || pack.length === mostRequests) await flush();
      pack.push(packed);
      bytes += size;
      options.onPrepared?.(++prepared);
    },
    onEnd: (index, outcome) => {
      const question = questions[index];
      if (!question || !("failed" in outcome)) return;
      for (const place of question.indexes)
        submitted[place] = {
          state: "failed",
          settings: question.source.settings,
          error: outcome.failed,
        };
    },
  });
  if (signal.aborted) throw new CancelledError();
  await flush();
  // Cancelled while it was sent, it may be made all the same: it is looked for later.
  if (signal.aborted) throw new CancelledError();
  return submitted;
}

/** Identical pictures are one question. */
function questionsOf(sources: readonly BatchSource[]): Question[] {
  const questions = new Map<string, Question>();
  for (const [index, source] of sources.entries()) {
    const key = runKey(source.settings);
    const question = questions.get(key) ?? { source, indexes: [] };
    question.indexes.push(index);
    questions.set(key, question);
  }
  return [...questions.values()];
}

/** The places of a question's pictures, where all have one. */
function copyOf(source: BatchSource | undefined): string[][] {
  const uris = source?.pictures.flatMap(({ uri }) => uri ?? []) ?? [];
  return uris.length > 0 && uris.length === source?.pictures.length ? [uris] : [];
}

function packedOf(
  workflow: Workflow,
  { settings, pictures: [first], smaller }: BatchSource,
  copies: string[][],
  pictures: PreparedRunPictures,
  api: BatchApi,
): Packed {
  const key = runKey(settings);
  const request = api.request(key, questionAbout(workflow, settings, pictures));
  const sent = pictures.flatMap(({ prepared }) => imagesOf(prepared));
  const visualTokens = pictures.reduce((sum, { prepared }) => sum + allVisualTokens(prepared), 0);
  const images = sent.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 3) * 4, 0);
  const text = Math.max(0, request.json.length - images);
  return {
    request,
    item: {
      runKey: key,
      settings,
      name: first.name,
      copies,
      pictures: askedPictures(pictures),
      isSmaller: smaller !== undefined,
    },
    purpose: {
      workflow: workflow.id,
      model: settings.model,
      visualTokens,
      inBatch: true,
      maxUsage: { input: visualTokens + mostTokens(text), output: workflow.maxTokens },
    },
  };
}
