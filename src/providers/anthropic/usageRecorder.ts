import type { Usage } from "./usage.js";

/** The most tokens that a request can cost. */
export interface MaxUsage {
  input: number;
  output: number;
}

/** What became of a request that was sent. */
export type Outcome =
  | { type: "billed"; usage: Usage; requestId: string | undefined }
  /** The API refused it before it did anything. */
  | { type: "unbilled" }
  /** Nobody knows what it will be billed; at least what was told before it broke off. */
  | { type: "broken"; usage: Usage | undefined };

/** Keeps the recorder of what is sent. */
export interface UsageRecorder {
  /**
   * Told before a request leaves.
   *
   * @returns to be told what became of it
   * @throws UserError when it must not be sent
   */
  sending(maxUsage: MaxUsage): Promise<(outcome: Outcome) => Promise<void>>;
}
