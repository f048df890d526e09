import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { z } from "zod";
import type { PreparedPicture } from "../../image/prepared.js";
import type { Report, WorkflowId } from "../../report.js";
import { Journal } from "../journal.js";
import { withLease } from "../lease.js";
import type { Storage } from "../storage.js";
import { type KeptRun, type RunRecord, readRecord, readRun, runFile, sizeOf, writeRun } from "./runFolder.js";
import type { RunResult } from "./runResult.js";
import { RunSummary, runId, summaryOf } from "./runSummary.js";

const IndexLine = z.discriminatedUnion("type", [
  RunSummary.extend({ type: z.literal("run") }),
  z.object({ type: z.literal("gone"), id: z.string() }),
]);

/** How much is kept. */
export interface Retention {
  days: number;
  bytes: number;
}

/** Runs are looked through for what is too old after so many new ones. */
const pruneEvery = 100;
/** Nobody writes one run for so long. Milliseconds. */
const abandoned = 60_000;

/**
 * The runs that were done, each in a folder of its own, with one list of all. A run is there as a whole or not at all.
 */
export class History {
  private readonly runs = new Map<string, RunSummary>();
  private readonly journal: Journal<z.infer<typeof IndexLine>>;
  private kept = 0;
  private lines = 0;

  constructor(
    private readonly storage: Storage,
    private readonly retention: () => Retention,
  ) {
    this.journal = new Journal(this.path("index.jsonl"), IndexLine);
  }

  /** Keeps a run whose picture was prepared. */
  async keep(result: RunResult, source: string | undefined): Promise<void> {
    const { prepared } = result;
    if (prepared) await this.storage.attempt(() => this.write(result, prepared, source), undefined);
  }

  /** Remembers that a run failed, unless an earlier one is kept. */
  async fail(
    { workflow, sha256, name }: { workflow: WorkflowId; sha256: string; name: string },
    reason: string,
    source: string | undefined,
  ): Promise<void> {
    const id = runId({ workflow, sha256 });
    await this.storage.attempt(async () => {
      if (await this.has(id)) return;
      const time = new Date().toISOString();
      await this.enter({
        id,
        workflow,
        name,
        sha256,
        source,
        time,
        state: "failed",
        findings: {},
        reason,
        bytes: 0,
      });
    }, undefined);
  }

  /** Whether a run is kept that can be shown. */
  async has(id: string): Promise<boolean> {
    return stat(this.path(id, runFile)).then(
      () => true,
      () => false,
    );
  }

  /** All runs, the latest first. */
  async list(): Promise<RunSummary[]> {
    await this.storage.attempt(() => this.refresh(), undefined);
    return [...this.runs.values()].sort((a, b) => (a.time < b.time ? 1 : -1));
  }

  /** The kept run, or undefined when there is none that can be read. */
  find(id: string): Promise<KeptRun | undefined> {
    return readRun(this.path(id));
  }

  /** The same without its picture, which may be large. */
  record(id: string): Promise<RunRecord | undefined> {
    return readRecord(this.path(id));
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
   */
  async tidy(summarize: (run: KeptRun) => Report): Promise<void> {
    await this.storage.attempt(async () => {
      const names = await readdir(this.path()).catch(() => []);
      if (names.length === 0) return;
      await this.alone(async () => {
        for (const name of names) await this.settle(name);
        await this.refresh();
      });
      for (const name of await readdir(this.path())) {
        if (this.runs.has(name) || !/^\w+-[0-9a-f]{64}$/.test(name)) continue;
        const run = await this.find(name);
        const report = run && readable(() => summarize(run));
        if (report) await this.enter(summaryOf({ ...run, report }, run.source, sizeOf(run.prepared)));
      }
      await this.prune();
    }, undefined);
  }

  private path = (...parts: string[]): string => this.storage.path("runs", ...parts);

  private alone = <T>(work: () => Promise<T>): Promise<T> => withLease(this.path("lock"), work);

  private async write(
    result: RunResult,
    prepared: PreparedPicture,
    source: string | undefined,
  ): Promise<void> {
    const id = runId({ workflow: result.workflow, sha256: result.picture.sha256 });
    const fresh = this.path(`.${id}-${randomUUID()}`);
    await mkdir(fresh, { recursive: true });
    try {
      await writeRun(fresh, result, prepared, source);
      await this.alone(() => this.putInPlace(fresh, id));
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      throw error;
    }
    await this.enter(summaryOf(result, source, sizeOf(prepared)));
    if (++this.kept % pruneEvery === 0) await this.prune();
  }

  private async putInPlace(fresh: string, id: string): Promise<void> {
    await rm(this.path(id), { recursive: true, force: true });
    await rename(fresh, this.path(id));
  }

  /** Finishes or removes what a crash left. */
  private async settle(name: string): Promise<void> {
    const match = /^\.(\w+-[0-9a-f]{64})-/.exec(name);
    const [, id] = match ?? [];
    const stats = id && (await stat(this.path(name)).catch(() => undefined));
    if (!stats || Date.now() - stats.mtimeMs < abandoned) return;
    const isWhole = !(await this.has(id)) && (await readRecord(this.path(name))) !== undefined;
    if (isWhole) await this.putInPlace(this.path(name), id);
    else await rm(this.path(name), { recursive: true, force: true });
  }

  private async enter(summary: RunSummary): Promise<void> {
    await this.alone(() => this.journal.append([{ type: "run", ...summary }]));
    this.runs.set(summary.id, summary);
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
      const { type: _, ...summary } = line;
      this.runs.set(line.id, summary);
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

/** Undefined for a run that this version cannot read any more. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
