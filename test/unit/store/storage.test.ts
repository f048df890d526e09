import assert from "node:assert/strict";
import { noUsage } from "../../../src/providers/anthropic/usage.js";
import { Cache } from "../../../src/store/answers.js";
import { Storage, storageFolder } from "../../../src/store/storage.js";
import { geometry, nothingMeasured } from "../../support/geometry.js";
import { freshFolder } from "../../support/stores.js";

const fault = (code: string) => Object.assign(new Error("from the file system"), { code });

describe("the storage", () => {
  it("is one folder for all windows and the command line, unless another is named", () => {
    assert.equal(storageFolder({ SCREENSHOT_WORKBENCH_STORAGE: "/elsewhere" }), "/elsewhere");
    assert.match(storageFolder({}), /screenshot-workbench$/);
  });

  it("lets work go on when the disk is full, and says so once", async () => {
    const said: string[] = [];
    const folder = await freshFolder();
    const storage = new Storage(folder, ({ message }) => said.push(message));
    for (const code of ["ENOSPC", "ENOSPC", "EROFS"])
      assert.equal(await storage.attempt(() => Promise.reject(fault(code)), "without"), "without");
    assert.deepEqual(said, [
      `Results and costs cannot be kept: the disk is full. Everything works on, but nothing is remembered. Look at ${folder}.`,
    ]);
  });

  it("hides no mistake of ours", async () => {
    const storage = new Storage(await freshFolder(), () => assert.fail("nothing is wrong with the folder"));
    await assert.rejects(
      storage.attempt(() => Promise.reject(new TypeError("ours")), 0),
      TypeError,
    );
  });
});

describe("the cache", () => {
  it("holds no more than it may: the oldest make room", async () => {
    const storage = new Storage(await freshFolder(), () => assert.fail("no trouble"));
    const cache = new Cache(storage, { mostBytes: 200_000, onCorrupted: () => assert.fail("no damage") });
    const picture = { ...geometry("a.png", 1, 1), parts: [...geometry("a.png", 1, 1).parts] };
    const answer = {
      answer: "x".repeat(1000),
      model: "m",
      usage: noUsage,
      time: "",
      picture,
      covered: false,
    };
    for (let number = 0; number < 200; number++)
      await cache.keepAnswer(`${number}:`, { ...answer, time: String(number) });
    const there = await Promise.all(
      Array.from({ length: 200 }, async (_, number) => (await cache.findAnswer(`${number}:`)) !== undefined),
    );
    assert.equal(there.at(-1), true);
    assert.equal(there[0], false);
    assert.ok(there.filter(Boolean).length < 100);
    // Measurements have their own room.
    await cache.keepMeasurement("m:", nothingMeasured);
    assert.deepEqual(await cache.findMeasurement("m:"), nothingMeasured);
  });
});
