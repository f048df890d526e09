import assert from "node:assert/strict";
import { debounce } from "../../../src/async/debounce.js";
import { lazy } from "../../../src/async/lazy.js";

describe("lazy", () => {
  it("makes a thing once, also for those who ask while it is made", async () => {
    let made = 0;
    const get = lazy(async () => ++made);
    assert.deepEqual(await Promise.all([get(), get()]), [1, 1]);
    assert.equal(await get(), 1);
  });

  it("does not keep a failure: the next who asks tries again", async () => {
    let tries = 0;
    const get = lazy(async () => {
      if (++tries === 1) throw new Error("not yet");
      return tries;
    });
    await assert.rejects(get(), /not yet/);
    assert.equal(await get(), 2);
  });
});

describe("debounce", () => {
  it("does something once for all calls until then, and again after", async () => {
    let done = 0;
    let told = () => {};
    const call = debounce(() => {
      done++;
      told();
    }, 1);
    for (const round of [1, 2]) {
      const ended = new Promise<void>((resolve) => {
        told = resolve;
      });
      call();
      call();
      assert.equal(done, round - 1);
      await ended;
      assert.equal(done, round);
    }
  });
});
