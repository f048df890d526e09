import { CancelledError } from "../../errors.js";

/**
 * How many questions are on their way at once. The number halves when the API says that it is too much, and grows
 * back by one after as many answers as go out together.
 */
export class ConcurrencyLimiter {
  private limit: number;
  private active = 0;
  private answered = 0;
  /** Counts the halvings: what was sent before the last one says nothing new. */
  private halvings = 0;
  private readonly waiting: Array<() => void> = [];

  constructor(private most: number) {
    this.limit = most;
  }

  get now(): number {
    return this.limit;
  }

  /** @param most at once, when all goes well */
  setMost(most: number): void {
    if (most === this.most) return;
    this.most = most;
    this.limit = most;
    this.wake();
  }

  /**
   * @returns to be called when the question is answered or has failed
   * @throws CancelledError when the signal aborts
   */
  async enter(signal: AbortSignal): Promise<(isOverload: boolean) => void> {
    while (this.active >= this.limit && !signal.aborted) await this.turn(signal);
    if (signal.aborted) {
      // It may have been this one's turn.
      this.wake();
      throw new CancelledError();
    }
    this.active++;
    const { halvings } = this;
    return (isOverload) => {
      this.active--;
      if (isOverload && halvings === this.halvings) this.halve();
      else if (!isOverload) this.grow();
      this.wake();
    };
  }

  private halve(): void {
    this.halvings++;
    this.answered = 0;
    this.limit = Math.max(1, Math.floor(this.limit / 2));
  }

  private grow(): void {
    if (this.limit >= this.most || ++this.answered < this.limit) return;
    this.answered = 0;
    this.limit++;
  }

  private wake(): void {
    for (let free = this.limit - this.active; free > 0; free--) this.waiting.shift()?.();
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        resolve();
      };
      const go = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      signal.addEventListener("abort", leave, { once: true });
      this.waiting.push(go);
    });
  }
}
