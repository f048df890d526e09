import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import cacache, { type CacheObject } from "cacache";
import { z } from "zod";
import { abortable } from "../async/abortable.js";
import { CancelledError } from "../errors.js";
import { Measurement } from "../measure/measurement.js";
import { Usage } from "../providers/anthropic/usage.js";
import { parseJson } from "../text/json.js";
import type { PictureGeometry } from "../workflows/workflow.js";
import { KeptPicture } from "./keptPicture.js";
import { Lease } from "./lease.js";
import type { ModelResponse } from "./runs/runResult.js";
import type { Storage } from "./storage.js";

/** Nobody asks one question for so long. Milliseconds. */
const abandoned = 86_400_000;
/** After so many new entries, the oldest make room. */
const pruneEvery = 200;

/** A content-addressed store of JSON values: what does not have the digest that it was written with is not there. */
class Store<T> {
  private written = 0;

  constructor(
    private readonly storage: Storage,
    private readonly name: string,
    private readonly schema: z.ZodType<T>,
    private readonly mostBytes: number,
    private readonly onCorrupted: (what: string) => void,
  ) {}

  /** @param key begins with the SHA-256 of the picture that it is about */
  async find(key: string): Promise<T | undefined> {
    let bytes: Buffer;
    try {
      bytes = (await cacache.get(this.folder, key)).data;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EINTEGRITY" || code === "EBADSIZE")
        this.onCorrupted(`${this.name}: an entry is damaged (${code})`);
      return undefined;
    }
    const parsed = this.schema.safeParse(parseJson(bytes.toString("utf8")));
    if (!parsed.success) this.onCorrupted(`${this.name}: an entry has another form`);
    return parsed.data;
  }

  async keep(key: string, value: T): Promise<void> {
    await this.storage.attempt(async () => {
      await cacache.put(this.folder, key, JSON.stringify(value));
      if (++this.written % pruneEvery === 0) await this.prune();
    }, undefined);
  }

  /** Forgets everything about a picture. */
  async forget(sha256: string): Promise<void> {
    await this.keepOnly(await this.list(), ({ key }) => !key.startsWith(sha256));
  }

  private get folder(): string {
    return this.storage.path(this.name);
  }

  private async list(): Promise<CacheObject[]> {
    const listed = await cacache.ls(this.folder).catch(() => ({}));
    return Object.values(listed) as CacheObject[];
  }

  private async prune(): Promise<void> {
    const entries = (await this.list()).sort((a, b) => b.time - a.time);
    let bytes = 0;
    await this.keepOnly(entries, ({ size = 0 }) => {
      bytes += size;
      return bytes <= this.mostBytes;
    });
  }

  /** What two entries share stays as long as one of them does. */
  private async keepOnly(
    entries: readonly CacheObject[],
    isKept: (entry: CacheObject) => boolean,
  ): Promise<void> {
    const gone = entries.filter((entry) => !isKept(entry));
    const removed = new Set(gone);
    const used = new Set(entries.flatMap((entry) => (removed.has(entry) ? [] : entry.integrity)));
    for (const { key, integrity } of gone) {
      await cacache.rm.entry(this.folder, key);
      if (!used.has(integrity)) await cacache.rm.content(this.folder, integrity);
    }
  }
}

/** What the model answered, and about which image: judging and rendering run again. */
export const StoredAnswer = z.object({
  answer: z.unknown(),
  model: z.string(),
  usage: Usage,
  cost: z.number().optional(),
  requestId: z.string().optional(),
  /** ISO 8601. */
  time: z.string(),
  picture: KeptPicture,
  covered: z.boolean(),
});
export type StoredAnswer = z.infer<typeof StoredAnswer>;

/**
 * What is kept of an answer that has just arrived.
 *
 * @param about the picture that was sent, and whether its secrets were covered
 */
export function storedAnswer(
  { answer, model, usage, cost, requestId }: Omit<ModelResponse, "cachedAt">,
  { picture, measurement }: { picture: PictureGeometry; measurement: Pick<Measurement, "covered"> },
): StoredAnswer {
  return {
    answer,
    model,
    usage,
    ...(cost === undefined ? {} : { cost }),
    ...(requestId === undefined ? {} : { requestId }),
    time: new Date().toISOString(),
    picture: KeptPicture.parse(picture),
    covered: measurement.covered,
  };
}

export interface CacheOptions {
  /** Bytes for answers and measurements together. */
  mostBytes: number;
  /** Told when an entry is damaged; it is then as if it were not there. */
  onCorrupted: (what: string) => void;
}

/** What was asked and measured before: the same question is never paid twice, in any window, at any time. */
export class Cache {
  private readonly answers: Store<StoredAnswer>;
  private readonly measurements: Store<Measurement>;
  private readonly going = new Map<string, Promise<unknown>>();

  constructor(
    private readonly storage: Storage,
    { mostBytes, onCorrupted }: CacheOptions,
  ) {
    this.answers = new Store(storage, "answers", StoredAnswer, mostBytes / 2, onCorrupted);
    this.measurements = new Store(storage, "measurements", Measurement, mostBytes / 2, onCorrupted);
  }

  findAnswer = (key: string) => this.answers.find(key);
  keepAnswer = (key: string, answer: StoredAnswer) => this.answers.keep(key, answer);
  findMeasurement = (key: string) => this.measurements.find(key);
  keepMeasurement = (key: string, measurement: Measurement) => this.measurements.keep(key, measurement);

  /** Does something about a question while nobody else does, in this process or another. */
  async alone<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let other = this.going.get(key); other; other = this.going.get(key)) await abortable(other, signal);
    const file = this.storage.path("asking", createHash("sha256").update(key).digest("hex"));
    const mine = this.leased(file, work, signal);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.going.set(key, settled);
    try {
      return await mine;
    } finally {
      this.going.delete(key);
    }
  }

  /** Removes what a crash left of questions that nobody asks any more. */
  async tidy(): Promise<void> {
    const folder = this.storage.path("asking");
    for (const name of await readdir(folder).catch(() => [])) {
      const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > abandoned) await rm(join(folder, name), { force: true });
    }
  }

  /** Where there can be no lease, other windows are not waited for. */
  private async leased<T>(file: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    let lease: Lease | undefined;
    try {
      lease = await Lease.take(file, signal);
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      this.storage.reportError(error);
    }
    try {
      return await work();
    } finally {
      await lease?.release();
    }
  }

  /** Forgets everything about a picture. */
  async forget(sha256: string): Promise<void> {
    await this.answers.forget(sha256);
    await this.measurements.forget(sha256);
  }
}
