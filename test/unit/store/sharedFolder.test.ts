import assert from "node:assert/strict";
import { chmodSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import cacache from "cacache";
import { Cache } from "../../../src/store/answers.js";
import { Lease } from "../../../src/store/lease.js";
import { LedgerDay } from "../../../src/store/ledger/ledgerDay.js";
import { Seal } from "../../../src/store/seal.js";
import { Storage } from "../../../src/store/storage.js";
import { refused } from "../../support/expect.js";
import { nothingMeasured } from "../../support/geometry.js";
import { freshFolder } from "../../support/stores.js";

const key = `${"a".repeat(64)}:measured`;
const cacheIn = (storage: Storage) =>
  new Cache(storage, { mostBytes: () => 1e9, onCorrupted: () => undefined });

describe("a storage folder that others reach (S11)", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  it("is closed to them, and that is said", async () => {
    const folder = join(await freshFolder(), "kept");
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const said: string[] = [];
    new Storage(folder, ({ message }) => said.push(message));
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.match(said.join(), /was open to others, and is closed now/);
  });

  it("is not used where it is a link", async () => {
    const [folder, elsewhere] = [join(await freshFolder(), "kept"), await freshFolder()];
    symlinkSync(elsewhere, folder);
    const said: string[] = [];
    const storage = new Storage(folder, ({ message }) => said.push(message));
    assert.notEqual(storage.folder, folder);
    assert.match(said.join(), /is a link or somebody else's/);
  });

  it("holds no answer that was forged, changed, or moved from another question", async () => {
    const folder = await freshFolder();
    const storage = new Storage(folder, () => assert.fail());
    await cacheIn(storage).keepMeasurement(key, nothingMeasured);
    // Another window has the same key.
    assert.ok(await cacheIn(new Storage(folder, () => assert.fail())).findMeasurement(key));
    const entries = join(folder, "measurements");
    const whole = (await cacache.get(entries, key)).data.toString();
    const other = `${"b".repeat(64)}:measured`;
    for (const [at, forged] of [
      [key, JSON.stringify(nothingMeasured)],
      [key, whole.replace("unread", "unRead")],
      [key, "{}"],
      [other, whole],
    ] as const) {
      await cacache.put(entries, at, forged);
      assert.equal(await cacheIn(storage).findMeasurement(at), undefined, forged.slice(0, 60));
    }
  });

  it("has a key that nobody else can read, and that is whole", async () => {
    const folder = await freshFolder();
    const seals = await Promise.all(
      Array.from({ length: 8 }, () => new Seal(new Storage(folder, () => assert.fail())).seal("a", "b")),
    );
    assert.equal(new Set(seals).size, 1);
    assert.equal(statSync(join(folder, "key")).mode & 0o777, 0o600);
  });
});

describe("what is kept, and is wrong (S13)", () => {
  it("lifts no budget by negative numbers", async () => {
    const day = new LedgerDay(join(await freshFolder(), "2026-11-28.jsonl"));
    const sent = {
      type: "sent" as const,
      id: "1",
      time: "2026-11-28T00:00:00Z",
      workflow: "audit",
      model: "m",
      visualTokens: 1,
      inBatch: false,
    };
    await day.journal.append([
      { ...sent, atMost: -100 },
      { ...sent, id: "2", atMost: 1 },
    ]);
    const usage = { input: 1, cacheWrite: 0, cacheRead: 0, output: 1, thinking: 0 };
    await day.journal.append([{ type: "billed", id: "2", usage, cost: -50, whole: true }]);
    const { spent, open } = await day.refresh();
    assert.deepEqual([spent, open], [0, 1]);
  });

  it("is waited for with an end, and a word on who holds it", async () => {
    const file = join(await freshFolder(), "lock");
    const held = await Lease.acquire(file);
    await refused(
      () => Lease.acquire(file, undefined, 20),
      new RegExp(`process ${process.pid} on .* holds the lock`),
    );
    await held.release();
    await (await Lease.acquire(file, undefined, 20)).release();
  });
});
