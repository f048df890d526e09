import type { z } from "zod";
import { UserError } from "../errors.js";
import type { Question } from "./question.js";
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

/** Questions that are answered later, at a lower price. */
export interface BatchApi {
  /** A question as one of a batch. */
  request(customId: string, question: Question<unknown>): BatchRequest;
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
