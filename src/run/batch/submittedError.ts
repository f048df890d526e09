import { UserError } from "../../errors.js";

/** The question was submitted in a batch, and its answer is still to come: to ask now would be to pay twice. */
export class SubmittedError extends UserError {
  constructor(
    picture: string,
    /** The run's. */
    readonly hash: string,
  ) {
    super({
      code: "answerPending",
      picture,
      problem: "This was submitted at half price, and its answer is still to come.",
      advice: "Wait for it, or ask anew, and pay for an answer now.",
    });
  }
}
