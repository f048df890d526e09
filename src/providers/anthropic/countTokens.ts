import { CancelledError } from "../../errors.js";
import { createClient } from "./client.js";
import type { Connection } from "./connection.js";
import { failureOf } from "./failures.js";
import { type Question, requestOf } from "./request.js";

/**
 * The exact number of tokens that a question will have, by the API's own count. Costs nothing.
 *
 * @throws UserError when the API cannot be asked
 */
export async function countTokens(
  connection: Connection,
  question: Question<unknown>,
  signal: AbortSignal,
): Promise<number> {
  const { max_tokens: _, ...request } = requestOf(question, question.maxTokens);
  try {
    return (await createClient(connection).messages.countTokens(request, { signal })).input_tokens;
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    const failure = failureOf(error, connection.apiKey);
    throw "final" in failure ? failure.final : failure.transient.error;
  }
}
