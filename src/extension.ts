import { commands, type ExtensionContext, window } from "vscode";
import { commandId, panelType } from "./editor/contributions.js";
import { registerJobs } from "./editor/jobs.js";
import { failable, showDone } from "./editor/notify.js";
import type { ResultPanels } from "./editor/resultPanels.js";
import { createServices } from "./editor/services.js";
import { requireTrust } from "./editor/trust.js";
import { registerPasteAndDrop } from "./editor/ways-in/pasteAndDrop.js";

export function activate(context: ExtensionContext): void {
  const services = createServices(context);
  const { keys, log } = services;

  let opened: Promise<ResultPanels> | undefined;
  const panels = () =>
    (opened ??= import("./editor/resultPanels.js").then((it) => new it.ResultPanels(services)));
  const command = (name: Parameters<typeof commandId>[0], action: () => Promise<void>) =>
    commands.registerCommand(commandId(name), failable(log, action));

  context.subscriptions.push(
    ...registerJobs(services, panels),
    ...registerPasteAndDrop(services),
    command("fromClipboard", async () => {
      requireTrust();
      (await panels()).openEmpty();
    }),
    command("setApiKey", async () => {
      await keys.ask();
      showDone("The API key works and is kept in your system's keychain.");
    }),
    command("removeApiKey", async () => {
      await keys.remove();
      showDone("The API key was removed.");
    }),
    command("chooseModel", async () => (await import("./editor/chooseModel.js")).chooseModel(keys)),
    command("showLog", async () => log.show()),
    window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).deserializeWebviewPanel(panel, state),
    }),
  );
}
