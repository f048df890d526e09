import { commands, type ExtensionContext, window } from "vscode";
import { type Command, commandId, panelType, tableType } from "./editor/contributions.js";
import { registerHistory } from "./editor/history/registerHistory.js";
import { InsertionTarget } from "./editor/insert/insertionTarget.js";
import { Log } from "./editor/log.js";
import { failable, showStatus } from "./editor/notify.js";
import { requireTrust } from "./editor/trust.js";
import { registerPasteAndDrop } from "./editor/ways-in/pasteAndDrop.js";
import { countTokens, registerJobs } from "./editor/workflows.js";

export function activate(context: ExtensionContext): void {
  const log = new Log();
  const target = new InsertionTarget();
  const services = lazy(async () =>
    (await import("./editor/services.js")).createServices(context, log, target),
  );
  const features = lazy(async () =>
    (await import("./editor/features.js")).createFeatures(context, await services()),
  );
  const command = (name: Command, action: (...args: unknown[]) => Promise<unknown>) =>
    commands.registerCommand(commandId(name), failable(log, action));

  context.subscriptions.push(
    log,
    target,
    ...registerJobs(log, features),
    ...registerPasteAndDrop(log, services),
    ...registerHistory(async () => (await features()).tree),
    command("fromClipboard", async () => {
      requireTrust();
      (await features()).results.openEmpty();
    }),
    command("updateDiagram", async () => {
      requireTrust();
      const { updateDiagram } = await import("./editor/diagram/updateDiagram.js");
      await updateDiagram(await services());
    }),
    command("countTokens", (clicked, selected) => countTokens(features, clicked, selected)),
    command("setApiKey", async () => {
      const { keys, watch } = await services();
      await keys.ask();
      showStatus("The API key works and is kept in your system's keychain.");
      await watch.start();
    }),
    command("removeApiKey", async () => {
      await (await services()).keys.remove();
      showStatus("The API key was removed.");
    }),
    command("chooseModel", async () => {
      const { chooseModel } = await import("./editor/models/chooseModel.js");
      await chooseModel((await services()).keys);
    }),
    command("showSpend", async () => (await features()).spend.show()),
    command("raiseBudget", async (budget) => {
      const { raiseBudget } = await import("./editor/spend/budget.js");
      return raiseBudget(budget === "budget.command" ? budget : "budget.daily");
    }),
    command("openTable", async () => {
      requireTrust();
      await (await features()).tables.pick();
    }),
    command("openRun", async (run) => {
      requireTrust();
      await (await features()).history.open(run);
    }),
    command("openRunPicture", async (run) => (await features()).history.openPicture(run)),
    command("deleteRun", async (run) => (await features()).history.delete(run)),
    command("searchHistory", async () => (await features()).history.search()),
    command("filterHistory", async () => (await features()).history.filter()),
    command("deleteStoredData", async () => (await features()).history.deleteAll()),
    command("showLog", async () => log.show()),
    window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await features()).results.deserializeWebviewPanel(panel, state),
    }),
    window.registerWebviewPanelSerializer(tableType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await features()).tables.deserializeWebviewPanel(panel, state),
    }),
  );
  void resume(features, log);
}

/** Where something was run before: the history is there, today's spend is shown, and open batches are looked after. */
async function resume(
  features: () => Promise<{ services: { watch: { start(): Promise<void> } } }>,
  log: Log,
): Promise<void> {
  try {
    const { hasStoredData } = await import("./store/storage.js");
    if (hasStoredData()) await (await features()).services.watch.start();
  } catch (error) {
    log.error("What was stored could not be looked after", error);
  }
}

/** Makes something when it is first asked for, and keeps it. */
function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
