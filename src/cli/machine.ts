import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BatchApi } from "../claude/batches.js";
import type { Connection } from "../claude/connection.js";
import { publishedPrices } from "../claude/prices.js";
import { UserError } from "../errors.js";
import { BatchStore } from "../pipeline/batch/batchStore.js";
import { Cache } from "../pipeline/cache.js";
import { Ledger } from "../pipeline/cost/ledger.js";
import { Machinery } from "../pipeline/machinery.js";
import type { RunOptions } from "../pipeline/run.js";
import { Storage, storageFolder } from "../pipeline/store/storage.js";
import type { Options } from "./arguments.js";
import { tell } from "./tell.js";

/** What one command may spend, unless it says so. US$. */
const usualCap = 10;
const mostCached = 500 * 1024 * 1024;

/** Everything a command works with. */
export interface Machine {
  machinery: Machinery;
  cache: Cache;
  ledger: Ledger;
  batches: BatchStore;
  connection: Connection | undefined;
  prices: () => typeof publishedPrices;
}

export function machineFor(options: Options, apiKey: string | undefined): Machine {
  const storage = new Storage(storageFolder(), ({ message }) => tell(message));
  const prices = () => publishedPrices;
  const caps = () => ({ daily: options["daily-budget"], command: options["max-cost"] ?? usualCap });
  const cache = new Cache(storage, { mostBytes: mostCached, onCorrupted: tell });
  const ledger = new Ledger(storage, { prices, caps });
  const batches = new BatchStore(storage);
  const bundled = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  return {
    machinery: new Machinery(bundled, { cache, batches, ledger, prices, atOnce: () => options["at-once"] }),
    cache,
    ledger,
    batches,
    connection: apiKey === undefined ? undefined : { apiKey, baseUrl: options["base-url"] },
    prices,
  };
}

/** @throws UserError when there is no key */
export async function batchApiOf({ connection }: Machine): Promise<BatchApi> {
  if (!connection) {
    throw new UserError({
      problem: "A batch needs Claude.",
      advice: "Set the environment variable ANTHROPIC_API_KEY.",
      next: ["setKey"],
    });
  }
  return (await import("../claude/batches.js")).createBatchApi(connection);
}

export const measuringOf = (options: Options): RunOptions["measuring"] => ({
  pixelRatio: options["pixel-ratio"],
  languages: options.languages,
  languageFolder: options["language-folder"] && resolve(options["language-folder"]),
});
