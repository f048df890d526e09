import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Usage } from "../claude/usage.js";
import type { PreparedImage, PreparedPicture } from "../image/prepared.js";
import { Measurement } from "../measure/measurement.js";
import {
  Impact,
  impacts,
  needsReview,
  Report,
  type Report as ReportType,
  standing,
  type WorkflowId,
} from "../report.js";
import { parseJson } from "../text/json.js";
import { KeptPart, KeptPicture } from "./keptPicture.js";
import type { RunResult } from "./run.js";
import { Journal } from "./store/journal.js";
import { withLease } from "./store/lease.js";
import type { Storage } from "./store/storage.js";

/** What is kept of a run: the model's answer, not what was made of it. Judging and rendering run again. */
const StoredRun = z.object({
  version: z.literal(4),
  workflow: Report.shape.workflow,
  /** Where the picture is, as a URI; absent for a pasted one. */
  source: z.string().optional(),
  picture: KeptPicture.extend({ parts: z.array(KeptPart.extend({ file: z.string().regex(/^part-\d+$/) })) }),
  measurement: Measurement,
  /** Absent when nobody was asked. */
  asked: z
    .object({
      answer: z.unknown(),
      model: z.string(),
      usage: Usage,
      cost: z.number().optional(),
      requestId: z.string().optional(),
      cachedAt: z.string().optional(),
    })
    .optional(),
  milliseconds: z.number(),
});

/** A run as it was done, without what is judged anew. */
export interface KeptRun extends Omit<RunResult, "judged" | "report"> {
  prepared: PreparedPicture;
  source: string | undefined;
}

export const runStates = ["done", "review", "failed"] as const;
export type RunState = (typeof runStates)[number];

/** A run in a list. */
const RunSummary = z.object({
  id: z.string().regex(/^(audit|triage|diagram)-[0-9a-f]{64}$/),
  workflow: Report.shape.workflow,
  /** The picture's. */
  name: z.string(),
  sha256: z.string(),
  source: z.string().optional(),
  /** ISO 8601. */
  time: z.string(),
  state: z.enum(runStates),
  /** Findings that stand, by impact. */
  findings: z.partialRecord(Impact, z.number()),
  /** US$, when it was asked. */
  cost: z.number().optional(),
  /** Why it failed. */
  reason: z.string().optional(),
  /** On the disk. */
  bytes: z.number(),
});
export type RunSummary = z.infer<typeof RunSummary>;

const IndexLine = z.discriminatedUnion("type", [
  RunSummary.extend({ type: z.literal("run") }),
  z.object({ type: z.literal("gone"), id: z.string() }),
]);

/** One workflow on one content: running it again replaces what is kept. */
export function runId({ workflow, sha256 }: { workflow: WorkflowId; sha256: string }): string {
  return `${workflow}-${sha256}`;
}

/** The findings that stand, counted by impact. */
export function countsOf({ findings }: ReportType): RunSummary["findings"] {
  const counts: RunSummary["findings"] = {};
  const counted = standing(findings);
  for (const impact of impacts) {
    const count = counted.filter((finding) => finding.impact === impact).length;
    if (count > 0) counts[impact] = count;
  }
  return counts;
}

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
    return stat(this.path(id, "run.json")).then(
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
  async find(id: string): Promise<KeptRun | undefined> {
    const stored = await this.read(id);
    if (!stored) return undefined;
    const { version: _, picture, source, asked, ...run } = stored;
    const parts = await Promise.all(
      picture.parts.map(async ({ file, ...part }): Promise<PreparedImage> => {
        return { ...part, bytes: await readFile(this.path(id, file)) };
      }),
    ).catch((): PreparedImage[] => []);
    const [first, ...rest] = parts;
    if (!first) return undefined;
    const photo = await readFile(this.path(id, "photo")).catch(() => undefined);
    const whole: PreparedPicture = { ...picture, parts: [first, ...rest], ...(photo ? { photo } : {}) };
    return {
      ...run,
      picture: whole,
      prepared: whole,
      source,
      asked: asked && { ...asked, answer: asked.answer, cost: asked.cost, requestId: asked.requestId },
    };
  }

  /** Deletes a run with its copies of the picture. */
  async delete(id: string): Promise<void> {
    await this.alone(async () => {
      await rm(this.path(id), { recursive: true, force: true });
      await this.journal.append({ type: "gone", id });
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
  async tidy(summarize: (run: KeptRun) => ReportType): Promise<void> {
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

  private async read(id: string) {
    const text = await readFile(this.path(id, "run.json"), "utf8").catch(() => "");
    return StoredRun.safeParse(parseJson(text)).data;
  }

  private async write(
    result: RunResult,
    prepared: PreparedPicture,
    source: string | undefined,
  ): Promise<void> {
    const id = runId({ workflow: result.workflow, sha256: result.picture.sha256 });
    const fresh = this.path(`.${id}-${randomUUID()}`);
    await mkdir(fresh, { recursive: true });
    try {
      const parts = await Promise.all(
        prepared.parts.map(async ({ bytes, ...part }, at) => {
          const file = `part-${at + 1}`;
          await writeFile(join(fresh, file), bytes);
          return { ...part, file };
        }),
      );
      const { photo, ...shape } = prepared;
      if (photo) await writeFile(join(fresh, "photo"), photo);
      const { asked, measurement, milliseconds, workflow } = result;
      const stored: z.infer<typeof StoredRun> = {
        version: 4,
        workflow,
        source,
        picture: { ...shape, parts },
        measurement,
        asked,
        milliseconds,
      };
      // Last: with it, the run is whole.
      await writeFile(join(fresh, "run.json"), JSON.stringify(stored));
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
    const isWhole = (await this.read(name)) !== undefined && !(await this.has(id));
    if (isWhole) await this.putInPlace(this.path(name), id);
    else await rm(this.path(name), { recursive: true, force: true });
  }

  private async enter(summary: RunSummary): Promise<void> {
    await this.alone(() => this.journal.append({ type: "run", ...summary }));
    this.runs.set(summary.id, summary);
  }

  private async refresh(): Promise<void> {
    const rewritten = () => {
      this.runs.clear();
      this.lines = 0;
    };
    for (const line of await this.journal.news(rewritten)) {
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

const sizeOf = ({ parts, photo }: PreparedPicture): number =>
  parts.reduce((sum, { bytes }) => sum + bytes.length, photo?.length ?? 0);

function summaryOf(
  { workflow, picture, asked, report }: Pick<RunResult, "workflow" | "picture" | "asked" | "report">,
  source: string | undefined,
  bytes: number,
): RunSummary {
  return {
    id: runId({ workflow, sha256: picture.sha256 }),
    workflow,
    name: picture.name,
    sha256: picture.sha256,
    source,
    time: new Date().toISOString(),
    state: needsReview(report) ? "review" : "done",
    findings: countsOf(report),
    ...(asked?.cost === undefined || asked.cachedAt ? {} : { cost: asked.cost }),
    bytes,
  };
}
