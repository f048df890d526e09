import { resolve } from "node:path";
import { type Application, createApplication } from "../../src/app/application.js";
import type { TestStores } from "./stores.js";

/** An application on a test's storage, with the processes and workers of the bundle. */
export const applicationOn = (stores: TestStores): Application =>
  createApplication({
    bundled: (file) => resolve("dist", file),
    storage: stores.storage,
    onCorrupted: (what) => stores.damages.push(what),
    settings: {
      prices: stores.prices,
      caps: () => ({ daily: Number.POSITIVE_INFINITY, command: Number.POSITIVE_INFINITY }),
      atOnce: stores.atOnce,
      retention: () => ({ days: 30, bytes: 1e9 }),
    },
  });
