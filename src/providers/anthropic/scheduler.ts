import { Circuit } from "./circuit.js";
import { ConcurrencyLimiter } from "./limiter.js";
import { PromptCache } from "./promptCache.js";

/** What all questions to the API share. */
export class RequestScheduler {
  readonly circuit = new Circuit();
  readonly limiter: ConcurrencyLimiter;
  readonly prompts = new PromptCache();

  /** @param most questions on their way at once */
  constructor(most = 4) {
    this.limiter = new ConcurrencyLimiter(most);
  }
}
