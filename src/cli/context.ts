import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "../app/application.js";
import { UserError } from "../errors.js";
import type { BatchApi } from "../providers/anthropic/batches.js";
import type { Connection } from "../providers/anthropic/connection.js";
import { publishedPrices } from "../providers/anthropic/prices.js";
import type { RunOptions } from "../run/runner.js";
import { Cache } from "../store/answers.js";
import { BatchStore } from "../store/batches/batchStore.js";
import { Ledger } from "../store/ledger/ledger.js";
import { Storage, storageFolder } from "../store/storage.js";
import { logStderr } from "./logStderr.js";
import type { Options } from "./options.js";

/** What one command may spend, unless it says so. US$. */
const usualCap = 10;
const mostCached = 500 * 1024 * 1024;

/** Everything a command works with. */
export interface CliContext {
  app: Application;
  cache: Cache;
  ledger: Ledger;
  batches: BatchStore;
  connection: Connection | undefined;
  prices: () => typeof publishedPrices;
}

export function machineFor(options: Options, apiKey: string | undefined): CliContext {
  const storage = new Storage(storageFolder(), ({ message }) => logStderr(message));
  const prices = () => publishedPrices;
  const caps = () => ({ daily: options["daily-budget"], command: options["max-cost"] ?? usualCap });
  const cache = new Cache(storage, { mostBytes: mostCached, onCorrupted: logStderr });
  const ledger = new Ledger(storage, { prices, caps });
  const batches = new BatchStore(storage);
  const bundled = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  return {
    app: new Application(bundled, { cache, batches, ledger, prices, atOnce: () => options["at-once"] }),
    cache,
    ledger,
    batches,
    connection: apiKey === undefined ? undefined : { apiKey, baseUrl: options["base-url"] },
    prices,
  };
}

/** @throws UserError when there is no key */
export async function batchApiOf({ connection }: CliContext): Promise<BatchApi> {
  if (!connection) {
    throw new UserError({
      code: "keyMissing",
      problem: "A batch needs Claude.",
      advice: "Set the environment variable ANTHROPIC_API_KEY.",
    });
  }
  return (await import("../providers/anthropic/batches.js")).createBatchApi(connection);
}

export const measuringOf = (options: Options): RunOptions["measuring"] => ({
  pixelRatio: options["pixel-ratio"],
  languages: options.languages,
  languageFolder: options["language-folder"] && resolve(options["language-folder"]),
});
