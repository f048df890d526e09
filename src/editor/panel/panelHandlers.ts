import type { PanelCommand } from "../../protocol/panel.js";
import type { Features } from "../features.js";
import type { EditorCommand } from "../manifest/commands.js";
import type { Handler } from "../registerCommands.js";
import { requireTrust } from "../trust.js";

/** The commands that open a panel or work on what came from one. */
export function panelHandlers(features: () => Promise<Features>) {
  const inPage = (command: PanelCommand) => async () => (await features()).results.active?.command(command);
  return {
    fromClipboard: async () => {
      requireTrust();
      (await features()).results.openEmpty();
    },
    fromAddress: async () => {
      requireTrust();
      const { fromAddress } = await import("./fromAddress.js");
      await fromAddress(await features());
    },
    updateDiagram: async () => {
      requireTrust();
      const { updateDiagram } = await import("../diagram/updateDiagram.js");
      await updateDiagram((await features()).services);
    },
    runAgain: async () => (await features()).results.active?.runAgain(),
    nextFinding: inPage("nextFinding"),
    previousFinding: inPage("previousFinding"),
    acceptFinding: inPage("acceptFinding"),
    dismissFinding: inPage("dismissFinding"),
    undoDecision: inPage("undoDecision"),
  } satisfies Partial<Record<EditorCommand, Handler>>;
}
