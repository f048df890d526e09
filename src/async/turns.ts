import { CancelledError } from "../errors.js";

/** Lets so many pieces of work go on at once; the others wait for their turn, first come, first served. */
export class Turns {
  private active = 0;
  private readonly waiting: Array<() => void> = [];

  /** @param most pieces of work that go on at once */
  constructor(private readonly most: number) {}

  /** @throws CancelledError when the signal aborts before its turn comes */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.turn(signal);
    try {
      return await work();
    } finally {
      // Whoever waited longest has the place at once: nobody can come between.
      const next = this.waiting.shift();
      if (next) next();
      else this.active--;
    }
  }

  private turn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(new CancelledError());
    if (this.active < this.most) {
      this.active++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        reject(new CancelledError());
      };
      signal.addEventListener("abort", leave, { once: true });
      this.waiting.push(go);
    });
  }
}
