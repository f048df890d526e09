import type { MessageStream } from "@anthropic-ai/sdk/lib/MessageStream";
import type { Connection } from "../connection.js";
import type { Answer, AskOptions, Question } from "../question.js";
import { addUsage, noUsage, type Usage } from "../usage.js";
import type { MaxUsage, Outcome } from "../usageRecorder.js";
import { isCutShort, usageOf, wholeAnswer } from "./answer.js";
import { createClient } from "./client.js";
import { failureOf, wasNeverRun } from "./failures.js";
import { maxUsageOf, requestOf } from "./request.js";
import { type RetryOptions, withRetries } from "./retry.js";
import { RequestScheduler } from "./scheduler.js";

/** Asks one question. `sleep` and `random` are for tests. */
export type AnthropicAsker = <T>(
  question: Question<T>,
  options: AskOptions<T> & Pick<RetryOptions, "sleep" | "random">,
) => Promise<Answer<T>>;

/** A token has four letters as a rule, and white space may be long. */
const mostLettersPerToken = 32;

/**
 * One question, one whole and validated answer, or one error.
 *
 * @param scheduler shared by all who ask the same API
 * @param timeoutMs milliseconds of silence after which a connection is taken for dead
 * @throws UserError that says what happened and what to do
 * @throws CancelledError when the signal aborts
 * @throws OversizedImageError, TooLargeRequestError when the pictures must be made smaller
 */
export function createAsker(
  connection: Connection,
  scheduler = new RequestScheduler(),
  timeoutMs?: number,
): AnthropicAsker {
  const { messages } = createClient(connection, timeoutMs);

  return async <T>(
    question: Question<T>,
    options: AskOptions<T> & Pick<RetryOptions, "sleep" | "random">,
  ) => {
    const bills: Usage[] = [];
    const { signal, recorder, onText, onBilled, onAnswer } = options;
    const prompt = JSON.stringify([question.model, question.effort, question.system]);

    const attempt = async (maxTokens: number, maxUsage: MaxUsage): Promise<Answer<T> | undefined> => {
      const arrived = await scheduler.prompts.enter(prompt, signal);
      try {
        const settle = await recorder?.sending(maxUsage);
        const stream = messages.stream(requestOf(question, maxTokens), {
          // The SDK leaves its listener on the signal.
          signal: AbortSignal.any([signal]),
        });
        stream.once("streamEvent", () => arrived(true));
        stream.on("text", (_, soFar) => {
          // Nobody looks at what is far longer than what was asked for; it is refused as a whole.
          if (soFar.length <= maxTokens * mostLettersPerToken) onText?.(soFar);
        });
        const outcome = await outcomeOf(stream);
        const usage = outcome.type === "unbilled" ? undefined : outcome.usage;
        const requestId = stream.request_id ?? undefined;
        if (usage) {
          bills.push(usage);
          onBilled?.({ usage, requestId });
        }
        try {
          // Fails as the stream did.
          const message = await stream.finalMessage();
          if (isCutShort(message) && maxTokens === question.maxTokens) return undefined;
          const value = wholeAnswer(message, question.schema);
          const answer = { value, usage: bills.reduce(addUsage, noUsage), requestId };
          // First of all: what was answered is never to be asked again.
          await onAnswer?.(answer);
          return answer;
        } finally {
          await settle?.(outcome);
        }
      } finally {
        arrived(false);
      }
    };
    const send = (maxTokens: number): Promise<Answer<T> | undefined> => {
      const maxUsage = maxUsageOf(question, maxTokens);
      return withRetries(
        () => attempt(maxTokens, maxUsage),
        (error) => failureOf(error, connection.apiKey),
        { ...options, circuit: scheduler.circuit, limiter: scheduler.limiter },
      );
    };

    // An answer that was cut short is asked for once more, with twice the room.
    const answer = (await send(question.maxTokens)) ?? (await send(question.maxTokens * 2));
    if (!answer) throw new Error("A second answer is whole, or an error");
    return answer;
  };
}

async function outcomeOf(stream: MessageStream): Promise<Outcome> {
  const requestId = () => stream.request_id ?? undefined;
  try {
    const usage = usageOf(await stream.finalMessage());
    return usage ? { type: "billed", usage, requestId: requestId() } : { type: "broken", usage };
  } catch (error) {
    if (wasNeverRun(error)) return { type: "unbilled" };
    return { type: "broken", usage: usageOf(stream.currentMessage ?? stream.receivedMessages.at(-1)) };
  }
}
