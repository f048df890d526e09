import { CancelledError, type NextStep, type UserError } from "../../errors.js";
import type { View } from "../../protocol/panel.js";
import { type OwnSteps, possibleSteps, stepLabels } from "../notify.js";

export type LoadingView = Extract<View, { state: "loading" }>;
type FailedView = Extract<View, { state: "failed" }>;

export const loadingView = (title: string, stage = "Starting"): LoadingView => ({
  state: "loading",
  title,
  stage,
  findings: [],
});

/**
 * What went wrong, and what can be done about it.
 *
 * @param canMeasure whether the pixels alone would tell something, and were not looked at alone just now
 * @param findings that had arrived before
 */
export function failedView(
  title: string,
  error: UserError | CancelledError,
  steps: OwnSteps,
  canMeasure: boolean,
  findings: FailedView["findings"],
): FailedView {
  const isCancelled = error instanceof CancelledError;
  return {
    state: "failed",
    title,
    message: isCancelled ? "Cancelled. Nothing was saved." : error.message,
    cancelled: isCancelled,
    next: (isCancelled ? ["runAgain" as const] : stepsAfter(error, steps, canMeasure)).map((step) => ({
      step,
      label: stepLabels[step],
    })),
    findings,
  };
}

function stepsAfter(error: UserError, own: OwnSteps, canMeasure: boolean): NextStep[] {
  const steps = possibleSteps(error, own);
  const isUnreadable = error.next.includes("chooseAnotherPicture");
  return canMeasure && !isUnreadable ? [...steps, "runOffline"] : steps;
}
