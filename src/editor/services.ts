import { type ExtensionContext, Uri } from "vscode";
import type { Connection } from "../claude/connection.js";
import { History } from "../pipeline/history.js";
import { Machinery } from "../pipeline/machinery.js";
import type { Surroundings } from "../pipeline/run.js";
import { FindingDecisions } from "./decisions.js";
import type { InsertionTarget } from "./insertionTarget.js";
import { Keys } from "./keys.js";
import type { Log } from "./log.js";
import { Problems } from "./problems.js";

/** What the features share. Nothing in it starts before it is used. */
export interface Services {
  /** Where the extension is installed. */
  extension: Uri;
  log: Log;
  keys: Keys;
  history: History;
  target: InsertionTarget;
  decisions: FindingDecisions;
  problems: Problems;
  surroundings(connection: Connection | undefined): Promise<Surroundings>;
}

/** Loads the services when the first feature asks for them, and once. */
export type LazyServices = () => Promise<Services>;

export function createServices(context: ExtensionContext, log: Log, target: InsertionTarget): Services {
  const machinery = new Machinery((file) => context.asAbsolutePath(`dist/${file}`));
  const problems = new Problems();
  context.subscriptions.push(machinery, problems);
  return {
    extension: context.extensionUri,
    log,
    keys: new Keys(context.secrets),
    history: new History(Uri.joinPath(context.globalStorageUri, "runs").fsPath),
    target,
    decisions: new FindingDecisions(context.workspaceState),
    problems,
    surroundings: (connection) => machinery.surroundings(connection),
  };
}
