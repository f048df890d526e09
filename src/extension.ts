import type { ExtensionContext } from "vscode";
import { lazy } from "./async/lazy.js";
import { registerAgents } from "./editor/agents/registerAgents.js";
import { resumeBatches } from "./editor/batches/resumeBatches.js";
import { convertHandlers, registerConvert } from "./editor/convert/registerConvert.js";
import { historyHandlers } from "./editor/history/historyHandlers.js";
import { registerHistory } from "./editor/history/registerHistory.js";
import { InsertionTarget } from "./editor/insert/insertionTarget.js";
import { keyHandlers } from "./editor/keys/keyHandlers.js";
import { Log } from "./editor/log.js";
import { panelHandlers } from "./editor/panel/panelHandlers.js";
import { registerPanels } from "./editor/panel/registerPanels.js";
import { registerCommands } from "./editor/registerCommands.js";
import { spendHandlers } from "./editor/spend/spendHandlers.js";
import { registerPasteAndDrop } from "./editor/ways-in/pasteAndDrop.js";
import { registerWorkflows } from "./editor/workflows/registerWorkflows.js";

/** Registers what package.json contributes. What it needs is loaded when the first of it is used. */
export function activate(context: ExtensionContext): void {
  const log = new Log();
  const target = new InsertionTarget();
  const services = lazy(async () =>
    (await import("./editor/services.js")).createServices(context, log, target),
  );
  const features = lazy(async () =>
    (await import("./editor/features.js")).createFeatures(context, await services()),
  );
  context.subscriptions.push(
    log,
    target,
    ...registerWorkflows(log, features),
    ...registerCommands(log, {
      ...keyHandlers(services),
      ...spendHandlers(features),
      ...historyHandlers(features),
      ...panelHandlers(features),
      ...convertHandlers(services),
      showLog: async () => log.show(),
    }),
    ...registerPanels(features),
    ...registerHistory(features),
    ...registerPasteAndDrop(log, services),
    ...registerConvert(),
    ...registerAgents(context, log, features),
  );
  void resumeBatches(features, log);
}
