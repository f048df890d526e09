import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import cacache, { type CacheObject } from "cacache";
import { z } from "zod";
import { abortable } from "../async/abortable.js";
import { CancelledError } from "../errors.js";
import { Measurement } from "../measure/measurement.js";
import { Usage } from "../providers/usage.js";
import { PictureId } from "../sources/picture.js";
import { parseJson } from "../text/json.js";
import { KeptPicture } from "./keptPicture.js";
import { Lease } from "./lease.js";
import { AskSettings, runKey } from "./runs/askSettings.js";
import type { ModelResponse, RunPictures } from "./runs/runResult.js";
import { Seal } from "./seal.js";
import type { Storage } from "./storage.js";

/** A lock on a question that is older than this was left by a crash. Milliseconds. */
const abandoned = 86_400_000;
/** Another window may be asking the same, with all of its tries and waits. Milliseconds. */
const longestAsking = 30 * 60_000;
/** After so many new entries, the oldest make room. */
const pruneEvery = 200;

/**
 * A content-addressed store of JSON values: what does not have the digest that it was written with, or was not sealed
 * by this machine's key, is not there.
 */
class Store<T> {
  private written = 0;

  constructor(
    private readonly storage: Storage,
    private readonly seal: Seal,
    private readonly name: string,
    private readonly schema: z.ZodType<T>,
    private readonly mostBytes: () => number,
    private readonly onCorrupted: (what: string) => void,
  ) {}

  /** @param key begins with the ids of the pictures that it is about, and a colon */
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
    const text = await this.seal.open(key, bytes.toString("utf8"));
    // Of an older version, or not ours.
    if (text === undefined) return undefined;
    const parsed = this.schema.safeParse(parseJson(text));
    if (!parsed.success) this.onCorrupted(`${this.name}: an entry has another form`);
    return parsed.data;
  }

  async keep(key: string, value: T): Promise<void> {
    await this.storage.tryOr(async () => {
      await cacache.put(this.folder, key, await this.seal.seal(key, JSON.stringify(value)));
      if (++this.written % pruneEvery === 0) await this.prune();
    }, undefined);
  }

  /** Forgets everything about a picture. */
  async forget(id: PictureId): Promise<void> {
    const isAbout = (key: string) => key.slice(0, key.indexOf(":")).split("+").includes(id);
    await this.keepOnly(await this.list(), ({ key }) => !isAbout(key));
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
    const most = this.mostBytes();
    let bytes = 0;
    await this.keepOnly(entries, ({ size = 0 }) => {
      bytes += size;
      return bytes <= most;
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

const AskedPicture = z.object({
  id: PictureId,
  label: z.string(),
  /** As it was sent: the answer's places are in its pixels. */
  geometry: KeptPicture,
  /** Whether its secrets were covered. */
  covered: z.boolean(),
});

/** What the model answered, to what and about which images: evaluating and rendering run again. */
export const StoredAnswer = z.object({
  settings: AskSettings,
  pictures: z.tuple([AskedPicture], AskedPicture),
  answer: z.unknown(),
  usage: Usage,
  cost: z.number().optional(),
  requestId: z.string().optional(),
  /** ISO 8601. */
  time: z.string(),
});
export type StoredAnswer = z.infer<typeof StoredAnswer>;

/** What is kept of an answer that has just arrived. */
export function storedAnswer(
  settings: AskSettings,
  pictures: AskedPictures,
  { answer, usage, cost, requestId }: Omit<ModelResponse, "model" | "cachedAt">,
): StoredAnswer {
  return {
    settings,
    pictures,
    answer,
    usage,
    ...(cost === undefined ? {} : { cost }),
    ...(requestId === undefined ? {} : { requestId }),
    time: new Date().toISOString(),
  };
}

export type AskedPictures = StoredAnswer["pictures"];

/** What is kept of the pictures that were asked about. */
export function askedPictures([first, ...others]: RunPictures): AskedPictures {
  const kept = ({ id, label, picture, measurement }: RunPictures[number]) => ({
    id,
    label,
    geometry: KeptPicture.parse(picture),
    covered: measurement.covered,
  });
  return [kept(first), ...others.map(kept)];
}

/** A stored answer as a run's response. */
export const responseOf = ({
  settings,
  answer,
  usage,
  cost,
  requestId,
  time,
}: StoredAnswer): ModelResponse => ({
  answer,
  model: settings.model,
  usage,
  cost,
  requestId,
  cachedAt: time,
});

/** Where an answer is kept: by the pictures that it is about, so that all about one of them can be forgotten. */
const answerKey = (settings: AskSettings): string =>
  `${settings.pictures.map(({ id }) => id).join("+")}:${runKey(settings)}`;

export interface CacheOptions {
  /** Bytes for answers and measurements together, asked whenever there are many new ones. */
  mostBytes: () => number;
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
    const seal = new Seal(storage);
    const half = () => mostBytes() / 2;
    this.answers = new Store(storage, seal, "answers", StoredAnswer, half, onCorrupted);
    this.measurements = new Store(storage, seal, "measurements", Measurement, half, onCorrupted);
  }

  findAnswer = (settings: AskSettings) => this.answers.find(answerKey(settings));
  keepAnswer = (answer: StoredAnswer) => this.answers.keep(answerKey(answer.settings), answer);
  findMeasurement = (key: string) => this.measurements.find(key);
  keepMeasurement = (key: string, measurement: Measurement) => this.measurements.keep(key, measurement);

  /**
   * Does something about a question while nobody else does, in this process or another.
   *
   * @param key the run's
   */
  async alone<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let other = this.going.get(key); other; other = this.going.get(key)) await abortable(other, signal);
    const file = this.storage.path("asking", key);
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
  async recover(): Promise<void> {
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
      lease = await Lease.acquire(file, signal, longestAsking);
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
  async forget(id: PictureId): Promise<void> {
    await this.answers.forget(id);
    await this.measurements.forget(id);
  }
}
