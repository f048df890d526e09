import type { WorkflowId } from "../report.js";

/** Everything that package.json contributes under our name, typed once. A test holds the two together. */

const jobCommands: Record<WorkflowId, null> = { audit: null, triage: null, diagram: null };

const allCommands = {
  ...jobCommands,
  auditOffline: null,
  updateDiagram: null,
  fromClipboard: null,
  setApiKey: null,
  removeApiKey: null,
  chooseModel: null,
  countTokens: null,
  showSpend: null,
  raiseBudget: null,
  openTable: null,
  searchHistory: null,
  filterHistory: null,
  openRun: null,
  openRunPicture: null,
  deleteRun: null,
  deleteStoredData: null,
  showLog: null,
};

export type Command = keyof typeof allCommands;

export const commandId = (command: Command): string => `screenshotWorkbench.${command}`;

export const commandIds = Object.keys(allCommands).map((command) => `screenshotWorkbench.${command}`);

/** The settings' section, and their keys in it. */
export const section = "screenshotWorkbench";

export const settingKeys = [
  "model",
  "audit.model",
  "triage.model",
  "diagram.model",
  "audit.effort",
  "triage.effort",
  "diagram.effort",
  "baseUrl",
  "redaction",
  "pixelRatio",
  "ocr.languages",
  "ocr.folder",
  "problems",
  "atOnce",
  "confirmAbove",
  "budget.daily",
  "budget.command",
  "prices",
  "storage.days",
  "storage.megabytes",
] as const;
export type SettingKey = (typeof settingKeys)[number];

export const panelType = "screenshotWorkbench.result";
export const tableType = "screenshotWorkbench.table";
export const spendType = "screenshotWorkbench.spend";
export const historyView = "screenshotWorkbench.history";

/** Pictures can be pasted and dropped into documents of these languages. */
export const pasteLanguages = ["markdown", "plaintext", "yaml"] as const;
