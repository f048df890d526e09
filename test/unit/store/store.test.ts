import assert from "node:assert/strict";
import { appendFile, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { CancelledError } from "../../../src/errors.js";
import { Journal } from "../../../src/store/journal.js";
import { Lease, withLease } from "../../../src/store/lease.js";
import { freshFolder } from "../../support/stores.js";

const Entry = z.object({ at: z.number() });

describe("a journal", () => {
  let file: string;
  beforeEach(async () => {
    file = join(await freshFolder(), "deep", "journal.jsonl");
  });

  it("gives everyone what was appended by anyone, once", async () => {
    const [one, other] = [new Journal(file, Entry), new Journal(file, Entry)];
    assert.deepEqual(await one.readNew(), []);
    await one.append([{ at: 1 }, { at: 2 }]);
    await other.append([{ at: 3 }]);
    for (const journal of [one, other]) {
      assert.deepEqual(await journal.readNew(), [{ at: 1 }, { at: 2 }, { at: 3 }]);
      assert.deepEqual(await journal.readNew(), []);
    }
    await one.append([{ at: 4 }]);
    assert.deepEqual(await other.readNew(), [{ at: 4 }]);
  });

  it("loses no entry to a line that a crash tore, and waits for one that is being written", async () => {
    const journal = new Journal(file, Entry);
    await journal.append([{ at: 1 }]);
    await appendFile(file, '\n{"at": 2');
    assert.deepEqual(await journal.readNew(), [{ at: 1 }]);
    await appendFile(file, "2}\n");
    assert.deepEqual(await journal.readNew(), [{ at: 22 }]);
    await appendFile(file, '\n{"at": ');
    await journal.append([{ at: 3 }]);
    assert.deepEqual(await journal.readNew(), [{ at: 3 }]);
  });

  it("says when the file is another, and gives everything again", async () => {
    const [one, other] = [new Journal(file, Entry), new Journal(file, Entry)];
    await one.append([{ at: 1 }, { at: 2 }]);
    await other.readNew();
    await one.rewrite([{ at: 2 }]);
    let rewritten = 0;
    assert.deepEqual(await other.readNew(() => rewritten++), [{ at: 2 }]);
    assert.equal(rewritten, 1);
  });

  it("reads lines that are longer than what is read at once", async () => {
    const Long = z.object({ text: z.string() });
    const journal = new Journal(file, Long);
    const long = { text: "ü".repeat(1_500_000) };
    await journal.append([{ text: "short" }, long, { text: "end" }]);
    assert.deepEqual(await journal.readNew(), [{ text: "short" }, long, { text: "end" }]);
  });
});

describe("a lease", () => {
  let file: string;
  beforeEach(async () => {
    file = join(await freshFolder(), "lock");
  });

  it("is held by one at a time, and passed on", async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all(Array.from({ length: 20 }, () => withLease(file, work)));
    assert.equal(most, 1);
  });

  it("is taken from who is dead or silent, and from nobody else", async () => {
    const holder = (pid: number, host: string) => writeFile(file, JSON.stringify({ id: "other", pid, host }));
    await holder(process.pid, hostname());
    assert.equal(await Lease.tryTake(file), undefined);
    await holder(1, "another-machine");
    assert.equal(await Lease.tryTake(file), undefined);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(file, longAgo, longAgo);
    const [one, two] = await Promise.all([Lease.tryTake(file), Lease.tryTake(file)]);
    assert.equal([one, two].filter((lease) => lease !== undefined).length, 1);
    await (one ?? two)?.release();
    // No process has this number.
    await holder(2 ** 22 + 1, hostname());
    await (await Lease.take(file)).release();
    await assert.rejects(readFile(file), { code: "ENOENT" });
  });

  it("is not waited for by who has cancelled", async () => {
    const lease = await Lease.take(file);
    const stop = new AbortController();
    const waiting = Lease.take(file, stop.signal);
    stop.abort();
    await assert.rejects(waiting, CancelledError);
    await lease.release();
  });
});
