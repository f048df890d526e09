import { UserError } from "../../errors.js";
import { type AskSettings, runKey } from "../../store/runs/askSettings.js";

/** The question was submitted in a batch, and its answer is still to come: to ask now would be to pay twice. */
export class SubmittedError extends UserError {
  /** @param settings of the question, by which its answer is found once it is there */
  constructor(
    picture: string,
    readonly settings: AskSettings,
  ) {
    super({
      code: "answerPending",
      picture,
      problem: "This was submitted at half price, and its answer is still to come.",
      advice: "Wait for it, or ask anew, and pay for an answer now.",
    });
  }

  get runKey(): string {
    return runKey(this.settings);
  }
}
