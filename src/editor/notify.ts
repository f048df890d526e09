import { commands, window } from "vscode";
import { CancelledError, type NextStep, toUserError, type UserError } from "../errors.js";
import { oneLine } from "../text/plain.js";
import { commandId, section } from "./contributions.js";
import type { Log } from "./log.js";

/** What each next step is called on a button. */
export const stepLabels: Record<NextStep, string> = {
  setKey: "Set API Key",
  chooseModel: "Choose Model",
  runAgain: "Run Again",
  runOffline: "Measure Only",
  askClaude: "Ask Claude",
  chooseAnotherPicture: "Choose Picture",
  raiseDailyBudget: "Raise Daily Budget",
  raiseCommandBudget: "Raise Command Budget",
  openSettings: "Open Settings",
  showLog: "Show Log",
};

/** The steps that need no knowledge of the run. */
const generalSteps: Partial<Record<NextStep, () => Thenable<unknown>>> = {
  setKey: () => commands.executeCommand(commandId("setApiKey")),
  chooseModel: () => commands.executeCommand(commandId("chooseModel")),
  raiseDailyBudget: () => commands.executeCommand(commandId("raiseBudget"), "budget.daily"),
  raiseCommandBudget: () => commands.executeCommand(commandId("raiseBudget"), "budget.command"),
  openSettings: () => commands.executeCommand("workbench.action.openSettings", section),
  showLog: () => commands.executeCommand(commandId("showLog")),
};

export async function takeStep(
  step: NextStep,
  ofRun: Partial<Record<NextStep, () => unknown>>,
): Promise<void> {
  await (ofRun[step] ?? generalSteps[step])?.();
}

/**
 * A message with links made inert: notifications turn `[text](command:…)` into a link that runs the command,
 * and file names are hostile too.
 */
export const inert = (message: string): string => oneLine(message, 500).replaceAll("](", "]\u200B(");

/** The only place that shows an error. */
export async function showError(
  error: unknown,
  log: Log,
  ofRun: Partial<Record<NextStep, () => unknown>> = {},
): Promise<void> {
  const known = toUserError(error);
  if (known instanceof CancelledError) return;
  log.error("Shown to the user", known.cause ?? known);
  const steps = possibleSteps(known, ofRun);
  const chosen = await window.showErrorMessage(
    inert(known.message),
    ...steps.map((step) => stepLabels[step]),
  );
  const step = steps.find((candidate) => stepLabels[candidate] === chosen);
  if (step) await takeStep(step, ofRun);
}

export function possibleSteps(
  { next }: UserError,
  ofRun: Partial<Record<NextStep, () => unknown>>,
): NextStep[] {
  return next.filter((step) => step in ofRun || step in generalSteps);
}

/** Says in passing that something was done. */
export function showStatus(message: string): void {
  window.setStatusBarMessage(`$(check) ${oneLine(message).replaceAll("$(", "$ (")}`, 5000);
}

/** Says something that the person has to act on. */
export function showInfo(message: string): void {
  void window.showInformationMessage(inert(message));
}

/** Registers nothing that can fail in silence. */
export function failable<Arguments extends unknown[]>(
  log: Log,
  action: (...args: Arguments) => Promise<unknown>,
): (...args: Arguments) => Promise<unknown> {
  return async (...args) => {
    try {
      return await action(...args);
    } catch (error) {
      void showError(error, log);
      return undefined;
    }
  };
}
