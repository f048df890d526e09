import { preparePicture } from "../../src/image/prepare.js";
import { createAsker } from "../../src/providers/anthropic/ask.js";
import { RequestScheduler } from "../../src/providers/anthropic/scheduler.js";
import type { RunDependencies } from "../../src/run/runner.js";
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
    prepare: async ({ bytes, name, limits, inspection }) => ({
      picture: await preparePicture(bytes, name, limits),
      measurement: inspection && { ...nothingMeasured, covered: inspection.coverSecrets },
    }),
    ask: url === undefined ? undefined : createAsker({ apiKey: goodKey, baseUrl: url }, scheduler, timeoutMs),
    checkMermaid: async () => ({ valid: true }),
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

/** A small picture unlike those with other numbers. */
export async function numbered(number: number): Promise<Uint8Array> {
  const colour = `#${(0x102030 + number * 7919).toString(16).padStart(6, "0").slice(-6)}`;
  return plainPicture(60 + (number % 50), 40 + (number % 37), colour)
    .png()
    .toBuffer();
}

export const numberedSource = async (number: number) => sourceOf(`${number}.png`, await numbered(number));
