import { commands, type ExtensionContext, window } from "vscode";
import { type Command, commandId, panelType } from "./editor/contributions.js";
import { InsertionTarget } from "./editor/insertionTarget.js";
import { registerJobs } from "./editor/jobs.js";
import { Log } from "./editor/log.js";
import { failable, showDone } from "./editor/notify.js";
import { requireTrust } from "./editor/trust.js";
import { registerPasteAndDrop } from "./editor/ways-in/pasteAndDrop.js";

export function activate(context: ExtensionContext): void {
  const log = new Log();
  const target = new InsertionTarget();
  const services = once(async () =>
    (await import("./editor/services.js")).createServices(context, log, target),
  );
  const panels = once(async () => {
    const { ResultPanels } = await import("./editor/resultPanels.js");
    return new ResultPanels(await services());
  });
  const command = (name: Command, action: () => Promise<void>) =>
    commands.registerCommand(commandId(name), failable(log, action));

  context.subscriptions.push(
    log,
    target,
    ...registerJobs(log, panels),
    ...registerPasteAndDrop(log, services),
    command("fromClipboard", async () => {
      requireTrust();
      (await panels()).openEmpty();
    }),
    command("updateDiagram", async () => {
      requireTrust();
      const { updateDiagram } = await import("./editor/updateDiagram.js");
      await updateDiagram(await services());
    }),
    command("setApiKey", async () => {
      await (await services()).keys.ask();
      showDone("The API key works and is kept in your system's keychain.");
    }),
    command("removeApiKey", async () => {
      await (await services()).keys.remove();
      showDone("The API key was removed.");
    }),
    command("chooseModel", async () => {
      const { chooseModel } = await import("./editor/chooseModel.js");
      await chooseModel((await services()).keys);
    }),
    command("showLog", async () => log.show()),
    window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).deserializeWebviewPanel(panel, state),
    }),
  );
}

/** Makes something when it is first asked for, and keeps it. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
