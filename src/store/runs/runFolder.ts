import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { PreparedImage, PreparedPicture } from "../../image/prepared.js";
import { Measurement } from "../../measure/measurement.js";
import { Usage } from "../../providers/anthropic/usage.js";
import { Report } from "../../report.js";
import { parseJson } from "../../text/json.js";
import { KeptPart, KeptPicture } from "../keptPicture.js";
import type { RunResult } from "./runResult.js";

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

type StoredRun = z.infer<typeof StoredRun>;

/** A run as it was done, without what is judged anew, nor the bytes of its picture. */
export interface RunRecord extends Omit<RunResult, "judged" | "report" | "prepared"> {
  source: string | undefined;
}

/** A run as it was done, with its picture. */
export interface KeptRun extends RunRecord {
  prepared: PreparedPicture;
}

/** A run's own file; with it, the run is whole. */
export const runFile = "run.json";

/** Writes a run into an empty folder. */
export async function writeRun(
  folder: string,
  { asked, measurement, milliseconds, workflow }: RunResult,
  { parts, photo, ...shape }: PreparedPicture,
  source: string | undefined,
): Promise<void> {
  const keptParts = await Promise.all(
    parts.map(async ({ bytes, ...part }, at) => {
      const file = `part-${at + 1}`;
      await writeFile(join(folder, file), bytes);
      return { ...part, file };
    }),
  );
  if (photo) await writeFile(join(folder, "photo"), photo);
  const stored: StoredRun = {
    version: 4,
    workflow,
    source,
    picture: { ...shape, parts: keptParts },
    measurement,
    asked,
    milliseconds,
  };
  await writeFile(join(folder, runFile), JSON.stringify(stored));
}

/** Undefined when the folder holds no run that this version can read. */
export const readRecord = async (folder: string): Promise<RunRecord | undefined> => {
  const stored = await readStored(folder);
  return stored && recordOf(stored);
};

/** Undefined when the folder holds no whole run that this version can read. */
export async function readRun(folder: string): Promise<KeptRun | undefined> {
  const stored = await readStored(folder);
  if (!stored) return undefined;
  const { picture } = stored;
  const parts = await Promise.all(
    picture.parts.map(async ({ file, ...part }): Promise<PreparedImage> => {
      return { ...part, bytes: await readFile(join(folder, file)) };
    }),
  ).catch((): PreparedImage[] => []);
  const [first, ...rest] = parts;
  if (!first) return undefined;
  const photo = await readFile(join(folder, "photo")).catch(() => undefined);
  const prepared: PreparedPicture = { ...picture, parts: [first, ...rest], ...(photo ? { photo } : {}) };
  return { ...recordOf(stored), picture: prepared, prepared };
}

async function readStored(folder: string): Promise<StoredRun | undefined> {
  const text = await readFile(join(folder, runFile), "utf8").catch(() => "");
  return StoredRun.safeParse(parseJson(text)).data;
}

function recordOf({ version: _, source, asked, ...run }: StoredRun): RunRecord {
  return {
    ...run,
    source,
    asked: asked && { ...asked, answer: asked.answer, cost: asked.cost, requestId: asked.requestId },
  };
}

/** Bytes. */
export const sizeOf = ({ parts, photo }: PreparedPicture): number =>
  parts.reduce((sum, { bytes }) => sum + bytes.length, photo?.length ?? 0);
