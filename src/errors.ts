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

/** How the command line ends: with wrong input, or because a service or this machine failed. */
type ExitCode = 2 | 3;

interface ErrorKind {
  exit: ExitCode;
  /** What helps, most useful first. */
  next: readonly NextStep[];
  /** Every other picture of the same command would fail in the same way. */
  stopsAll?: true;
  /** It may be over after a while. */
  isTransient?: true;
}

/** What each code means to whoever handles the error. Exit codes, stopping, retries and buttons follow from it. */
const kinds = {
  /** Not there, damaged, too large, or of a kind that is not read. */
  pictureUnusable: { exit: 2, next: ["chooseAnotherPicture"] },
  /** Of a document that is closed to those who do not know it. */
  passwordNeeded: { exit: 2, next: ["chooseAnotherPicture"] },
  pictureChanged: { exit: 3, next: ["runAgain"] },
  /** Even after shrinking it as far as is useful. */
  pictureTooLargeForModel: { exit: 3, next: ["chooseAnotherPicture", "chooseModel"] },

  /** Something else than a picture was asked for wrongly: a target, a template, a baseline, a choice. */
  wrongInput: { exit: 2, next: [] },
  wrongSettings: { exit: 2, next: ["openSettings"], stopsAll: true },
  outputNotWritable: { exit: 2, next: [], stopsAll: true },
  notTrusted: { exit: 2, next: [], stopsAll: true },

  keyMissing: { exit: 2, next: ["setKey"], stopsAll: true },
  keyRejected: { exit: 3, next: ["setKey"], stopsAll: true },
  keyNotKept: { exit: 3, next: ["showLog"] },
  keyNotPermitted: { exit: 3, next: ["setKey", "chooseModel"], stopsAll: true },
  accountNotBilled: { exit: 3, next: ["setKey"], stopsAll: true },

  budgetDaily: { exit: 3, next: ["raiseDailyBudget"], stopsAll: true },
  budgetCommand: { exit: 3, next: ["raiseCommandBudget"], stopsAll: true },
  costNotConfirmed: { exit: 2, next: [], stopsAll: true },
  priceUnknown: { exit: 2, next: ["chooseModel", "openSettings"], stopsAll: true },

  modelUnknown: { exit: 3, next: ["chooseModel"], stopsAll: true },
  requestRejected: { exit: 3, next: ["chooseModel", "showLog"] },
  addressRejected: { exit: 3, next: ["openSettings", "showLog"], stopsAll: true },

  overloaded: { exit: 3, next: ["runAgain", "showLog"], isTransient: true },
  rateLimited: { exit: 3, next: ["runAgain", "showLog"], isTransient: true },
  serverFailed: { exit: 3, next: ["runAgain", "showLog"], isTransient: true },
  notReachable: { exit: 3, next: ["runAgain", "showLog"], isTransient: true },
  /** The connection fell silent, or the answer ended before it was whole. */
  answerBrokeOff: { exit: 3, next: ["runAgain", "showLog"], isTransient: true },

  answerRefused: { exit: 3, next: ["chooseModel", "chooseAnotherPicture"] },
  answerCutShort: { exit: 3, next: ["chooseAnotherPicture", "chooseModel"] },
  answerInvalid: { exit: 3, next: ["runAgain", "chooseModel"] },
  /** It was submitted in a batch, and is still to come. */
  answerPending: { exit: 3, next: ["runAgain"] },
  answerNotKept: { exit: 3, next: ["runAgain"] },
  batchUnknown: { exit: 3, next: ["setKey", "runAgain"] },

  storageFailed: { exit: 3, next: ["showLog"] },
  unexpected: { exit: 3, next: ["runAgain", "showLog"] },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;

export interface UserErrorDetails {
  code: ErrorCode;
  /** One sentence: what went wrong. */
  problem: string;
  /** One sentence: what to do about it. */
  advice: string;
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
  readonly code: ErrorCode;
  readonly problem: string;
  readonly advice: string;
  readonly picture: string | undefined;

  constructor(details: UserErrorDetails) {
    const { code, problem, advice, picture, cause } = details;
    super(picture === undefined ? `${problem} ${advice}` : `${picture}: ${problem} ${advice}`, { cause });
    this.code = code;
    this.problem = problem;
    this.advice = advice;
    this.picture = picture;
  }

  /** The steps that help, most useful first. */
  get next(): readonly NextStep[] {
    return this.kind.next;
  }

  /** Whether every other picture of the same command would fail in the same way. */
  get stopsAll(): boolean {
    return this.kind.stopsAll ?? false;
  }

  /** Whether it may be over after a while. */
  get isTransient(): boolean {
    return this.kind.isTransient ?? false;
  }

  /** How the command line ends. */
  get exitCode(): ExitCode {
    return this.kind.exit;
  }

  /** The same error, said of this picture. */
  about(picture: string): UserError {
    if (this.picture !== undefined) return this;
    const { code, problem, advice, cause } = this;
    return new UserError({ code, problem, advice, cause, picture });
  }

  private get kind(): ErrorKind {
    return kinds[this.code];
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
    code: "unexpected",
    problem: "Something unexpected went wrong.",
    advice: "Please try again.",
    ...(picture === undefined ? {} : { picture }),
    cause: error,
  });
}
