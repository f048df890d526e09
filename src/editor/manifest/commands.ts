import { panelType } from "../panelType.js";

/** How a command is contributed. */
export interface CommandEntry {
  title: string;
  /** Only where this holds; everywhere when absent. */
  enablement?: string;
  icon?: string;
  /** Its keys, in a result's panel; `cmd` takes the place of `ctrl` on macOS. */
  key?: string;
  /** False where it makes no sense without an argument or its view. */
  palette?: false;
}

const trusted = "isWorkspaceTrusted";
/** A result's panel has the focus. */
const inPanel = `activeWebviewPanelId == ${panelType}`;

/**
 * The commands that belong to no one workflow. package.json is generated from this list, and a handler is registered for
 * each (see registerCommands.ts): neither can be forgotten.
 */
export const editorCommands = {
  updateDiagram: {
    title: "Update Diagram from Picture",
    enablement: `${trusted} && editorIsOpen`,
  },
  convertDiagram: { title: "Convert Diagram to…", enablement: trusted },
  fromClipboard: { title: "From Clipboard", enablement: trusted },
  fromAddress: { title: "From Address…", enablement: trusted },
  nextFinding: { title: "Next Finding", enablement: inPanel, key: "f8" },
  previousFinding: { title: "Previous Finding", enablement: inPanel, key: "shift+f8" },
  acceptFinding: { title: "Accept Finding", enablement: inPanel, key: "ctrl+alt+a" },
  dismissFinding: { title: "Dismiss Finding", enablement: inPanel, key: "ctrl+alt+d" },
  undoDecision: { title: "Undo Decision", enablement: inPanel, key: "ctrl+alt+z" },
  runAgain: { title: "Run Again", enablement: inPanel, key: "ctrl+alt+r" },
  setApiKey: { title: "Set API Key" },
  removeApiKey: { title: "Remove API Key" },
  chooseModel: { title: "Choose Model" },
  countTokens: { title: "Count Tokens", enablement: trusted },
  showSpend: { title: "Show Spend" },
  raiseBudget: { title: "Raise Daily Budget" },
  openTable: { title: "Open Table of Pictures", enablement: trusted },
  searchHistory: { title: "Search History", icon: "$(search)", palette: false },
  filterHistory: { title: "Filter History", icon: "$(filter)", palette: false },
  openRun: { title: "Open Run", palette: false },
  openRunPicture: { title: "Open Picture", palette: false },
  deleteRun: { title: "Delete Run", icon: "$(trash)", palette: false },
  deleteStoredData: { title: "Delete All Stored Data" },
  showLog: { title: "Show Log" },
} as const satisfies Record<string, CommandEntry>;

export type EditorCommand = keyof typeof editorCommands;

/** Where commands stand in the history's view, by the menu. `run` and `runWithPicture` are what its entries are. */
export const historyMenus: Readonly<
  Record<string, ReadonlyArray<{ command: EditorCommand; on?: string; group: string }>>
> = {
  "view/title": [
    { command: "searchHistory", group: "navigation@1" },
    { command: "filterHistory", group: "navigation@2" },
    { command: "openTable", group: "1_open@1" },
    { command: "showSpend", group: "1_open@2" },
    { command: "deleteStoredData", group: "2_delete@1" },
  ],
  "view/item/context": [
    { command: "deleteRun", on: "viewItem =~ /^run/", group: "inline" },
    { command: "openRun", on: "viewItem =~ /^run/", group: "1_open@1" },
    { command: "openRunPicture", on: "viewItem == runWithPicture", group: "1_open@2" },
    { command: "deleteRun", on: "viewItem =~ /^run/", group: "2_delete@1" },
  ],
};
