import { CancelledError, toUserError, type UserError } from "../../errors.js";

/** What became of one of many. Each ends in exactly one of these. */
export type Outcome<T> = { done: T } | { failed: UserError } | { cancelled: true };

export interface ManyOptions<P, T> {
  pictures: readonly P[];
  /** Does the work on one. */
  work: (picture: P, at: number) => Promise<T>;
  /** For messages. */
  nameOf: (picture: P) => string;
  /** How many are worked on at once, asked again before each. */
  atOnce: () => number;
  signal: AbortSignal;
  onBegin?: (at: number) => void;
  onEnd: (at: number, outcome: Outcome<T>) => void;
}

/**
 * Works on many pictures, several at once. One that fails is put aside with its reason and stops no other, unless its
 * reason holds for all: no key, no budget. Those that were not begun then have the same reason.
 */
export async function runMany<P, T>(options: ManyOptions<P, T>): Promise<void> {
  const { pictures, work, nameOf, atOnce, signal, onBegin, onEnd } = options;
  let stopped: UserError | undefined;

  const one = async (picture: P, at: number): Promise<void> => {
    if (signal.aborted) return onEnd(at, { cancelled: true });
    if (stopped) return onEnd(at, { failed: stopped });
    onBegin?.(at);
    try {
      onEnd(at, { done: await work(picture, at) });
    } catch (thrown) {
      const error = toUserError(thrown, nameOf(picture));
      if (error instanceof CancelledError) return onEnd(at, { cancelled: true });
      if (error.stopsAll) stopped ??= error;
      onEnd(at, { failed: error });
    }
  };

  const active = new Set<Promise<void>>();
  for (let next = 0; next < pictures.length || active.size > 0; ) {
    for (; next < pictures.length && active.size < atOnce(); next++) {
      const running = one(pictures[next] as P, next).finally(() => active.delete(running));
      active.add(running);
    }
    await Promise.race(active);
  }
}
