import { type Event, EventEmitter, type ExtensionContext, Uri } from "vscode";
import { type Application, createApplication } from "../app/application.js";
import { debounce } from "../async/debounce.js";
import type { Connection } from "../providers/connection.js";
import { evaluateRecord } from "../run/evaluate.js";
import type { RunDependencies } from "../run/types.js";
import type { Cache } from "../store/answers.js";
import type { BatchStore } from "../store/batches/batchStore.js";
import { DecisionStore } from "../store/decisions.js";
import type { Ledger } from "../store/ledger/ledger.js";
import type { History } from "../store/runs/history.js";
import { Storage, storageFolder } from "../store/storage.js";
import type { TableStore } from "../store/tables.js";
import { BatchWatch } from "./batches/batchWatch.js";
import { FindingDecisions } from "./findings/decisions.js";
import { Problems } from "./findings/problems.js";
import type { InsertionTarget } from "./insert/insertionTarget.js";
import { Keys } from "./keys/keys.js";
import type { Log } from "./log.js";
import { showError } from "./notify.js";
import { pictureAt } from "./panel/subjects.js";
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
  const app = createApplication({
    bundled: (file) => context.asAbsolutePath(`dist/${file}`),
    storage,
    settings,
    onCorrupted: (what) => log.warn(what),
  });
  const { cache, ledger, history, tables, batches } = app;
  const problems = new Problems();
  const keys = new Keys(context.secrets);
  const dependencies = (connection: Connection | undefined) => app.dependencies(connection);
  const watch = new BatchWatch({
    app,
    keys,
    log,
    resubmit: async (batch, tooLarge, api, signal) => {
      const { resubmit } = await import("../run/batch/resubmit.js");
      const picture = (source: string) => pictureAt(Uri.parse(source, true));
      const deps = await app.dependencies(undefined);
      await resubmit(batch, tooLarge, picture, api, batches, deps, signal);
    },
  });
  const ran = new EventEmitter<void>();
  const spend = new SpendStatus(ledger, log);
  const shown = ran.event(() => spend.refresh());
  context.subscriptions.push(app, problems, watch, ran, spend, shown);
  storage
    .tryOr(() => recover({ cache, history, tables, batches }), undefined)
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
    ran: debounce(() => ran.fire(), tellAfter),
    onDidRun: ran.event,
    app,
    target,
    decisions: new FindingDecisions(new DecisionStore(storage)),
    problems,
    dependencies,
  };
}

/** Many runs that end at about the same time are told as one. Milliseconds. */
const tellAfter = 200;

/** Puts in order what a crash left, and forgets what is too old. */
async function recover({
  cache,
  history,
  tables,
  batches,
}: Pick<Services, "cache" | "history" | "tables" | "batches">): Promise<void> {
  const oldest = new Date(Date.now() - settings.retention().days * 86_400_000);
  await history.recover((run) => evaluateRecord(run)?.report);
  await cache.recover();
  await tables.prune(oldest);
  await batches.prune(oldest);
}
