import { CancelledError, toUserError, type UserError } from "../../errors.js";
import type { ImageLimits } from "../../image/limits.js";
import { allVisualTokens } from "../../image/prepared.js";
import {
  type BatchApi,
  type BatchRequest,
  batchRequest,
  UncertainBatchError,
} from "../../providers/anthropic/batches.js";
import { mostTokens } from "../../providers/anthropic/tokens.js";
import type { BatchItem, BatchStore } from "../../store/batches/batchStore.js";
import { KeptPicture } from "../../store/keptPicture.js";
import { CommandBudget } from "../../store/ledger/budget.js";
import type { Purpose } from "../../store/ledger/ledger.js";
import type { Workflow } from "../../workflows/workflow.js";
import { type AskingOptions, questionAbout } from "../ask.js";
import { type AskSettings, answerKey, runHash, secretsUnder } from "../keys.js";
import { runMany } from "../many/runMany.js";
import { look, type OpenedInput, prepareAgain } from "../prepare.js";
import type { ImageSource, RunDependencies } from "../runner.js";

/** The API takes 256 MB. The body is in memory twice while it is sent, so ours stay well below. Bytes. */
const mostBytes = 48 * 1024 * 1024;
/** The API's limit. */
const mostRequests = 100_000;
/** Pictures that are prepared at once. */
const atOnce = 2;

/** A picture for a batch. */
export interface BatchSource extends ImageSource {
  /** Where it is, to be read again: a URI. */
  source: string | undefined;
  /** What the API finds small enough, once it has refused the picture. */
  smaller?: ImageLimits;
}

export interface SubmitOptions extends Omit<AskingOptions, "onEvent"> {
  measuring: AskSettings["measuring"];
  baseUrl: string;
  /** Told after each picture is prepared. */
  onPrepared?: (count: number) => void;
}

/** What became of one picture. */
export type Submitted =
  /** Its answer is known already, and costs nothing. */
  { state: "known" } | { state: "waiting"; hash: string } | { state: "failed"; error: UserError };

interface Packed {
  request: BatchRequest;
  item: Omit<BatchItem, "entry">;
  maxUsage: Purpose & { maxUsage: { input: number; output: number } };
}

/**
 * Submits a workflow on many pictures, to be answered within a day. The answers are collected later, by anyone who has the
 * store. A picture that cannot be used is put aside with its reason.
 *
 * @returns what became of each picture, in their order
 * @throws UserError when a budget or the API refuses
 * @throws CancelledError when the signal aborts; what was submitted stays submitted
 */
export async function submitBatch(
  workflow: Workflow,
  sources: readonly BatchSource[],
  options: SubmitOptions,
  api: BatchApi,
  store: BatchStore,
  dependencies: RunDependencies,
): Promise<Submitted[]> {
  const { signal, redaction, commandBudget = new CommandBudget() } = options;
  const asking: AskSettings = { ...options, secrets: secretsUnder(redaction) };
  const submitted: Submitted[] = sources.map(() => ({ state: "known" }));
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
    const { ledger } = dependencies;
    const entries = await ledger.reserve(
      full.map(({ maxUsage }) => maxUsage),
      commandBudget,
    );
    const items = full.map(({ item }, at) => ({ ...item, entry: entries[at] ?? "" }));
    const { model, effort, measuring, baseUrl } = options;
    const time = new Date().toISOString();
    const { local, hold } = await store.intend(
      { workflow: workflow.id, model, effort, redaction, measuring, baseUrl, time, count: full.length },
      items,
    );
    try {
      const { id } = await api.create(
        full.map(({ request }) => request),
        signal,
      );
      await store.submitted(local, id);
    } catch (error) {
      // OpenedInput for in the API's list, later.
      if (error instanceof UncertainBatchError) return;
      await store.refused(local, toUserError(error).message);
      await ledger.settleAll(
        entries.map((id) => ({ id, outcome: { type: "unbilled" } })),
        commandBudget,
      );
      throw error;
    } finally {
      await hold.release();
    }
  };

  // Identical pictures are one question.
  const questions = new Map<string, { source: BatchSource; copies: number[] }>();
  for (const [at, source] of sources.entries()) {
    const hash = runHash(workflow, source.sha256, asking);
    const question = questions.get(hash) ?? { source, copies: [] };
    question.copies.push(at);
    questions.set(hash, question);
  }
  const asked = [...questions].map(([hash, question]) => ({ hash, ...question }));
  const became = (copies: readonly number[], state: Submitted) => {
    for (const at of copies) submitted[at] = state;
  };
  await runMany({
    pictures: asked,
    nameOf: ({ source }) => source.name,
    atOnce: () => atOnce,
    signal,
    work: async ({ source, copies, hash }) => {
      const isWaiting = !source.smaller && (await store.isPending(hash));
      if (!isWaiting && (await dependencies.cache.findAnswer(answerKey(source.sha256, hash)))) return;
      became(copies, { state: "waiting", hash });
      if (isWaiting) return;
      const seen = await look(workflow, source, asking, { signal }, dependencies);
      const { smaller } = source;
      const shown = smaller
        ? await prepareAgain(workflow, source, seen.measurement, smaller, { signal }, dependencies)
        : seen;
      const places = copies.flatMap((at) => sources[at]?.source ?? []);
      const packed = packedOf(workflow, source, places, shown, hash, options);
      const size = packed.request.json.length;
      if (bytes + size > mostBytes || pack.length === mostRequests) await flush();
      pack.push(packed);
      bytes += size;
      options.onPrepared?.(++prepared);
    },
    onEnd: (at, outcome) => {
      if ("failed" in outcome) became(asked[at]?.copies ?? [], { state: "failed", error: outcome.failed });
    },
  });
  if (signal.aborted) throw new CancelledError();
  await flush();
  // Cancelled while it was sent, it may be made all the same: it is looked for later.
  if (signal.aborted) throw new CancelledError();
  return submitted;
}

function packedOf(
  workflow: Workflow,
  source: BatchSource,
  places: string[],
  { picture, measurement }: OpenedInput,
  hash: string,
  options: SubmitOptions,
): Packed {
  const request = batchRequest(hash, questionAbout(workflow, { picture, measurement }, options));
  const visualTokens = allVisualTokens(picture);
  const images = picture.parts.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 3) * 4, 0);
  const text = Math.max(0, request.json.length - images);
  return {
    request,
    item: {
      hash,
      sha256: source.sha256,
      name: source.name,
      sources: places,
      picture: KeptPicture.parse(picture),
      covered: measurement.covered,
      isSmaller: source.smaller !== undefined,
    },
    maxUsage: {
      workflow: workflow.id,
      model: options.model,
      visualTokens,
      inBatch: true,
      maxUsage: { input: visualTokens + mostTokens(text), output: workflow.maxTokens },
    },
  };
}
