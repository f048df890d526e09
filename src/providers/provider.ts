import type { ImageLimits } from "../image/limits.js";
import type { BatchApi } from "./batch.js";
import type { Connection } from "./connection.js";
import type { Model } from "./models.js";
import type { PriceList } from "./prices.js";
import type { Asker, Question } from "./question.js";

/** Who answers questions about pictures. What is known of it without asking it costs nothing to load. */
export interface Provider {
  /** Names it in what is kept. */
  readonly id: string;
  readonly defaultModel: string;
  readonly defaultBaseUrl: string;
  /** What is offered when the models cannot be listed. */
  readonly models: readonly Model[];
  /** Whether a model takes an effort. */
  takesEffort(model: string): boolean;
  /** What a model sees of an image. */
  limitsFor(model: string): ImageLimits;
  /** The limits that every model meets. */
  readonly smallestLimits: ImageLimits;
  readonly prices: PriceList;
  /** The month in which the prices were published. */
  readonly pricesAsOf: string;
  /** How long a prompt stays in its cache after it was last read. Milliseconds. */
  readonly promptLifetime: number;
  /** Loads what talks to it. Questions of all connections share one schedule. */
  connect(connection: Connection): Promise<ConnectedProvider>;
  /** Questions that may be on their way at once, as things are. */
  readonly concurrency: number;
  /** @param most questions on their way at once, when all goes well */
  setConcurrency(most: number): void;
}

/** A provider that can be asked. The parts that it lacks are absent. */
export interface ConnectedProvider {
  /**
   * One question, one whole and validated answer, or one error.
   *
   * @throws UserError that says what happened and what to do
   * @throws CancelledError when the signal aborts
   * @throws OversizedImageError, TooLargeRequestError when the pictures must be made smaller
   */
  ask: Asker;
  /** The exact number of tokens that a question will have. Costs nothing. */
  countTokens?(question: Question<unknown>, signal: AbortSignal): Promise<number>;
  /** The models that can be used and can see pictures, newest first. Costs nothing, so that it also checks the key. */
  listModels?(signal?: AbortSignal): Promise<Model[]>;
  batch?: BatchApi;
}
