import { CancelledError } from "../../errors.js";
import { Circuit } from "./circuit.js";
import type { Failure } from "./failures.js";
import { ConcurrencyLimiter } from "./limiter.js";

/** Tries after the first. */
const mostRetries = 3;
/** The longest wait that is taken without giving up; a longer `retry-after` is said instead. Milliseconds. */
const longestWait = 60_000;

export interface Wait {
  milliseconds: number;
  /** Why: one sentence. */
  reason: string;
}

/** A wait in words, without a full stop. */
export const describeWait = ({ milliseconds, reason }: Wait): string =>
  `${reason} Trying again in ${Math.ceil(milliseconds / 1000)} s`;

export interface RetryOptions {
  signal: AbortSignal;
  /** Told before each wait. */
  onWait?: ((wait: Wait) => void) | undefined;
  /** Ends after so many milliseconds, or throws CancelledError. */
  sleep?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
  random?: (() => number) | undefined;
  /** Shared by all questions to one API. */
  circuit?: Circuit | undefined;
  limiter?: ConcurrencyLimiter | undefined;
}

/** Exponential, with full jitter (any time up to the bound), from half a second. Milliseconds. */
const backoff = (attempt: number, random: number) => random * Math.min(longestWait, 500 * 2 ** (attempt + 1));

/**
 * The one retry loop. Waits as long as the API asks, otherwise exponentially with full jitter, and gives up
 * after three more tries, or at once when the API asks for more than a minute.
 *
 * @param failureOf what an error means
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  failureOf: (error: unknown) => Failure,
  options: RetryOptions,
): Promise<T> {
  const { signal, onWait, sleep = pause, random = Math.random } = options;
  const { circuit = new Circuit(), limiter = new ConcurrencyLimiter(1) } = options;
  for (let tries = 0; ; tries++) {
    if (signal.aborted) throw new CancelledError();
    await circuit.pass(signal, onWait);
    const leave = await limiter.enter(signal);
    let failure: Failure | undefined;
    try {
      return await attempt();
    } catch (error) {
      failure = failureOf(error);
    } finally {
      leave(failure !== undefined && "transient" in failure && failure.transient.isOverload);
    }
    if ("final" in failure) throw failure.final;
    const { error: reason, retryAfter, isOverload } = failure.transient;
    if (tries === mostRetries || (retryAfter ?? 0) > longestWait) throw reason;
    const milliseconds = retryAfter ?? backoff(tries, random());
    const wait = { milliseconds, reason: reason.problem };
    onWait?.(wait);
    if (isOverload) await circuit.wait(wait, sleep, signal);
    else await sleep(milliseconds, signal);
  }
}

/** @throws CancelledError when the signal aborts */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(new CancelledError());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", cancel);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", cancel, { once: true });
  });
}
