import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import type { Message, MessageCreateParamsBase } from "@anthropic-ai/sdk/resources/messages/messages";
import type { z } from "zod";
import { UserError } from "../errors.js";
import { parseJson } from "../text/json.js";
import { Circuit } from "./circuit.js";
import { createClient } from "./client.js";
import type { Connection } from "./connection.js";
import type { Effort } from "./effort.js";
import { failureOf } from "./failures.js";
import { takesEffort } from "./models.js";
import { type RetryOptions, withRetries } from "./retry.js";
import { addUsage, noUsage, type Usage } from "./usage.js";

export interface QuestionImage {
  bytes: Uint8Array;
  mediaType: "image/jpeg" | "image/png" | "image/webp" | "image/gif";
  /** Said before the image, when there are several. */
  label?: string | undefined;
}

export interface Question<T> {
  model: string;
  effort: Effort;
  maxTokens: number;
  /** The same bytes in every request of a job: it is the cached prefix. */
  system: string;
  schema: z.ZodType<T>;
  images: readonly QuestionImage[];
  text: string;
  /** Whether more may be asked about the same images: they are then written to the cache, and read from it. */
  continues: boolean;
  /** What was answered and asked since, oldest first. */
  since: readonly FollowUp[];
}

/** An answer, as the model gave it or as a person has changed it, and what is asked about it. */
export interface FollowUp {
  answer: unknown;
  text: string;
}

export interface AskOptions extends RetryOptions {
  /** The text of the answer so far. Starts anew when a try is repeated. */
  onText?: ((soFar: string) => void) | undefined;
  /** Told for every answer that was paid, whole or not. */
  onBilled?: ((bill: { usage: Usage; requestId: string | undefined }) => void) | undefined;
}

export interface Answer<T> {
  value: T;
  /** All that was paid for this answer, repeated tries included. */
  usage: Usage;
  requestId: string | undefined;
}

/** Asks one question. */
export type Asker = <T>(question: Question<T>, options: AskOptions) => Promise<Answer<T>>;

/**
 * One question, one whole and validated answer, or one error.
 *
 * @param circuit shared by all who ask the same API
 * @throws UserError that says what happened and what to do
 * @throws CancelledError when the signal aborts
 * @throws OversizedImageError, TooLargeRequestError when the pictures must be made smaller
 */
export function createAsker(connection: Connection, circuit = new Circuit()): Asker {
  const { messages } = createClient(connection);

  return async <T>(question: Question<T>, options: AskOptions) => {
    const bills: Usage[] = [];
    const send = (maxTokens: number): Promise<Message & { requestId: string | undefined }> =>
      withRetries(
        async () => {
          const stream = messages.stream(requestOf(question, maxTokens), { signal: options.signal });
          stream.on("text", (_, soFar) => options.onText?.(soFar));
          const bill = () => {
            const usage = usageOf(stream.currentMessage ?? stream.receivedMessages.at(-1));
            if (!usage) return;
            bills.push(usage);
            options.onBilled?.({ usage, requestId: stream.request_id ?? undefined });
          };
          try {
            return Object.assign(await stream.finalMessage(), { requestId: stream.request_id ?? undefined });
          } finally {
            bill();
          }
        },
        (error) => failureOf(error, connection.apiKey),
        { ...options, circuit },
      );

    let message = await send(question.maxTokens);
    if (isCutShort(message)) message = await send(question.maxTokens * 2);
    const value = wholeAnswer(message, question.schema);
    return { value, usage: bills.reduce(addUsage, noUsage), requestId: message.requestId };
  };
}

function requestOf<T>(question: Question<T>, maxTokens: number): MessageCreateParamsBase {
  const { model, effort, system, images, text, continues, since } = question;
  const cached = { cache_control: { type: "ephemeral" as const } };
  return {
    model,
    max_tokens: maxTokens,
    system: [{ type: "text", text: system, ...cached }],
    // The schema without the helper's parser: that one throws answers away that were paid for.
    output_config: {
      format: { type: "json_schema", schema: zodOutputFormat(question.schema).schema },
      ...(takesEffort(model) ? { effort } : {}),
    },
    messages: [
      {
        role: "user",
        content: [
          ...images.flatMap(({ bytes, mediaType, label }) => [
            ...(label === undefined ? [] : [{ type: "text" as const, text: label }]),
            {
              type: "image" as const,
              source: {
                type: "base64" as const,
                media_type: mediaType,
                data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
              },
              transformations: { oversized_image: "error" as const },
            },
          ]),
          { type: "text", text, ...(continues ? cached : {}) },
        ],
      },
      ...since.flatMap(({ answer, text: next }) => [
        { role: "assistant" as const, content: JSON.stringify(answer) },
        { role: "user" as const, content: next },
      ]),
    ],
  };
}

function usageOf(message: Message | undefined): Usage | undefined {
  if (!message) return undefined;
  const { usage } = message;
  return {
    input: usage.input_tokens,
    cacheWrite: usage.cache_creation_input_tokens ?? 0,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    output: usage.output_tokens,
    thinking: usage.output_tokens_details?.thinking_tokens ?? 0,
  };
}

const isCutShort = ({ stop_reason }: Message): boolean =>
  stop_reason === "max_tokens" || stop_reason === "model_context_window_exceeded";

function wholeAnswer<T>(message: Message, schema: z.ZodType<T>): T {
  if (message.stop_reason === "refusal") {
    const why = message.stop_details?.type === "refusal" ? message.stop_details.explanation : undefined;
    throw new UserError({
      problem: `The model refused to answer about this picture.${why ? ` It said: “${why}”` : ""}`,
      advice: "Choose another picture or model.",
      next: ["chooseModel", "chooseAnotherPicture"],
    });
  }
  if (isCutShort(message)) {
    throw new UserError({
      problem: "The answer was too long twice and is not whole.",
      advice: "Crop the picture to the part that matters, or choose another model.",
      next: ["chooseAnotherPicture", "chooseModel"],
    });
  }
  const text = message.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UserError({
    problem: "The model's answer does not have the form that was asked for.",
    advice: "Run it again, or choose another model.",
    next: ["runAgain", "chooseModel"],
    cause: parsed.error,
  });
}
