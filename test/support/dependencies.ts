import { preparePicture } from "../../src/image/prepare.js";
import { compareFiles } from "../../src/measure/compare/compareFiles.js";
import { createAnthropic } from "../../src/providers/anthropic/anthropic.js";
import { createAsker } from "../../src/providers/anthropic/ask.js";
import { RequestScheduler } from "../../src/providers/anthropic/scheduler.js";
import type { BatchSource } from "../../src/run/batch/submit.js";
import { askSettings } from "../../src/run/settings.js";
import type { RunDependencies, RunSettings } from "../../src/run/types.js";
import { onlyPicture, type SourcePicture } from "../../src/sources/picture.js";
import type { Workflow } from "../../src/workflows/workflow.js";
import { goodKey } from "./apiDouble.js";
import { nothingMeasured } from "./geometry.js";
import { plainPicture, sourceOf } from "./pictures.js";
import type { TestStores } from "./stores.js";

/** What a run needs, on real stores and a real asker; pictures are prepared here, and nothing is measured in them. */
export function dependenciesOf(
  stores: TestStores,
  url?: string,
  scheduler = new RequestScheduler(),
  timeoutMs?: number,
): RunDependencies {
  return {
    ...stores,
    provider: createAnthropic(),
    prepare: async ({ bytes, name, limits, inspection }) => ({
      picture: await preparePicture(bytes, name, limits),
      measurement: inspection && { ...nothingMeasured, covered: inspection.coverSecrets },
    }),
    compareFiles: ({ before, after, ignore }) =>
      compareFiles(before, after, { ignore, read: undefined, onStep: () => undefined }),
    ask: url === undefined ? undefined : createAsker({ apiKey: goodKey, baseUrl: url }, scheduler, timeoutMs),
    checkMermaid: async () => ({ valid: true }),
    checkSchema: async () => [],
    now: () => performance.now(),
  };
}

export const runOptions = {
  model: "claude-sonnet-5-5",
  effort: "low" as const,
  redaction: "ask" as const,
  offline: false,
  measuring: { languages: ["eng"], languageFolder: undefined, pixelRatio: undefined },
};

/** A question about one picture, for a batch. */
export function questionOf(
  workflow: Workflow,
  source: SourcePicture,
  settings: RunSettings = runOptions,
): BatchSource {
  const pictures = onlyPicture(source);
  return { pictures, settings: askSettings({ workflow, pictures, settings }, createAnthropic()) };
}

/** A small picture unlike those with other numbers. */
export async function numbered(number: number): Promise<Uint8Array> {
  const colour = `#${(0x102030 + number * 7919).toString(16).padStart(6, "0").slice(-6)}`;
  return plainPicture(60 + (number % 50), 40 + (number % 37), colour)
    .png()
    .toBuffer();
}

export const numberedSource = async (number: number) => sourceOf(`${number}.png`, await numbered(number));
