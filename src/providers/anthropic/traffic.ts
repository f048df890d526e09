import { Circuit } from "./circuit.js";
import { Pace } from "./pace.js";
import { PromptCache } from "./promptCache.js";

/** What all questions to the API share. */
export class Traffic {
  readonly circuit = new Circuit();
  readonly pace: Pace;
  readonly prompts = new PromptCache();

  /** @param most questions on their way at once */
  constructor(most = 4) {
    this.pace = new Pace(most);
  }
}
