import assert from "node:assert/strict";
import fc from "fast-check";
import { Turns } from "../../../src/async/turns.js";
import { CancelledError } from "../../../src/errors.js";

const never = new AbortController().signal;

describe("turns", () => {
  it("let so many go on at once and no more, in the order in which they came, whatever fails", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 30 }),
        async (most, fails) => {
          const turns = new Turns(most);
          let active = 0;
          let peak = 0;
          const begun: number[] = [];
          const done = await Promise.allSettled(
            fails.map((isFailing, index) =>
              turns.take(async () => {
                begun.push(index);
                peak = Math.max(peak, ++active);
                await new Promise(setImmediate);
                active--;
                if (isFailing) throw new Error("It fails");
                return index;
              }, never),
            ),
          );
          assert.ok(peak <= most);
          assert.deepEqual(begun, [...fails.keys()]);
          assert.deepEqual(
            done.map(({ status }) => status === "rejected"),
            fails,
          );
        },
      ),
    );
  });

  it("are given up by who is cancelled while waiting, and go to the next", async () => {
    const turns = new Turns(1);
    let end: () => void = () => undefined;
    const first = turns.take(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
      never,
    );
    const stop = new AbortController();
    const second = turns.take(async () => assert.fail("It was cancelled"), stop.signal);
    const third = turns.take(async () => "third", never);
    stop.abort();
    await assert.rejects(second, CancelledError);
    end();
    await first;
    assert.equal(await third, "third");
    await assert.rejects(
      turns.take(async () => 0, stop.signal),
      CancelledError,
    );
  });
});
