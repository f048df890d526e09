import { abortable } from "../../async/abortable.js";
import { CancelledError } from "../../errors.js";
import type { Wait } from "./retry.js";

/** A wait that is going on. */
interface Break extends Wait {
  over: Promise<void>;
  waiting: number;
  stop: AbortController;
}

type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What all questions share: when the API is overloaded, everyone waits once, and not each alone. */
export class Circuit {
  private going: Break | undefined;

  /**
   * Waits while others wait for the API; as a rule, nobody does.
   *
   * @param onWait told when there is something to wait for
   * @throws CancelledError when the signal aborts
   */
  async pass(signal: AbortSignal, onWait?: (wait: Wait) => void): Promise<void> {
    while (this.going) {
      onWait?.(this.going);
      await join(this.going, signal);
    }
  }

  /**
   * Makes everyone wait. While a wait is going on, that one counts.
   *
   * @throws CancelledError when the signal aborts; the others go on waiting
   */
  async wait(wait: Wait, sleep: Sleep, signal: AbortSignal): Promise<void> {
    // Nobody would end a wait that is begun by who has left already.
    if (signal.aborted) throw new CancelledError();
    this.going ??= this.begin(wait, sleep);
    await join(this.going, signal);
  }

  private begin(wait: Wait, sleep: Sleep): Break {
    const stop = new AbortController();
    const over = sleep(wait.milliseconds, stop.signal)
      .catch(() => undefined)
      .finally(() => {
        this.going = undefined;
      });
    return { ...wait, over, waiting: 0, stop };
  }
}

/** When nobody is left to wait, the wait ends: it would keep the process alive. */
async function join(going: Break, signal: AbortSignal): Promise<void> {
  going.waiting++;
  try {
    await abortable(going.over, signal);
  } finally {
    going.waiting--;
    if (going.waiting === 0) going.stop.abort();
  }
}
