import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { z } from "zod";
import type { Report } from "../../report.js";
import type { LabelledPictures, PictureId } from "../../sources/picture.js";
import { Journal } from "../journal.js";
import { withLease } from "../lease.js";
import type { Storage } from "../storage.js";
import { type AskSettings, runKey } from "./askSettings.js";
import {
  type EditedAnswer,
  readPrevious,
  readRecord,
  readRun,
  runFile,
  sizeOf,
  writeRun,
} from "./runRecord.js";
import type { RunPictures, RunRecord, RunResult } from "./runResult.js";
import { OldRunLine, RunSummary, summaryOf } from "./runSummary.js";

const IndexLine = z.union([
  RunSummary.extend({ type: z.literal("run") }),
  OldRunLine,
  z.object({ type: z.literal("gone"), id: z.string() }),
]);
type IndexLine = z.infer<typeof IndexLine>;

/** How much is kept. */
export interface Retention {
  days: number;
  bytes: number;
}

/** Runs are looked through for what is too old after so many new ones. */
const pruneEvery = 100;
/** A folder that was begun this long ago and is not in its place was left by a crash. Milliseconds. */
const abandoned = 60_000;

/** The folders of runs: named by their keys, and by older versions otherwise. */
const folderName = /^[0-9a-f]{64}$/;
const oldFolderName = /^[a-z]+-[0-9a-f]{64}$/;

/**
 * The runs that were done, each in a folder of its own that is named by the run's key, with one list of all. A run is
 * there as a whole or not at all.
 */
export class History {
  private readonly runs = new Map<string, RunSummary>();
  private readonly journal: Journal<IndexLine>;
  private kept = 0;
  private lines = 0;

  constructor(
    private readonly storage: Storage,
    private readonly retention: () => Retention,
  ) {
    this.journal = new Journal(this.path("index.jsonl"), IndexLine);
  }

  /**
   * Keeps a run. One whose answer was known before changes nothing in what a person has edited since; where the same
   * was asked anew, the edited answer is kept beside the new one.
   */
  async keep(result: RunResult): Promise<void> {
    await this.storage.tryOr(() => this.keepInPlace(result), undefined);
  }

  /** Keeps a run's edits, and what they cost, on top of the model's answer. */
  async edit(result: RunResult): Promise<void> {
    await this.storage.tryOr(async () => {
      await this.alone(async () => {
        const kept = await this.find(result.runKey);
        const pictures = kept ? withImagesOf(result.pictures, kept.pictures) : result.pictures;
        await this.write({ ...result, pictures }, await this.previous(result.runKey));
      });
      await this.enter(summaryOf(result, this.runs.get(result.runKey)?.bytes ?? sizeOf(result.pictures)));
    }, undefined);
  }

  /** Remembers that a run failed, unless an earlier one is kept. */
  async fail(settings: AskSettings, pictures: LabelledPictures, reason: string): Promise<void> {
    const id = runKey(settings);
    await this.storage.tryOr(async () => {
      if (await this.has(id)) return;
      const [first, ...others] = pictures;
      await this.enter({
        id,
        workflow: settings.workflow,
        name: first.name,
        pictures: [first.id, ...others.map((picture) => picture.id)],
        ...(first.uri === undefined ? {} : { source: first.uri }),
        time: new Date().toISOString(),
        state: "failed",
        findings: {},
        reason,
        bytes: 0,
      });
    }, undefined);
  }

  /** Whether a run is kept. @param id its key */
  async has(id: string): Promise<boolean> {
    return stat(this.path(id, runFile)).then(
      () => true,
      () => false,
    );
  }

  /** All runs, the latest first. */
  async list(): Promise<RunSummary[]> {
    await this.storage.tryOr(() => this.refresh(), undefined);
    return [...this.runs.values()].sort((a, b) => (a.time < b.time ? 1 : -1));
  }

  /** The kept run with its images, or undefined when there is none that this version can read. */
  find(id: string): Promise<RunRecord | undefined> {
    return readRun(this.path(id));
  }

  /** The same without its images, which may be large. */
  record(id: string): Promise<RunRecord | undefined> {
    return readRecord(this.path(id));
  }

  /** The latest run of a workflow on a picture alone, without its images. */
  async latest(workflow: string, picture: PictureId): Promise<RunRecord | undefined> {
    const isMeant = (run: RunSummary) =>
      run.workflow === workflow && run.pictures.length === 1 && run.pictures[0] === picture;
    for (const run of await this.list()) {
      const record = isMeant(run) ? await this.record(run.id) : undefined;
      if (record) return record;
    }
    return undefined;
  }

  /** The answer that a person had edited before the same was asked anew. */
  previous(id: string): Promise<EditedAnswer | undefined> {
    return readPrevious(this.path(id));
  }

  /** Deletes a run with its copies of the picture. */
  async delete(id: string): Promise<void> {
    await this.alone(async () => {
      await rm(this.path(id), { recursive: true, force: true });
      await this.journal.append([{ type: "gone", id }]);
    });
    this.runs.delete(id);
  }

  /** After everything was deleted. */
  forget(): void {
    this.runs.clear();
  }

  /**
   * After a crash: a run that was written whole gets its place and its line, what was begun is removed. Also forgets
   * what is too old.
   *
   * @param evaluate what a run says; undefined when this version cannot tell
   */
  async recover(evaluate: (run: RunRecord) => Report | undefined): Promise<void> {
    await this.storage.tryOr(async () => {
      const names = await readdir(this.path()).catch(() => []);
      if (names.length === 0) return;
      await this.alone(async () => {
        for (const name of names) await this.settle(name);
        await this.refresh();
      });
      for (const name of await readdir(this.path())) {
        if (this.runs.has(name)) continue;
        if (oldFolderName.test(name)) await rm(this.path(name), { recursive: true, force: true });
        const run = folderName.test(name) ? await this.find(name) : undefined;
        const report = run && evaluate(run);
        if (report) await this.enter(summaryOf({ ...run, report }, sizeOf(run.pictures)));
      }
      await this.prune();
    }, undefined);
  }

  private path = (...parts: string[]): string => this.storage.path("runs", ...parts);

  private alone = <T>(work: () => Promise<T>): Promise<T> => withLease(this.path("lock"), work);

  private async keepInPlace(result: RunResult): Promise<void> {
    const { runKey: id, response } = result;
    const isKnown = await this.alone(async () => {
      const kept = await this.record(id);
      if (kept && response?.cachedAt !== undefined) {
        if (!hasImages(result) || hasImages(await this.find(id))) return true;
        const pictures = withImagesOf(kept.pictures, result.pictures);
        await this.write({ ...kept, pictures }, await this.previous(id));
        return true;
      }
      const edited =
        kept?.response && kept.edits.length > 0 ? { ...kept, response: kept.response } : undefined;
      await this.write(result, edited ?? (await this.previous(id)));
      return false;
    });
    if (isKnown) await this.refresh();
    const known = isKnown ? this.runs.get(id) : undefined;
    const bytes = Math.max(known?.bytes ?? 0, sizeOf(result.pictures));
    await this.enter(known ? { ...known, bytes, time: new Date().toISOString() } : summaryOf(result, bytes));
    if (++this.kept % pruneEvery === 0) await this.prune();
  }

  private async write(run: RunRecord, previous: EditedAnswer | undefined): Promise<void> {
    const { runKey: id } = run;
    const fresh = this.path(`.${id}-${randomUUID()}`);
    await mkdir(fresh, { recursive: true });
    try {
      await writeRun(fresh, run, previous);
      await this.putInPlace(fresh, id);
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      throw error;
    }
  }

  private async putInPlace(fresh: string, id: string): Promise<void> {
    await rm(this.path(id), { recursive: true, force: true });
    await rename(fresh, this.path(id));
  }

  /** Finishes or removes what a crash left. */
  private async settle(name: string): Promise<void> {
    const match = /^\.((?:[a-z]+-)?[0-9a-f]{64})-/.exec(name);
    const [, id] = match ?? [];
    const stats = id && (await stat(this.path(name)).catch(() => undefined));
    if (!stats || Date.now() - stats.mtimeMs < abandoned) return;
    const isWhole = !(await this.has(id)) && (await readRecord(this.path(name))) !== undefined;
    if (isWhole) await this.putInPlace(this.path(name), id);
    else await rm(this.path(name), { recursive: true, force: true });
  }

  private async enter(run: RunSummary): Promise<void> {
    await this.alone(() => this.journal.append([{ type: "run", ...run }]));
    this.runs.set(run.id, run);
  }

  private async refresh(): Promise<void> {
    const rewritten = () => {
      this.runs.clear();
      this.lines = 0;
    };
    for (const line of await this.journal.readNew(rewritten)) {
      this.lines++;
      if (line.type === "gone") {
        this.runs.delete(line.id);
        continue;
      }
      const { type: _, ...run } = line;
      this.runs.set(run.id, run);
    }
  }

  private async prune(): Promise<void> {
    const { days, bytes } = this.retention();
    const oldest = new Date(Date.now() - days * 86_400_000).toISOString();
    let sum = 0;
    for (const run of await this.list()) {
      sum += run.bytes;
      if (run.time < oldest || sum > bytes) await this.delete(run.id);
    }
    if (this.lines < 2 * this.runs.size + 1000) return;
    await this.alone(async () => {
      await this.refresh();
      await this.journal.rewrite([...this.runs.values()].map((run) => ({ type: "run", ...run })));
    });
  }
}

const hasImages = (run: { pictures: RunPictures } | undefined): boolean =>
  run?.pictures.every(({ prepared }) => prepared) ?? false;

/** The pictures, with others' images where they have none of their own. */
function withImagesOf([first, ...rest]: RunPictures, images: RunPictures): RunPictures {
  const filled = (picture: RunPictures[number], index: number) => ({
    ...picture,
    prepared: picture.prepared ?? images[index]?.prepared,
  });
  return [filled(first, 0), ...rest.map((picture, index) => filled(picture, index + 1))];
}
