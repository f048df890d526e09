import type { MessageStream } from "@anthropic-ai/sdk/lib/MessageStream";
import { isCutShort, usageOf, wholeAnswer } from "./answer.js";
import { createClient } from "./client.js";
import type { Connection } from "./connection.js";
import { failureOf, wasNeverRun } from "./failures.js";
import { maxUsageOf, type Question, requestOf } from "./request.js";
import { type RetryOptions, withRetries } from "./retry.js";
import { RequestScheduler } from "./scheduler.js";
import { addUsage, noUsage, type Usage } from "./usage.js";
import type { MaxUsage, Outcome, UsageRecorder } from "./usageRecorder.js";

export interface AskOptions<T> extends Omit<RetryOptions, "circuit" | "limiter"> {
  /** The text of the answer so far. Starts anew when a try is repeated. */
  onText?: ((soFar: string) => void) | undefined;
  /** Told for every answer that was paid, whole or not. */
  onBilled?: ((bill: { usage: Usage; requestId: string | undefined }) => void) | undefined;
  /** Given the answer before anything else is done. */
  onAnswer?: ((answer: Answer<T>) => Promise<void>) | undefined;
  /** Told of every request before it leaves. */
  recorder?: UsageRecorder | undefined;
}

export interface Answer<T> {
  value: T;
  /** All that was paid for this answer, repeated tries included. */
  usage: Usage;
  requestId: string | undefined;
}

/** Asks one question. */
export type Asker = <T>(question: Question<T>, options: AskOptions<T>) => Promise<Answer<T>>;

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
): Asker {
  const { messages } = createClient(connection, timeoutMs);

  return async <T>(question: Question<T>, options: AskOptions<T>) => {
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
        stream.on("text", (_, soFar) => onText?.(soFar));
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
