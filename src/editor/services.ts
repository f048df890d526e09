import { type Event, EventEmitter, type ExtensionContext, Uri } from "vscode";
import { Application } from "../app/application.js";
import type { Connection } from "../providers/anthropic/connection.js";
import { evaluate } from "../run/evaluate.js";
import type { RunDependencies } from "../run/runner.js";
import { Cache } from "../store/answers.js";
import { BatchStore } from "../store/batches/batchStore.js";
import { Ledger } from "../store/ledger/ledger.js";
import { History } from "../store/runs/history.js";
import { Storage, storageFolder } from "../store/storage.js";
import { TableStore } from "../store/tables.js";
import { workflows } from "../workflows/index.js";
import { BatchWatch } from "./batches/batchWatch.js";
import { FindingDecisions } from "./findings/decisions.js";
import { Problems } from "./findings/problems.js";
import type { InsertionTarget } from "./insert/insertionTarget.js";
import { Keys } from "./keys/keys.js";
import type { Log } from "./log.js";
import { showError } from "./notify.js";
import { subjectAt } from "./panel/subjects.js";
import { settings } from "./settings.js";
import { SpendStatus } from "./spend/spendStatus.js";

/** What the features share. Nothing in it starts before it is used. */
export interface Services {
  /** Where the extension is installed. */
  extension: Uri;
  log: Log;
  keys: Keys;
  storage: Storage;
  cache: Cache;
  history: History;
  tables: TableStore;
  batches: BatchStore;
  watch: BatchWatch;
  ledger: Ledger;
  /** Something was run, and may have cost something. */
  ran(): void;
  onDidRun: Event<void>;
  app: Application;
  target: InsertionTarget;
  decisions: FindingDecisions;
  problems: Problems;
  dependencies(connection: Connection | undefined): Promise<RunDependencies>;
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
  const bundled = (file: string) => context.asAbsolutePath(`dist/${file}`);
  const batches = new BatchStore(storage);
  const app = new Application(bundled, { cache, batches, ledger, prices, atOnce });
  const problems = new Problems();
  const keys = new Keys(context.secrets);
  const tables = new TableStore(storage);
  const dependencies = (connection: Connection | undefined) => app.dependencies(connection);
  const watch = new BatchWatch({
    batches,
    cache,
    ledger,
    keys,
    log,
    resubmit: async (batch, tooLarge, api, signal) => {
      const { resubmit } = await import("../run/batch/resubmit.js");
      const pictureAt = (source: string) => subjectAt(batch.workflow, Uri.parse(source, true));
      const deps = await app.dependencies(undefined);
      await resubmit(batch, tooLarge, pictureAt, api, batches, deps, signal);
    },
  });
  const ran = new EventEmitter<void>();
  const spend = new SpendStatus(ledger, log);
  const shown = ran.event(() => spend.refresh());
  context.subscriptions.push(app, problems, watch, ran, spend, shown);
  storage
    .attempt(() => tidy({ cache, history, tables, batches }), undefined)
    .catch((error: unknown) => log.error("What is stored could not be put in order", error));
  return {
    extension: context.extensionUri,
    log,
    keys,
    storage,
    cache,
    history,
    tables,
    batches,
    watch,
    ledger,
    ran: debounce(() => ran.fire()),
    onDidRun: ran.event,
    app,
    target,
    decisions: new FindingDecisions(context.workspaceState),
    problems,
    dependencies,
  };
}

/** Many runs that end at about the same time are told as one. Milliseconds. */
const tellAfter = 200;

/** Does something a little later, once for all calls until then. */
function debounce(action: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      action();
    }, tellAfter);
  };
}

/** Puts in order what a crash left, and forgets what is too old. */
async function tidy({
  cache,
  history,
  tables,
  batches,
}: Pick<Services, "cache" | "history" | "tables" | "batches">): Promise<void> {
  const oldest = new Date(Date.now() - settings.retention().days * 86_400_000);
  await history.tidy((run) => evaluate(workflows[run.workflow], run.asked?.answer, run).report);
  await cache.tidy();
  await tables.prune(oldest);
  await batches.prune(oldest);
}
