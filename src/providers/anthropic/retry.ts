import { pause } from "../../async/pause.js";
import { CancelledError, UserError } from "../../errors.js";
import type { Wait } from "../question.js";
import { Circuit } from "./circuit.js";
import type { Failure } from "./failures.js";
import { ConcurrencyLimiter } from "./limiter.js";

/** Tries after the first. */
const mostRetries = 3;
/** The longest wait that is taken without giving up; a longer `retry-after` is said instead. Milliseconds. */
const longestWait = 60_000;

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

/** The error, with how long the API asks to wait: longer than anyone sits before it. */
function saying({ code, problem, advice, cause }: UserError, milliseconds: number): UserError {
  const minutes = Math.ceil(milliseconds / 60_000);
  const wait = minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
  return new UserError({ code, problem: `${problem} It asks to wait for ${wait}.`, advice, cause });
}

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
    if ((retryAfter ?? 0) > longestWait) throw saying(reason, retryAfter ?? 0);
    if (tries === mostRetries) throw reason;
    const milliseconds = retryAfter ?? backoff(tries, random());
    const wait = { milliseconds, reason: reason.problem };
    onWait?.(wait);
    if (isOverload) await circuit.wait(wait, sleep, signal);
    else await sleep(milliseconds, signal);
  }
}
