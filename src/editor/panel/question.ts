import { notLookedFor, secretKinds } from "../../measure/secrets.js";
import type { Choice, View } from "../../protocol/panel.js";
import type { ConsentRequest, Decision } from "../../run/types.js";
import { choicesOf, decisionOf, reasonsOf } from "./consent.js";

type QuestionView = Extract<View, { state: "question" }>;

/** The question whether a picture is sent, asked in the panel beside the picture with its secrets covered. */
export class Question {
  private answer: ((choice: Choice) => void) | undefined;

  /** What the panel shows while it waits. */
  view(title: string, request: ConsentRequest, canMeasure: boolean): QuestionView {
    return {
      state: "question",
      title,
      reasons: reasonsOf(request),
      secrets: request.secrets.map(({ kind, box }) => ({ label: secretKinds[kind], box })),
      caution: notLookedFor,
      choices: choicesOf(request, canMeasure),
    };
  }

  /**
   * Waits for the person's choice.
   *
   * @throws CancelledError when the picture is not to be sent, or the signal aborts
   */
  async decision(signal: AbortSignal): Promise<Decision> {
    const choice = await new Promise<Choice | undefined>((resolve) => {
      this.answer = resolve;
      if (signal.aborted) resolve(undefined);
      signal.addEventListener("abort", () => resolve(undefined), { once: true });
    });
    this.answer = undefined;
    return decisionOf(choice);
  }

  choose(choice: Choice): void {
    this.answer?.(choice);
  }
}
