import assert from "node:assert/strict";
import { pause } from "../../src/async/pause.js";
import { CancelledError } from "../../src/errors.js";

describe("a wait", () => {
  it("that was cancelled before it began does not begin (C18)", async () => {
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(pause(60_000, stop.signal), CancelledError);
  });

  it("ends when it is cancelled", async () => {
    const stop = new AbortController();
    const waiting = pause(60_000, stop.signal);
    stop.abort();
    await assert.rejects(waiting, CancelledError);
  });
});
