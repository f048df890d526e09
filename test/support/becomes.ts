import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

/** Waits until what is read passes; says why it does not when it never does. */
async function becomesRight<T>(read: () => Promise<T>, check: (value: T) => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    const value = await read();
    try {
      return check(value);
    } catch (error) {
      if (tries === 300) throw error;
      await pause(100);
    }
  }
}

/** For what an interface shows a moment later. */
export const becomes = <T>(read: () => Promise<T>, expected: T): Promise<void> =>
  becomesRight(read, (value) => assert.deepEqual(value, expected));

/** For a text that an interface shows a moment later. */
export const becomesLike = (read: () => Promise<string | null>, pattern: RegExp): Promise<void> =>
  becomesRight(read, (value) => assert.match(value ?? "", pattern));
