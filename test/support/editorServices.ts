import { Uri, window } from "vscode";
import type { Application } from "../../src/app/application.js";
import { BatchWatch } from "../../src/editor/batches/batchWatch.js";
import { FindingDecisions } from "../../src/editor/findings/decisions.js";
import { Problems } from "../../src/editor/findings/problems.js";
import { InsertionTarget } from "../../src/editor/insert/insertionTarget.js";
import { Keys } from "../../src/editor/keys/keys.js";
import { Log } from "../../src/editor/log.js";
import { runSubject } from "../../src/editor/panel/runSubject.js";
import { type Subject, subjectOf } from "../../src/editor/panel/subjects.js";
import type { Services } from "../../src/editor/services.js";
import { PictureProcess } from "../../src/measure/process/pictureProcess.js";
import { createAnthropic } from "../../src/providers/anthropic/anthropic.js";
import type { Connection } from "../../src/providers/connection.js";
import { noUsage } from "../../src/providers/usage.js";
import { type AskedRun, askedRun } from "../../src/run/refine.js";
import { createRunner } from "../../src/run/runner.js";
import type { RunDependencies } from "../../src/run/types.js";
import { DecisionStore } from "../../src/store/decisions.js";
import { TableStore } from "../../src/store/tables.js";
import { dependenciesOf } from "./dependencies.js";
import { plainPicture } from "./pictures.js";
import { freshFolder, storesIn } from "./stores.js";
import { standIn } from "./vscodeStandIn.js";

/** What a test decides: what the model answers, and what is measured. */
export interface World {
  ask: (signal: AbortSignal, model: string) => Promise<unknown>;
  prepare?: RunDependencies["prepare"];
  keys?: Keys;
}

/** A keychain that forgets. */
export function secretStorage() {
  const secrets = new Map<string, string>();
  return {
    get: async (name: string) => secrets.get(name),
    store: async (name: string, value: string) => void secrets.set(name, value),
    delete: async (name: string) => void secrets.delete(name),
    keys: async () => [...secrets.keys()],
    onDidChange: () => ({ dispose() {} }),
  };
}

/** The editor's services on real stores in a fresh folder, with a model that the test plays. */
export async function testServices(world: World): Promise<Services> {
  standIn.reset();
  const stores = storesIn(await freshFolder());
  const log = new Log();
  const keys = world.keys ?? new Keys(secretStorage(), { ANTHROPIC_API_KEY: "sk-ant-0123456789" });
  const asker: RunDependencies["ask"] = async ({ schema, model }, { onAnswer, signal }) => {
    const answer = {
      value: schema.parse(await world.ask(signal, model)),
      usage: noUsage,
      requestId: "req_1",
    };
    await onAnswer?.(answer);
    return answer;
  };
  const dependencies = async (connection: Connection | undefined): Promise<RunDependencies> => ({
    ...dependenciesOf(stores),
    ...(world.prepare ? { prepare: world.prepare } : {}),
    ask: connection && asker,
  });
  const tables = new TableStore(stores.storage);
  const app: Application = {
    ...stores,
    tables,
    provider: createAnthropic(),
    pictures: new PictureProcess("dist/pictureProcess.js"),
    dependencies,
    runner: async (connection) => createRunner(await dependencies(connection)),
    readMermaid: async () => ({ valid: false, message: "No parser here" }),
    dispose: () => undefined,
  };
  return {
    ...stores,
    extension: Uri.file("/extension"),
    log,
    keys,
    tables,
    watch: new BatchWatch({ app, keys, log, resubmit: async () => undefined }),
    ran: () => undefined,
    onDidRun: () => ({ dispose() {} }),
    app,
    target: new InsertionTarget(),
    decisions: new FindingDecisions(new DecisionStore(stores.storage)),
    problems: new Problems(),
    dependencies,
  };
}

/** A small picture to run a workflow on. */
export async function pictureSubject(workflow: string, uri?: Uri): Promise<Subject> {
  const bytes = await plainPicture(600, 400, "#336699").png().toBuffer();
  return subjectOf(workflow, { name: "shot.png", bytes, uri });
}

/** A new panel, as the test's own page sees it. */
export function newPanel() {
  const panel = window.createWebviewPanel("test", "test", 1, {});
  const page = standIn.panels.at(-1);
  if (!page) throw new Error("No panel was made");
  return { panel, page };
}

/** A run with an answer, as a feature gets it. */
export async function runWith(services: Services, subject: Subject): Promise<AskedRun> {
  const { signal } = new AbortController();
  const choices = { offline: false, needsPicture: true, signal, onEvent: () => undefined };
  const run = askedRun(await runSubject(subject, services, choices));
  if (!run) throw new Error("Nobody was asked");
  return run;
}
