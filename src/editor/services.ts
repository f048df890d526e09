import { type ExtensionContext, Uri } from "vscode";
import type { Connection } from "../claude/connection.js";
import { ImageProcess } from "../image/process.js";
import { History } from "../pipeline/history.js";
import type { Surroundings } from "../pipeline/run.js";
import { MermaidParser } from "../workflows/diagram/mermaidParser.js";
import type { InsertionTarget } from "./insertionTarget.js";
import { Keys } from "./keys.js";
import type { Log } from "./log.js";

/** What the features share. Nothing in it starts before it is used. */
export interface Services {
  /** Where the extension is installed. */
  extension: Uri;
  log: Log;
  keys: Keys;
  history: History;
  target: InsertionTarget;
  surroundings(connection: Connection): Promise<Surroundings>;
}

/** Loads the services when the first feature asks for them, and once. */
export type LazyServices = () => Promise<Services>;

export function createServices(context: ExtensionContext, log: Log, target: InsertionTarget): Services {
  const bundled = (file: string) => context.asAbsolutePath(`dist/${file}`);
  const images = new ImageProcess(bundled("imageProcess.js"));
  const mermaid = new MermaidParser(bundled("mermaidWorker.js"));
  context.subscriptions.push(images, mermaid);
  return {
    extension: context.extensionUri,
    log,
    keys: new Keys(context.secrets),
    history: new History(Uri.joinPath(context.globalStorageUri, "runs").fsPath),
    target,
    async surroundings(connection) {
      const { createAsker } = await import("../claude/ask.js");
      return {
        ask: createAsker(connection),
        prepare: (request, signal) => images.prepare(request, signal),
        checkMermaid: (text) => mermaid.parse(text),
        now: () => performance.now(),
      };
    },
  };
}
