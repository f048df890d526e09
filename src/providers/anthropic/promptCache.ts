import { abortable } from "../../async/abortable.js";

/** How long the API keeps a prompt after it was last read. Milliseconds. */
export const promptLifetime = 5 * 60_000;

/**
 * What is known of the API's cache of prompts. The first question with a prompt goes alone until its first event: those
 * that went with it would all write the prompt, and none would read it.
 */
export class PromptCache {
  private readonly lastRead = new Map<string, number>();
  private readonly writing = new Map<string, Promise<void>>();

  constructor(private readonly now: () => number = Date.now) {}

  isWarm(prompt: string): boolean {
    return this.now() - (this.lastRead.get(prompt) ?? Number.NEGATIVE_INFINITY) < promptLifetime;
  }

  /**
   * Waits until the prompt is in the cache, or until it is this question's turn to write it.
   *
   * @returns to be called at the first event, and when the question has failed
   * @throws CancelledError when the signal aborts
   */
  async enter(prompt: string, signal: AbortSignal): Promise<(isCached: boolean) => void> {
    for (
      let going = this.writing.get(prompt);
      going && !this.isWarm(prompt);
      going = this.writing.get(prompt)
    )
      await abortable(going, signal);
    const release = this.isWarm(prompt) ? () => {} : this.hold(prompt);
    return (isCached) => {
      if (isCached) this.lastRead.set(prompt, this.now());
      release();
    };
  }

  private hold(prompt: string): () => void {
    let finish = () => {};
    const written = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.writing.set(prompt, written);
    return () => {
      if (this.writing.get(prompt) === written) this.writing.delete(prompt);
      finish();
    };
  }
}
