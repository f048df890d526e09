import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import type { MessageCreateParamsBase } from "@anthropic-ai/sdk/resources/messages/messages";
import type { Question, QuestionImage } from "../question.js";
import { mostTokens } from "../tokens.js";
import type { MaxUsage } from "../usageRecorder.js";
import { takesEffort } from "./models.js";

/** The question as the API takes it. */
export function requestOf<T>(question: Question<T>, maxTokens: number): MessageCreateParamsBase {
  const { model, effort, system, images, text, continues, since } = question;
  const cached = { cache_control: { type: "ephemeral" as const } };
  return {
    model,
    max_tokens: maxTokens,
    system: [{ type: "text", text: system, ...cached }],
    // The schema without the helper's parser: that one throws answers away that were paid for.
    output_config: {
      format: { type: "json_schema", schema: zodOutputFormat(question.schema).schema },
      ...(effort !== undefined && takesEffort(model) ? { effort } : {}),
    },
    messages: [
      {
        role: "user",
        content: [...images.flatMap(imageBlocks), { type: "text", text, ...(continues ? cached : {}) }],
      },
      // What was said before stays the same to the byte: it is read from the cache.
      ...since.flatMap(({ answer, text: next, images: shown = [] }) => [
        { role: "assistant" as const, content: JSON.stringify(answer) },
        {
          role: "user" as const,
          content:
            shown.length === 0
              ? next
              : [...shown.flatMap(imageBlocks), { type: "text" as const, text: next }],
        },
      ]),
    ],
  };
}

/** An image below its label. */
const imageBlocks = ({ bytes, mediaType, label }: QuestionImage) => [
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
];

/** The most that a question can cost. */
export function maxUsageOf<T>(question: Question<T>, maxTokens: number): MaxUsage {
  const { images, since, ...rest } = requestParts(question);
  const words = { ...rest, since: since.map(({ answer, text }) => ({ answer, text })) };
  const shown = [...images, ...since.flatMap((one) => one.images ?? [])];
  const visual = shown.reduce((sum, { visualTokens }) => sum + visualTokens, 0);
  return { input: visual + mostTokens(Buffer.byteLength(JSON.stringify(words))), output: maxTokens };
}

const requestParts = <T>({ images, system, schema, text, since }: Question<T>) => ({
  images,
  system,
  schema: zodOutputFormat(schema).schema,
  text,
  since,
});
