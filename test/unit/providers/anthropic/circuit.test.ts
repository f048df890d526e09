import assert from "node:assert/strict";
import { CancelledError, UserError } from "../../../../src/errors.js";
import { Circuit } from "../../../../src/providers/anthropic/circuit.js";
import type { Failure } from "../../../../src/providers/anthropic/failures.js";
import { type Wait, withRetries } from "../../../../src/providers/anthropic/retry.js";

const failure = (isOverload: boolean): Failure => ({
  transient: {
    error: new UserError({ code: "overloaded", problem: "Busy.", advice: "" }),
    retryAfter: 1000,
    isOverload,
  },
});

/** A clock that moves when it is told to. */
class Clock {
  readonly sleeps: Array<{ milliseconds: number; wake: () => void }> = [];
  stopped = 0;
  readonly sleep = (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((wake, reject) => {
      this.sleeps.push({ milliseconds, wake });
      signal.addEventListener("abort", () => {
        this.stopped++;
        reject(new CancelledError());
      });
    });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("the circuit that all questions share", () => {
  const question = (circuit: Circuit, clock: Clock, fails: boolean[], stop = new AbortController()) => {
    const sent: number[] = [];
    const waits: Wait[] = [];
    const answer = withRetries(
      async () => {
        sent.push(sent.length);
        if (fails.shift()) throw new Error("busy");
        return "answer";
      },
      () => failure(true),
      {
        signal: stop.signal,
        sleep: clock.sleep,
        random: () => 1,
        circuit,
        onWait: (wait) => waits.push(wait),
      },
    );
    answer.catch(() => undefined);
    return { answer, sent, waits, stop };
  };

  it("lets everyone wait once: what fails meanwhile joins, and what comes is not sent before", async () => {
    const [circuit, clock] = [new Circuit(), new Clock()];
    const first = question(circuit, clock, [true]);
    const second = question(circuit, clock, [true]);
    await turn();
    const third = question(circuit, clock, []);
    await turn();
    assert.equal(clock.sleeps.length, 1);
    assert.deepEqual([first.sent.length, second.sent.length, third.sent.length], [1, 1, 0]);
    assert.equal(third.waits[0]?.reason, "Busy.");
    clock.sleeps[0]?.wake();
    assert.deepEqual(await Promise.all([first.answer, second.answer, third.answer]), [
      "answer",
      "answer",
      "answer",
    ]);
    assert.deepEqual([first.sent.length, second.sent.length, third.sent.length], [2, 2, 1]);
  });

  it("goes on for the others when one is cancelled, and ends when nobody is left", async () => {
    const [circuit, clock] = [new Circuit(), new Clock()];
    const first = question(circuit, clock, [true]);
    await turn();
    const second = question(circuit, clock, []);
    await turn();
    first.stop.abort();
    await assert.rejects(first.answer, CancelledError);
    assert.equal(clock.stopped, 0);
    second.stop.abort();
    await assert.rejects(second.answer, CancelledError);
    assert.equal(clock.stopped, 1);
    await turn();
    assert.equal(await question(circuit, clock, []).answer, "answer");
  });

  it("is not touched by what is wrong with one question alone", async () => {
    const [circuit, clock] = [new Circuit(), new Clock()];
    const broken = withRetries(
      () => Promise.reject(new Error("cut")),
      () => failure(false),
      {
        signal: new AbortController().signal,
        sleep: clock.sleep,
        circuit,
      },
    );
    broken.catch(() => undefined);
    await turn();
    assert.equal(await question(circuit, clock, []).answer, "answer");
    assert.equal(clock.sleeps.length, 1);
  });
});
