import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPrices } from "../../src/providers/anthropic/prices.js";
import { Cache } from "../../src/store/answers.js";
import { BatchStore } from "../../src/store/batches/batchStore.js";
import type { Caps } from "../../src/store/ledger/budget.js";
import { Ledger } from "../../src/store/ledger/ledger.js";
import type { Entry } from "../../src/store/ledger/ledgerDay.js";
import { History } from "../../src/store/runs/history.js";
import { Storage } from "../../src/store/storage.js";

export const freshFolder = () => mkdtemp(join(tmpdir(), "workbench-"));

/** All requests that a ledger knows. */
export const entriesOf = async (ledger: Ledger): Promise<Entry[]> =>
  (await ledger.all()).flatMap(({ entries }) => entries);

export interface TestStores {
  storage: Storage;
  cache: Cache;
  batches: BatchStore;
  ledger: Ledger;
  history: History;
  prices: () => typeof publishedPrices;
  atOnce: () => number;
  /** What was said about the storage. */
  troubles: string[];
  /** What was said about damaged entries. */
  damages: string[];
}

/** All stores in one folder, as a window or the command line makes them. */
export function storesIn(
  folder: string,
  caps: Caps = { daily: Number.POSITIVE_INFINITY, command: Number.POSITIVE_INFINITY },
): TestStores {
  const troubles: string[] = [];
  const damages: string[] = [];
  const storage = new Storage(folder, ({ message }) => troubles.push(message));
  const prices = () => publishedPrices;
  return {
    storage,
    cache: new Cache(storage, { mostBytes: 1e9, onCorrupted: (what) => damages.push(what) }),
    batches: new BatchStore(storage),
    ledger: new Ledger(storage, { prices, caps: () => caps }),
    history: new History(storage, () => ({ days: 30, bytes: 1e9 })),
    prices,
    atOnce: () => 4,
    troubles,
    damages,
  };
}
