import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Usage } from "../claude/usage.js";
import type { PreparedImage, PreparedPicture } from "../image/prepared.js";
import { Measurement } from "../measure/measurement.js";
import { Report, type WorkflowId } from "../report.js";
import { parseJson } from "../text/json.js";
import type { RunResult } from "./run.js";

/** Runs that are kept; older ones make room. */
const mostRuns = 100;

const Point = z.object({ x: z.number(), y: z.number() });

/** What is kept of a run: the model's answer, not what was made of it. Judging and rendering run again. */
const StoredRun = z.object({
  version: z.literal(3),
  workflow: Report.shape.workflow,
  /** Where the picture is, as a URI; absent for a pasted one. */
  source: z.string().optional(),
  picture: z.object({
    name: z.string(),
    format: z.enum(["jpeg", "png", "gif", "webp", "avif", "tiff", "svg", "bmp", "heic"]),
    sha256: z.string(),
    width: z.number(),
    height: z.number(),
    notes: z.array(z.string()),
    parts: z.array(
      z.object({
        file: z.string().regex(/^part-\d+$/),
        mediaType: z.enum(["image/jpeg", "image/png", "image/webp", "image/gif"]),
        width: z.number(),
        height: z.number(),
        scale: Point,
        offset: Point,
        visualTokens: z.number(),
      }),
    ),
  }),
  measurement: Measurement,
  /** Absent when nobody was asked. */
  asked: z
    .object({
      answer: z.unknown(),
      model: z.string(),
      usage: Usage,
      cost: z.number().optional(),
      requestId: z.string().optional(),
    })
    .optional(),
  milliseconds: z.number(),
});

/** A run as it was done, without what is judged anew. */
export interface KeptRun extends Omit<RunResult, "judged" | "report"> {
  source: string | undefined;
}

/** One workflow on one content: running it again replaces what is kept. */
export function runId({ workflow, sha256 }: { workflow: WorkflowId; sha256: string }): string {
  return `${workflow}-${sha256}`;
}

/** The runs that were done, each in a folder of its own. A run is there as a whole or not at all. */
export class History {
  /** @param folder on disk; made when it is first needed */
  constructor(private readonly folder: string) {}

  async keep(result: RunResult, source: string | undefined): Promise<void> {
    const id = runId({ workflow: result.workflow, sha256: result.picture.sha256 });
    const fresh = join(this.folder, `.${id}-${randomUUID()}`);
    await mkdir(fresh, { recursive: true });
    try {
      const { picture } = result;
      const parts = await Promise.all(
        picture.parts.map(async ({ bytes, ...part }, at) => {
          const file = `part-${at + 1}`;
          await writeFile(join(fresh, file), bytes);
          return { ...part, file };
        }),
      );
      const { photo, ...shape } = picture;
      if (photo) await writeFile(join(fresh, "photo"), photo);
      const { asked, measurement, milliseconds, workflow } = result;
      const stored: z.infer<typeof StoredRun> = {
        version: 3,
        workflow,
        source,
        picture: { ...shape, parts },
        measurement,
        asked,
        milliseconds,
      };
      await writeFile(join(fresh, "run.json"), JSON.stringify(stored));
      const place = join(this.folder, id);
      await rm(place, { recursive: true, force: true });
      await rename(fresh, place);
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      throw error;
    }
    await this.prune();
  }

  /** The kept run, or undefined when there is none that can be read. */
  async find(id: string): Promise<KeptRun | undefined> {
    const place = join(this.folder, id);
    const text = await readFile(join(place, "run.json"), "utf8").catch(() => "");
    const parsed = StoredRun.safeParse(parseJson(text));
    if (!parsed.success) return undefined;
    const { version: _, picture, source, asked, ...run } = parsed.data;
    const parts = await Promise.all(
      picture.parts.map(async ({ file, ...part }): Promise<PreparedImage> => {
        return { ...part, bytes: await readFile(join(place, file)) };
      }),
    ).catch((): PreparedImage[] => []);
    const [first, ...rest] = parts;
    if (!first) return undefined;
    const photo = await readFile(join(place, "photo")).catch(() => undefined);
    const whole: PreparedPicture = { ...picture, parts: [first, ...rest], ...(photo ? { photo } : {}) };
    return {
      ...run,
      picture: whole,
      source,
      asked: asked && { ...asked, answer: asked.answer, cost: asked.cost, requestId: asked.requestId },
    };
  }

  private async prune(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => !name.startsWith("."));
    if (names.length <= mostRuns) return;
    const aged = await Promise.all(
      names.map(async (name) => ({ name, time: (await stat(join(this.folder, name))).mtimeMs })),
    );
    aged.sort((a, b) => b.time - a.time);
    for (const { name } of aged.slice(mostRuns))
      await rm(join(this.folder, name), { recursive: true, force: true });
  }
}
