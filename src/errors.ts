/** What a person can do about an error; the editor turns it into a button, the command line into advice. */
export type NextStep =
  | "setKey"
  | "chooseModel"
  | "runAgain"
  | "runOffline"
  | "askClaude"
  | "chooseAnotherPicture"
  | "raiseDailyBudget"
  | "raiseCommandBudget"
  | "openSettings"
  | "showLog";

export interface UserErrorDetails {
  /** One sentence: what went wrong. */
  problem: string;
  /** One sentence: what to do about it. */
  advice: string;
  /** The step that the advice names, most useful first. */
  next?: NextStep[];
  /** The file name of the picture, once it is known. */
  picture?: string;
  cause?: unknown;
}

/**
 * An error that is meant to be read by the person at the screen: what happened, to which picture, and what
 * to do. `message` is the whole text. Nothing in it may come from a key or a stack.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly problem: string;
  readonly advice: string;
  readonly next: readonly NextStep[];
  readonly picture: string | undefined;

  constructor(details: UserErrorDetails) {
    const { problem, advice, next = [], picture, cause } = details;
    super(picture === undefined ? `${problem} ${advice}` : `${picture}: ${problem} ${advice}`, { cause });
    this.problem = problem;
    this.advice = advice;
    this.next = next;
    this.picture = picture;
  }

  /** The same error, said of this picture. */
  about(picture: string): UserError {
    if (this.picture !== undefined) return this;
    return new UserError({ ...this.details(), picture });
  }

  private details(): UserErrorDetails {
    return { problem: this.problem, advice: this.advice, next: [...this.next], cause: this.cause };
  }
}

/** The run was cancelled by the person who started it: nothing to say, nothing to do. */
export class CancelledError extends Error {
  override readonly name = "CancelledError";
  constructor() {
    super("Cancelled.");
  }
}

/**
 * Whatever was thrown, as an error for a person. What we did not foresee is said to be our fault, and its
 * details stay in `cause`, for the log.
 */
export function toUserError(error: unknown, picture?: string): UserError | CancelledError {
  if (error instanceof CancelledError) return error;
  if (error instanceof UserError) return picture === undefined ? error : error.about(picture);
  return new UserError({
    problem: "Something unexpected went wrong.",
    advice: "Please try again; the log has the details.",
    next: ["runAgain", "showLog"],
    ...(picture === undefined ? {} : { picture }),
    cause: error,
  });
}
