import type { ExtensionContext, Uri } from "vscode";
import type { Connection } from "../claude/connection.js";
import { Cache } from "../pipeline/cache.js";
import { History } from "../pipeline/history.js";
import { Ledger } from "../pipeline/ledger.js";
import { Machinery } from "../pipeline/machinery.js";
import type { Surroundings } from "../pipeline/run.js";
import { readingOf } from "../pipeline/run.js";
import { Storage, storageFolder } from "../pipeline/store/storage.js";
import { jobs } from "../workflows/index.js";
import { FindingDecisions } from "./decisions.js";
import type { InsertionTarget } from "./insertionTarget.js";
import { Keys } from "./keys.js";
import type { Log } from "./log.js";
import { showError } from "./notify.js";
import { Problems } from "./problems.js";
import { settings } from "./settings.js";

/** What the features share. Nothing in it starts before it is used. */
export interface Services {
  /** Where the extension is installed. */
  extension: Uri;
  log: Log;
  keys: Keys;
  storage: Storage;
  cache: Cache;
  history: History;
  ledger: Ledger;
  target: InsertionTarget;
  decisions: FindingDecisions;
  problems: Problems;
  surroundings(connection: Connection | undefined): Promise<Surroundings>;
}

/** Loads the services when the first feature asks for them, and once. */
export type LazyServices = () => Promise<Services>;

export function createServices(context: ExtensionContext, log: Log, target: InsertionTarget): Services {
  const storage = new Storage(storageFolder(), (error) => void showError(error, log));
  const { bytes } = settings.retention();
  const cache = new Cache(storage, { mostBytes: bytes, onCorrupted: (what) => log.warn(what) });
  const { prices, caps, atOnce } = settings;
  const ledger = new Ledger(storage, { prices, caps });
  const history = new History(storage, settings.retention);
  void history.tidy((run) => readingOf(jobs[run.workflow], run.asked?.answer, run).report);
  const bundled = (file: string) => context.asAbsolutePath(`dist/${file}`);
  const machinery = new Machinery(bundled, { cache, ledger, prices, atOnce });
  const problems = new Problems();
  context.subscriptions.push(machinery, problems);
  return {
    extension: context.extensionUri,
    log,
    keys: new Keys(context.secrets),
    storage,
    cache,
    history,
    ledger,
    target,
    decisions: new FindingDecisions(context.workspaceState),
    problems,
    surroundings: (connection) => machinery.surroundings(connection),
  };
}
