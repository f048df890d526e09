import assert from "node:assert/strict";
import { UserError } from "../../src/errors.js";

/** Expects an error for a person whose text matches. */
export async function refused(action: () => unknown, text: RegExp): Promise<UserError> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    assert.match(error.message, text);
    return error;
  }
  return assert.fail(`Nothing was refused; expected ${text}`);
}

/** A program of one function, which comes first, and those that it calls: each, and no others. */
export function assertCalled([, ...functions]: readonly string[], calls: readonly string[]): void {
  assert.deepEqual([...functions].sort(), [...new Set(calls)].sort());
}
