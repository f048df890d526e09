import { commands, type Disposable } from "vscode";
import { commandId } from "./contributions.js";
import type { Log } from "./log.js";
import type { EditorCommand } from "./manifest/commands.js";
import { failable } from "./notify.js";

/** What a command does. What goes wrong is shown by whoever registers it. */
export type Handler = (...args: unknown[]) => Promise<unknown>;

/** Registers a handler for each command that package.json contributes; a missing one does not compile. */
export function registerCommands(log: Log, handlers: Record<EditorCommand, Handler>): Disposable[] {
  return (Object.keys(handlers) as EditorCommand[]).map((command) =>
    commands.registerCommand(commandId(command), failable(log, handlers[command])),
  );
}
