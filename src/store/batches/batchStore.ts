import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { UserError } from "../../errors.js";
import { StoredAnswer } from "../answers.js";
import { Journal } from "../journal.js";
import { Lease } from "../lease.js";
import { AskSettings, RunKey } from "../runs/askSettings.js";
import type { Storage } from "../storage.js";

/** Another process may be submitting or fetching thousands of answers. Milliseconds. */
const longestTurn = 30 * 60_000;

/** One question of a batch, with what evaluating its answer needs. */
export const BatchItem = z.object({
  /** The run's key, which is the question's `custom_id`. */
  runKey: RunKey,
  settings: AskSettings,
  /** The first picture's name. */
  name: z.string(),
  /** Where the run's pictures are: their URIs, once for each time that the same was submitted. */
  copies: z.array(z.array(z.string())),
  pictures: StoredAnswer.shape.pictures,
  /** Its entry in the ledger. */
  entry: z.string(),
  /** Whether it was prepared again, because the API found it too large. */
  isSmaller: z.boolean(),
});
export type BatchItem = z.infer<typeof BatchItem>;

const Intent = z.object({
  workflow: AskSettings.shape.workflow,
  provider: AskSettings.shape.provider,
  /** The API's address: a batch is looked for where it was submitted. */
  baseUrl: z.string(),
  time: z.string(),
  count: z.number().int(),
});
export type Intent = z.infer<typeof Intent>;

const ItemOutcome = z.object({
  runKey: RunKey,
  state: z.enum(["answered", "failed", "expired", "cancelled"]),
  reason: z.string().optional(),
});
export type ItemOutcome = z.infer<typeof ItemOutcome>;

/** What is written down of a batch, in this order. */
const Line = z.discriminatedUnion("type", [
  BatchItem.extend({ type: z.literal("item") }),
  Intent.extend({ type: z.literal("intent") }),
  z.object({ type: z.literal("submitted"), id: z.string() }),
  z.object({ type: z.literal("refused"), reason: z.string() }),
  /** A batch that was taken for this one is another. */
  z.object({ type: z.literal("misattributed"), id: z.string() }),
  ItemOutcome.extend({ type: z.literal("outcome") }),
  z.object({ type: z.literal("collected") }),
]);
type Line = z.infer<typeof Line>;

/** A batch as far as it is known. */
export interface Batch extends Intent {
  /** Our own name for it. */
  local: string;
  items: ReadonlyMap<string, BatchItem>;
  /** The API's; undefined when it is not known whether the API has it. */
  id: string | undefined;
  outcomes: ReadonlyMap<string, ItemOutcome>;
  /** Ids that were taken for this batch's, wrongly. */
  misattributed: ReadonlySet<string>;
  /** Nothing more will come of it. */
  isClosed: boolean;
}

/**
 * What became of each question, by its run's key; of one that was submitted again, only what became of it since.
 *
 * @param batches the oldest first
 */
export function latestOutcomes(batches: readonly Batch[]): Map<string, ItemOutcome> {
  const latest = new Map<string, ItemOutcome>();
  for (const { items, outcomes } of batches) {
    for (const key of items.keys()) latest.delete(key);
    for (const [key, outcome] of outcomes) latest.set(key, outcome);
  }
  return latest;
}

/** The batches that were submitted, a file each. */
export class BatchStore {
  /** By our names for the batches: the questions that wait in them, as of how long their files were. */
  private readonly awaited = new Map<string, { size: number; keys: ReadonlySet<string> }>();

  constructor(private readonly storage: Storage) {}

  /**
   * Writes down what is about to be submitted.
   *
   * @returns our name for it, and the lease on it until it is submitted: nobody takes it for one that broke off meanwhile
   * @throws UserError when that cannot be done: its answers would be lost
   */
  async intend(intent: Intent, items: readonly BatchItem[]): Promise<{ local: string; lease: Lease }> {
    const local = `${intent.time.slice(0, 10)}-${randomUUID()}`;
    const lines: Line[] = items.map((item) => ({ type: "item", ...item }));
    try {
      const lease = await Lease.acquire(this.leaseFile(local), undefined, longestTurn);
      await this.journal(local).append([...lines, { type: "intent", ...intent }]);
      return { local, lease };
    } catch (cause) {
      throw new UserError({
        code: "storageFailed",
        problem: "The batch was not submitted: its record cannot be written, and its answers would be lost.",
        advice: `Look at ${this.storage.folder}, or run the pictures now.`,
        cause,
      });
    }
  }

  /** The lease on a batch whose submission broke off; undefined while it is still going on. */
  acquire = (local: string): Promise<Lease | undefined> => Lease.tryAcquire(this.leaseFile(local));

  /** Waits for the turn to look after batches, which one process has at a time. */
  watch = (signal: AbortSignal): Promise<Lease> =>
    Lease.acquire(this.storage.path("batches", "watch"), signal, longestTurn);
  /** The same, or undefined while another process has it. */
  tryWatch = (): Promise<Lease | undefined> =>
    this.storage.tryOr(() => Lease.tryAcquire(this.storage.path("batches", "watch")), undefined);

  submitted = (local: string, id: string) => this.journal(local).append([{ type: "submitted", id }]);
  refused = (local: string, reason: string) => this.journal(local).append([{ type: "refused", reason }]);
  misattributed = (local: string, id: string) => this.journal(local).append([{ type: "misattributed", id }]);
  collected = (local: string) => this.journal(local).append([{ type: "collected" }]);
  outcomes = (local: string, outcomes: readonly ItemOutcome[]) =>
    this.journal(local).append(outcomes.map((outcome) => ({ type: "outcome" as const, ...outcome })));

  /** The batches that are known here, the oldest first. */
  async list(): Promise<Batch[]> {
    const batches = await Promise.all((await this.names()).map((local) => this.find(local)));
    return batches.flatMap((batch) => batch ?? []).sort((a, b) => (a.time < b.time ? -1 : 1));
  }

  /** Whether the question of a run waits in a batch. Of those that have not changed, nothing is read. */
  async isPending(key: string): Promise<boolean> {
    for (const local of await this.names()) if ((await this.awaitedIn(local)).has(key)) return true;
    return false;
  }

  private async awaitedIn(local: string): Promise<ReadonlySet<string>> {
    const { size } = await stat(this.file(local)).catch(() => ({ size: 0 }));
    const known = this.awaited.get(local);
    if (known?.size === size) return known.keys;
    const batch = await this.find(local);
    const keys = new Set(batch?.isClosed ? [] : batch?.items.keys());
    for (const answered of batch?.outcomes.keys() ?? []) keys.delete(answered);
    this.awaited.set(local, { size, keys });
    return keys;
  }

  private async names(): Promise<string[]> {
    const files = await readdir(this.storage.path("batches")).catch(() => []);
    return files.flatMap((file) => (file.endsWith(".jsonl") ? [file.slice(0, -".jsonl".length)] : []));
  }

  /** Undefined when there is none, or its record was not finished: then it was not submitted. */
  async find(local: string): Promise<Batch | undefined> {
    return batchOf(local, await this.journal(local).readNew());
  }

  /** Removes the records of batches that were closed before. */
  async prune(before: Date): Promise<void> {
    for (const { local, isClosed, time } of await this.list())
      if (isClosed && new Date(time) < before) await rm(this.file(local), { force: true });
  }

  private leaseFile = (local: string): string => this.storage.path("batches", `${local}.lease`);

  private file = (local: string): string => this.storage.path("batches", `${local}.jsonl`);

  private journal = (local: string) => new Journal(this.file(local), Line);
}

function batchOf(local: string, lines: readonly Line[]): Batch | undefined {
  const items = new Map<string, BatchItem>();
  const outcomes = new Map<string, ItemOutcome>();
  const misattributed = new Set<string>();
  let intent: Intent | undefined;
  let id: string | undefined;
  let isClosed = false;
  for (const line of lines) {
    switch (line.type) {
      case "item":
        items.set(line.runKey, line);
        break;
      case "intent":
        intent = line;
        break;
      case "submitted":
        id = line.id;
        break;
      case "misattributed":
        misattributed.add(line.id);
        if (id === line.id) id = undefined;
        break;
      case "outcome":
        outcomes.set(line.runKey, line);
        break;
      case "refused":
        for (const key of items.keys())
          if (!outcomes.has(key)) outcomes.set(key, { runKey: key, state: "failed", reason: line.reason });
        isClosed = true;
        break;
      case "collected":
        isClosed = true;
        break;
    }
  }
  return intent && { ...intent, local, items, id, outcomes, misattributed, isClosed };
}
