import type { z } from "zod";
import type { Effort } from "./effort.js";
import type { Usage } from "./usage.js";
import type { UsageRecorder } from "./usageRecorder.js";

export interface QuestionImage {
  bytes: Uint8Array;
  mediaType: "image/jpeg" | "image/png" | "image/webp" | "image/gif";
  visualTokens: number;
  /** Said before the image, when there are several. */
  label?: string | undefined;
}

export interface Question<T> {
  model: string;
  /** Absent where the model takes none. */
  effort: Effort | undefined;
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
  /** Shown before the text. */
  images?: readonly QuestionImage[];
}

/** A wait before another try. */
export interface Wait {
  milliseconds: number;
  /** Why: one sentence. */
  reason: string;
}

/** A wait in words, without a full stop. */
export const describeWait = ({ milliseconds, reason }: Wait): string =>
  `${reason} Trying again in ${Math.ceil(milliseconds / 1000)} s`;

export interface AskOptions<T> {
  signal: AbortSignal;
  /** Told before each wait. */
  onWait?: ((wait: Wait) => void) | undefined;
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
