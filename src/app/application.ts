import { PictureProcess } from "../measure/process/pictureProcess.js";
import type { Connection } from "../providers/connection.js";
import type { PriceList } from "../providers/prices.js";
import type { Provider } from "../providers/provider.js";
import { createRunner, type Runner } from "../run/runner.js";
import type { RunDependencies } from "../run/types.js";
import { Cache } from "../store/answers.js";
import { BatchStore } from "../store/batches/batchStore.js";
import type { Caps } from "../store/ledger/budget.js";
import { Ledger } from "../store/ledger/ledger.js";
import { History, type Retention } from "../store/runs/history.js";
import type { Storage } from "../store/storage.js";
import { TableStore } from "../store/tables.js";
import { MermaidParser, type ReadVerdict } from "../workflows/diagram/mermaidParser.js";
import { SchemaChecker } from "../workflows/extract/schemaChecker.js";
import { provider } from "./provider.js";

/** What a person sets, asked whenever it is needed. */
export interface ApplicationSettings {
  prices(): PriceList;
  caps(): Caps;
  /** Questions on their way at once. */
  atOnce(): number;
  /** Of runs; answers and measurements together have as much room. */
  retention(): Retention;
}

export interface ApplicationOptions {
  /** Where a file of the bundle lies. */
  bundled: (file: string) => string;
  storage: Storage;
  settings: ApplicationSettings;
  /** Told of what is kept and damaged; it is then as if it were not there. */
  onCorrupted: (what: string) => void;
}

/** Stores, provider, processes and workers, put together once. Nothing starts before it is first used. */
export interface Application {
  provider: Provider;
  storage: Storage;
  cache: Cache;
  ledger: Ledger;
  history: History;
  tables: TableStore;
  batches: BatchStore;
  pictures: PictureProcess;
  prices(): PriceList;
  /** @param connection absent when nobody is to be asked */
  dependencies(connection: Connection | undefined): Promise<RunDependencies>;
  /** The same as one object that runs workflows. */
  runner(connection: Connection | undefined): Promise<Runner>;
  /** Reads a Mermaid text as a graph, by Mermaid's own parser. */
  readMermaid(text: string): Promise<ReadVerdict>;
  dispose(): void;
}

export function createApplication(options: ApplicationOptions): Application {
  const { bundled, storage, settings, onCorrupted } = options;
  const { prices, caps, atOnce, retention } = settings;
  const pictures = new PictureProcess(bundled("pictureProcess.js"));
  const mermaid = new MermaidParser(bundled("mermaidWorker.js"));
  const schemas = new SchemaChecker(bundled("schemaWorker.js"));
  const cache = new Cache(storage, { mostBytes: () => retention().bytes, onCorrupted });
  const ledger = new Ledger(storage, { prices, caps, promptLifetime: provider.promptLifetime });
  const batches = new BatchStore(storage);
  const dependencies = async (connection: Connection | undefined): Promise<RunDependencies> => {
    provider.setConcurrency(atOnce());
    return {
      provider,
      ask: connection && (await provider.connect(connection)).ask,
      prepare: (request, signal) => pictures.prepare(request, signal),
      compareFiles: (request, signal) => pictures.compare(request, signal),
      cache,
      batches,
      ledger,
      prices,
      checkMermaid: (text) => mermaid.parse(text),
      checkSchema: ({ schema, data }) => schemas.check(schema, data),
      now: () => performance.now(),
    };
  };
  return {
    provider,
    storage,
    cache,
    ledger,
    history: new History(storage, retention),
    tables: new TableStore(storage),
    batches,
    pictures,
    prices,
    dependencies,
    runner: async (connection) => createRunner(await dependencies(connection)),
    readMermaid: (text) => mermaid.read(text),
    dispose: () => {
      pictures.dispose();
      mermaid.dispose();
      schemas.dispose();
    },
  };
}
