import { commands, type Disposable } from "vscode";
import { contributedWorkflows, workflowCommandId } from "../contributions.js";
import type { Features } from "../features.js";
import type { Log } from "../log.js";
import { failable } from "../notify.js";
import { requireTrust } from "../trust.js";

/** The workflows' commands, from the explorer, a tab, the image preview or the command palette. */
export function registerWorkflows(log: Log, features: () => Promise<Features>): Disposable[] {
  return contributedWorkflows.flatMap(({ id, commands: names }) =>
    names.map((name) =>
      commands.registerCommand(
        workflowCommandId(name),
        failable(log, async (clicked: unknown, selected: unknown) => {
          requireTrust();
          const { runCommand } = await import("./runCommand.js");
          await runCommand({ workflow: id, name }, clicked, selected, await features());
        }),
      ),
    ),
  );
}
