import { type ExtensionContext, Uri } from "vscode";
import type { Connection } from "../claude/connection.js";
import { ImageProcess } from "../image/process.js";
import { History } from "../pipeline/history.js";
import type { Surroundings } from "../pipeline/run.js";
import { MermaidParser } from "../workflows/diagram/mermaidParser.js";
import { InsertionTarget } from "./insert.js";
import { Keys } from "./keys.js";
import { Log } from "./log.js";

/** What the features share. Nothing in it loads or starts anything before it is used. */
export interface Services {
  /** Where the extension is installed. */
  extension: Uri;
  log: Log;
  keys: Keys;
  history: History;
  target: InsertionTarget;
  surroundings(connection: Connection): Promise<Surroundings>;
}

export function createServices(context: ExtensionContext): Services {
  const bundled = (file: string) => context.asAbsolutePath(`dist/${file}`);
  const log = new Log();
  const images = new ImageProcess(bundled("imageProcess.js"));
  const mermaid = new MermaidParser(bundled("mermaidWorker.js"));
  const target = new InsertionTarget();
  context.subscriptions.push(log, images, mermaid, target);
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
