import { type Disposable, window } from "vscode";
import { panelType, tableType } from "../contributions.js";
import type { Features } from "../features.js";

/** Panels and tables come back after the window is reloaded. */
export function registerPanels(features: () => Promise<Features>): Disposable[] {
  return [
    window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await features()).results.deserializeWebviewPanel(panel, state),
    }),
    window.registerWebviewPanelSerializer(tableType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await features()).tables.deserializeWebviewPanel(panel, state),
    }),
  ];
}
