import { APIError, NotFoundError } from "@anthropic-ai/sdk/core/error";
import type {
  MessageBatch,
  MessageBatchIndividualResponse,
} from "@anthropic-ai/sdk/resources/messages/batches";
import type { z } from "zod";
import { CancelledError, UserError } from "../../errors.js";
import { usageOf, wholeAnswer } from "./answer.js";
import { createClient } from "./client.js";
import type { Connection } from "./connection.js";
import { type Failure, failureOf, wasNeverRun } from "./failures.js";
import { type Question, requestOf } from "./request.js";
import { withRetries } from "./retry.js";
import { OversizedImageError, TooLargeRequestError } from "./sizeErrors.js";
import type { Usage } from "./usage.js";

/** One question of a batch, as it is sent. */
export interface BatchRequest {
  /** The run's hash: 64 hexadecimal digits, as many as the API takes. */
  customId: string;
  /** The request as JSON, written once. */
  json: string;
}

/** How a batch is doing. */
export interface BatchStatus {
  id: string;
  state: "in_progress" | "canceling" | "ended";
  /** ISO 8601. */
  createdAt: string;
  expiresAt: string;
  counts: { processing: number; succeeded: number; errored: number; canceled: number; expired: number };
}

/** What became of one question of a batch. */
export type BatchAnswer = { customId: string; usage: Usage | undefined } & (
  | { type: "answered"; value: unknown }
  /** A UserError, or an error that says that the picture must be made smaller. */
  | { type: "failed"; error: Error }
  | { type: "expired" }
  | { type: "cancelled" }
);

/** Whether the batch was made, nobody knows: the list of batches has to be looked through. */
export class UncertainBatchError extends Error {
  override readonly name = "UncertainBatchError";
  constructor(cause: unknown) {
    super("It is not known whether a batch was made.", { cause });
  }
}

/** The batch was deleted, is too old, or belongs to another key. */
export class UnknownBatchError extends UserError {
  constructor(cause: unknown) {
    super({
      code: "batchUnknown",
      problem: "The API does not know this batch, or no longer.",
      advice: "Use the key that it was submitted with, or run the pictures again.",
      cause,
    });
  }
}

export interface BatchApi {
  /**
   * @throws UncertainBatchError when it may have been made nevertheless
   * @throws UserError when it was not
   */
  create(requests: readonly BatchRequest[], signal: AbortSignal): Promise<BatchStatus>;
  status(id: string, signal: AbortSignal): Promise<BatchStatus>;
  /** The latest first. */
  list(signal: AbortSignal): AsyncIterable<BatchStatus>;
  /** In any order. @param schemaOf the form of a question's answer */
  results(
    id: string,
    schemaOf: (customId: string) => z.ZodType<unknown>,
    signal: AbortSignal,
  ): AsyncIterable<BatchAnswer>;
  cancel(id: string, signal: AbortSignal): Promise<BatchStatus>;
}

/** A question as one of a batch. */
export const batchRequest = (customId: string, question: Question<unknown>): BatchRequest => ({
  customId,
  json: JSON.stringify(requestOf(question, question.maxTokens)),
});

/** The Message Batches API: answers within a day, at half price. */
export function createBatchApi(connection: Connection): BatchApi {
  const { messages } = createClient(connection);
  const { batches } = messages;
  const meaning = (error: unknown): Failure =>
    error instanceof NotFoundError
      ? { final: new UnknownBatchError(error) }
      : failureOf(error, connection.apiKey);
  const retried = <T>(attempt: () => Promise<T>, signal: AbortSignal) =>
    withRetries(attempt, meaning, { signal });

  return {
    create: async (requests, signal) => {
      const body = {
        requests: requests.map(({ customId, json }) => ({ custom_id: customId, params: JSON.parse(json) })),
      };
      const attempt = async () => {
        try {
          return await batches.create(body, own(signal));
        } catch (error) {
          throw wasNeverMade(error) ? error : new UncertainBatchError(error);
        }
      };
      return statusOf(await retried(attempt, signal));
    },
    status: async (id, signal) =>
      statusOf(await retried(() => batches.retrieve(id, {}, own(signal)), signal)),
    list: async function* (signal) {
      let page = await retried(async () => batches.list({ limit: 100 }, own(signal)), signal);
      for (;;) {
        for (const batch of page.data) yield statusOf(batch);
        if (!page.hasNextPage()) return;
        page = await page.getNextPage();
      }
    },
    results: async function* (id, schemaOf, signal) {
      const lines = await retried(() => batches.results(id, {}, own(signal)), signal);
      try {
        for await (const line of lines) yield answerOf(line, schemaOf(line.custom_id));
      } catch (error) {
        throw signal.aborted ? new CancelledError() : brokenOff(error);
      }
    },
    cancel: async (id, signal) => statusOf(await retried(() => batches.cancel(id, {}, own(signal)), signal)),
  };
}

/** Whether the API certainly has no such batch. One that fails, or a proxy before it, may have made it all the same. */
function wasNeverMade(error: unknown): boolean {
  const status = error instanceof APIError ? error.status : undefined;
  return wasNeverRun(error) && (status === undefined || status < 500 || status === overloaded);
}

/** The API's own status for what it has not begun. */
const overloaded = 529;

const brokenOff = (cause: unknown): UserError =>
  new UserError({
    code: "answerBrokeOff",
    problem: "The results of the batch broke off before they were whole.",
    advice: "Nothing is lost: fetch them again.",
    cause,
  });

/** The SDK leaves its listeners on a signal. */
const own = (signal: AbortSignal) => ({ signal: AbortSignal.any([signal]) });

const statusOf = (batch: MessageBatch): BatchStatus => {
  const { id, processing_status: state, created_at: createdAt, expires_at: expiresAt } = batch;
  const { processing, succeeded, errored, canceled, expired } = batch.request_counts;
  return { id, state, createdAt, expiresAt, counts: { processing, succeeded, errored, canceled, expired } };
};

function answerOf(
  { custom_id: customId, result }: MessageBatchIndividualResponse,
  schema: z.ZodType<unknown>,
): BatchAnswer {
  switch (result.type) {
    case "succeeded": {
      const usage = usageOf(result.message);
      try {
        return { customId, usage, type: "answered", value: wholeAnswer(result.message, schema) };
      } catch (error) {
        return {
          customId,
          usage,
          type: "failed",
          error: error instanceof Error ? error : new Error(String(error)),
        };
      }
    }
    case "errored":
      return { customId, usage: undefined, type: "failed", error: errorOf(result.error.error) };
    case "expired":
      return { customId, usage: undefined, type: "expired" };
    case "canceled":
      return { customId, usage: undefined, type: "cancelled" };
  }
}

/** An error inside a batch has no status: its type and message say what it is. */
function errorOf({ type, message }: { type: string; message: string }): Error {
  const oversized = OversizedImageError.in(message);
  if (oversized) return oversized;
  if (type === "request_too_large") return new TooLargeRequestError();
  const isRejected = type === "invalid_request_error";
  return new UserError({
    code: isRejected ? "requestRejected" : "serverFailed",
    problem: `The API could not answer (${type}).`,
    advice: isRejected ? "Choose another picture or model." : "Run it again.",
    cause: new Error(message),
  });
}
