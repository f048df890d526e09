import { window } from "vscode";
import { CancelledError } from "../../errors.js";
import { notLookedFor, secretKinds } from "../../measure/secrets.js";
import type { Choice } from "../../protocol/panel.js";
import { describeEstimate } from "../../run/describeEstimate.js";
import type { ConsentRequest, Decision } from "../../run/types.js";

/** Why a person is asked before a picture is sent, a sentence each. */
export function reasonsOf(request: ConsentRequest): string[] {
  const { secrets, quality, illegible, aboveThreshold, unpricedModel } = request;
  const places = secrets.map(
    ({ kind, box }) => `a likely ${secretKinds[kind]} at ${Math.round(box.x)}, ${Math.round(box.y)} px`,
  );
  return [
    ...(places.length > 0 ? [`The picture shows ${places.join("; ")}.`] : []),
    ...(illegible === undefined
      ? []
      : [
          `About ${Math.round(illegible * 100)} % of the lines of text could not be read: a secret in them is not covered.`,
        ]),
    ...(aboveThreshold
      ? [`This costs more than you allow unasked: ${describeEstimate(aboveThreshold)}.`]
      : []),
    ...(unpricedModel
      ? [
          `The price of ${unpricedModel} is not known, so that no budget holds. You can set it in the settings.`,
        ]
      : []),
    ...quality.map(({ problem, advice }) => `The picture is hard to read. ${problem} ${advice}`),
  ];
}

/** What a person can answer, the safest first. */
export function choicesOf(
  { secrets }: ConsentRequest,
  canMeasure: boolean,
): Array<{ choice: Choice; label: string }> {
  return [
    { choice: "send", label: secrets.length > 0 ? "Cover and Ask Claude" : "Ask Claude Anyway" },
    ...(secrets.length > 0 ? [{ choice: "uncover" as const, label: "Send Uncovered" }] : []),
    ...(canMeasure ? [{ choice: "offline" as const, label: "Measure Only" }] : []),
    { choice: "cancel", label: "Cancel" },
  ];
}

/** @throws CancelledError when the picture is not to be sent */
export function decisionOf(choice: Choice | undefined): Decision {
  switch (choice) {
    case "send":
      return "covered";
    case "uncover":
      return "uncovered";
    case "offline":
      return "nothing";
    case "cancel":
    case undefined:
      throw new CancelledError();
  }
}

/** Asks in a dialog, where there is no panel to ask in. */
export async function confirmInDialog(request: ConsentRequest, canMeasure: boolean): Promise<Decision> {
  const choices = choicesOf(request, canMeasure).filter(({ choice }) => choice !== "cancel");
  const chosen = await window.showWarningMessage(
    [...reasonsOf(request), notLookedFor].join("\n\n"),
    { modal: true },
    ...choices.map(({ label }) => label),
  );
  return decisionOf(choices.find(({ label }) => label === chosen)?.choice);
}
