import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import type { MessageCreateParamsBase } from "@anthropic-ai/sdk/resources/messages/messages";
import type { z } from "zod";
import type { Effort } from "./effort.js";
import { takesEffort } from "./models.js";
import { mostTokens } from "./tokens.js";
import type { MaxUsage } from "./usageRecorder.js";

export interface QuestionImage {
  bytes: Uint8Array;
  mediaType: "image/jpeg" | "image/png" | "image/webp" | "image/gif";
  visualTokens: number;
  /** Said before the image, when there are several. */
  label?: string | undefined;
}

export interface Question<T> {
  model: string;
  effort: Effort;
  maxTokens: number;
  /** The same bytes in every request of a workflow: it is the cached prefix. */
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

/** The most that a question can cost. */
export function maxUsageOf<T>(question: Question<T>, maxTokens: number): MaxUsage {
  const { images, ...rest } = requestParts(question);
  const visual = images.reduce((sum, { visualTokens }) => sum + visualTokens, 0);
  return { input: visual + mostTokens(Buffer.byteLength(JSON.stringify(rest))), output: maxTokens };
}

const requestParts = <T>({ images, system, schema, text, since }: Question<T>) => ({
  images,
  system,
  schema: zodOutputFormat(schema).schema,
  text,
  since,
});
