import type { Message } from "@anthropic-ai/sdk/resources/messages/messages";
import type { z } from "zod";
import { UserError } from "../../errors.js";
import { parseJson } from "../../text/json.js";
import type { Usage } from "../usage.js";

/** Undefined when there is no message. */
export function usageOf(message: Message | undefined): Usage | undefined {
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

export const isCutShort = ({ stop_reason }: Message): boolean =>
  stop_reason === "max_tokens" || stop_reason === "model_context_window_exceeded";

/** The longest answer that is asked for has 32,000 tokens, of four letters each as a rule. */
const mostAnswerCharacters = 1_000_000;

/**
 * The answer in a whole message, validated.
 *
 * @throws UserError when it was refused, cut short, or has another form
 */
export function wholeAnswer<T>(message: Message, schema: z.ZodType<T>): T {
  if (message.stop_reason === "refusal") {
    const why = message.stop_details?.type === "refusal" ? message.stop_details.explanation : undefined;
    throw new UserError({
      code: "answerRefused",
      problem: `The model refused to answer about this picture.${why ? ` It said: “${why}”` : ""}`,
      advice: "Choose another picture or model.",
    });
  }
  if (isCutShort(message)) {
    throw new UserError({
      code: "answerCutShort",
      problem: "The answer was too long twice and is not whole.",
      advice: "Crop the picture to the part that matters, or choose another model.",
    });
  }
  const text = message.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
  if (text.length > mostAnswerCharacters)
    throw new UserError({
      code: "answerInvalid",
      problem: "The answer is longer than any that was asked for.",
      advice: "Run it again, or choose another model.",
    });
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UserError({
    code: "answerInvalid",
    problem: "The model's answer does not have the form that was asked for.",
    advice: "Run it again, or choose another model.",
    cause: parsed.error,
  });
}
