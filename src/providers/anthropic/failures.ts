import {
  AnthropicError,
  APIConnectionError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ContentTooLargeError,
  InternalServerError,
  NotFoundError,
  OverloadedError,
  PaymentRequiredError,
  PermissionDeniedError,
  RateLimitError,
} from "@anthropic-ai/sdk/core/error";
import { CancelledError, type ErrorCode, UserError } from "../../errors.js";
import { oneLine } from "../../text/plain.js";
import { TooLargeRequestError } from "../sizeErrors.js";
import { oversizedIn } from "./oversized.js";
import { StalledError } from "./watchedFetch.js";

/** Worth another try after a wait. */
export interface Transient {
  /** What happens when no try is left. */
  error: UserError;
  /** Milliseconds that the API asked to wait. */
  retryAfter: number | undefined;
  /** Whether it is the API that has too much to do, for everyone. */
  isOverload: boolean;
}

export type Failure = { final: Error } | { transient: Transient };

const spendLimit = /spend_limit/;

/** What the API said, fit to be shown: one line, no invisible characters, not the key, not too long. */
const said = (error: APIError, apiKey: string): string =>
  oneLine((error.apiMessage ?? "").replaceAll(apiKey, "…"), 300);

const quotedReply = (text: string) => (text ? ` It said: “${text}”` : "");

function finalFailure(error: APIError, apiKey: string): Error | undefined {
  const words = said(error, apiKey);
  if (error instanceof AuthenticationError) {
    return new UserError({
      code: "keyRejected",
      problem: "The API key was refused.",
      advice: "Set a valid key and run again.",
      cause: error,
    });
  }
  if (error instanceof PaymentRequiredError) {
    return new UserError({
      code: "accountNotBilled",
      problem: "The API account cannot be billed.",
      advice: `Add credit in the Claude Console, or set the key of another account.${quotedReply(words)}`,
      cause: error,
    });
  }
  if (error instanceof PermissionDeniedError) {
    return new UserError({
      code: "keyNotPermitted",
      problem: "The API key may not do this.",
      advice: `Use another key or model.${quotedReply(words)}`,
      cause: error,
    });
  }
  if (error instanceof NotFoundError) {
    return new UserError({
      code: "modelUnknown",
      problem: "The API does not know this model.",
      advice: `Choose another one.${quotedReply(words)}`,
      cause: error,
    });
  }
  if (error instanceof ContentTooLargeError) return new TooLargeRequestError();
  if (error instanceof BadRequestError) {
    const oversized = oversizedIn(error.apiMessage ?? "");
    if (oversized) return oversized;
    return new UserError({
      code: "requestRejected",
      problem: "The API did not accept the request.",
      advice: `Choose another model, or another picture.${quotedReply(words)}`,
      cause: error,
    });
  }
  if (error instanceof RateLimitError && spendLimit.test(`${error.errorCode} ${error.type} ${words}`)) {
    return new UserError({
      code: "accountNotBilled",
      problem: "The spending limit of the API account is reached.",
      advice: `Raise it in the Claude Console.${quotedReply(words)}`,
      cause: error,
    });
  }
  return undefined;
}

/** `retry-after` is in seconds, or a date. Milliseconds. */
function retryAfter(headers: Headers | undefined, now: number): number | undefined {
  const text = headers?.get("retry-after");
  if (!text) return undefined;
  const seconds = Number(text);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** The error of this kind that an error was caused by. */
function causeOf<T extends Error>(error: unknown, type: abstract new (...args: never[]) => T): T | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof type) return cause;
  return undefined;
}

/**
 * What a failed request means: what to tell the person, and whether another try may help. This is the table
 * of the API's errors, in code.
 *
 * @param apiKey only to be taken out of what is shown
 */
export function failureOf(error: unknown, apiKey: string, now = Date.now()): Failure {
  if (error instanceof APIUserAbortError) return { final: new CancelledError() };
  if (!(error instanceof AnthropicError))
    return { final: error instanceof Error ? error : new Error(String(error)) };

  const transient = (code: ErrorCode, problem: string, advice = "Run it again in a while."): Failure => ({
    transient: {
      isOverload: code === "overloaded" || code === "rateLimited",
      error: new UserError({ code, problem, advice, cause: error }),
      retryAfter: error instanceof APIError ? retryAfter(error.headers, now) : undefined,
    },
  });
  if (causeOf(error, StalledError)) {
    return transient(
      "answerBrokeOff",
      "The API stopped answering.",
      "Run it again; the interrupted answer may be billed.",
    );
  }
  // Our own fetch refused to go there.
  const refusal = causeOf(error, UserError);
  if (refusal) return { final: refusal };
  if (error instanceof APIConnectionError) {
    return transient(
      "notReachable",
      "The API could not be reached.",
      "Look at the network and proxy, then run it again.",
    );
  }
  if (error instanceof APIError) {
    const final = finalFailure(error, apiKey);
    if (final) return { final };
    // An error event inside a stream has a type but no status.
    if (error instanceof OverloadedError || error.type === "overloaded_error")
      return transient("overloaded", "The API is overloaded.");
    if (error instanceof RateLimitError || error.type === "rate_limit_error")
      return transient("rateLimited", "The API's rate limit is reached.");
    if (
      error instanceof InternalServerError ||
      error.type === "api_error" ||
      [408, 409].includes(error.status ?? 0)
    )
      return transient("serverFailed", "The API had an internal error.");
    if (error.status !== undefined || error.type !== null) {
      return {
        final: new UserError({
          code: "addressRejected",
          problem: `The API refused the request${error.status ? ` (status ${error.status})` : ""}.`,
          advice: `Look at the address and the model in the settings.${quotedReply(said(error, apiKey))}`,
          cause: error,
        }),
      };
    }
  }
  // What is left are broken bodies: a stream that ends early, or is no stream at all.
  return transient(
    "answerBrokeOff",
    "The answer broke off before it was whole.",
    "Run it again; the interrupted answer may be billed.",
  );
}

const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** Whether the API certainly did not begin to answer, so that nothing is billed. */
export function wasNeverRun(error: unknown): boolean {
  if (error instanceof APIConnectionError) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      if ("code" in cause && neverConnected.has(String(cause.code))) return true;
    return false;
  }
  return error instanceof APIError && error.status !== undefined;
}
