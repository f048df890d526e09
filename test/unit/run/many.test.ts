import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { CancelledError, type ErrorCode, UserError } from "../../../src/errors.js";
import { publishedPrices } from "../../../src/providers/anthropic/prices.js";
import { promptLifetime } from "../../../src/providers/anthropic/promptCache.js";
import { noUsage } from "../../../src/providers/usage.js";
import { describeForecast, forecast } from "../../../src/run/many/forecast.js";
import { type Outcome, runMany } from "../../../src/run/many/runMany.js";
import { picturesIn } from "../../../src/sources/folder.js";
import { Ledger } from "../../../src/store/ledger/ledger.js";
import type { Entry } from "../../../src/store/ledger/ledgerDay.js";
import { cacheShare, describeJump, jumpsIn, spendOf } from "../../../src/store/ledger/spend.js";
import { workflows } from "../../../src/workflows/index.js";
import { byContent } from "../../support/byContent.js";
import { dependenciesOf, questionOf, runOptions } from "../../support/dependencies.js";
import { geometry } from "../../support/geometry.js";
import { sourceOf } from "../../support/pictures.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const error = (code: ErrorCode) => new UserError({ code, problem: "No.", advice: "Do." });

describe("many pictures", () => {
  it("end once each, whatever fails and however many run at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("done", "failed", "thrown", "cancelled"), { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        async (fates, atOnce) => {
          const ended: string[][] = fates.map(() => []);
          let active = 0;
          await runMany({
            pictures: fates,
            nameOf: String,
            atOnce: () => atOnce,
            signal: new AbortController().signal,
            work: async (fate) => {
              active++;
              assert.ok(active <= atOnce);
              await turn();
              active--;
              if (fate === "failed") throw error("serverFailed");
              if (fate === "thrown") throw new TypeError("unforeseen");
              if (fate === "cancelled") throw new CancelledError();
            },
            onEnd: (index, outcome) => ended[index]?.push(Object.keys(outcome)[0] ?? ""),
          });
          assert.deepEqual(
            ended,
            fates.map((fate) => [fate === "thrown" ? "failed" : fate]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keep what is done when they are cancelled, and begin no other", async () => {
    const stop = new AbortController();
    const outcomes: Array<Outcome<number>> = [];
    await runMany({
      pictures: [0, 1, 2, 3, 4],
      nameOf: String,
      atOnce: () => 1,
      signal: stop.signal,
      work: async (picture) => {
        if (picture === 1) stop.abort();
        return picture;
      },
      onEnd: (index, outcome) => {
        outcomes[index] = outcome;
      },
    });
    const cancelled = { cancelled: true };
    assert.deepEqual(outcomes, [{ done: 0 }, { done: 1 }, cancelled, cancelled, cancelled]);
  });

  it("are not tried one by one where what is wrong holds for all", async () => {
    let tried = 0;
    const outcomes: Array<Outcome<void>> = [];
    await runMany({
      pictures: [0, 1, 2, 3],
      nameOf: (picture) => `${picture}.png`,
      atOnce: () => 1,
      signal: new AbortController().signal,
      work: async () => {
        tried++;
        throw error("budgetDaily");
      },
      onEnd: (index, outcome) => {
        outcomes[index] = outcome;
      },
    });
    assert.equal(tried, 1);
    assert.equal(outcomes.filter((outcome) => "failed" in outcome).length, 4);
  });

  it("follow a limiter that falls and rises", async () => {
    let limiter = 4;
    let active = 0;
    const seen: number[] = [];
    await runMany({
      pictures: Array.from({ length: 40 }, (_, index) => index),
      nameOf: String,
      atOnce: () => limiter,
      signal: new AbortController().signal,
      work: async (index) => {
        seen[index] = ++active;
        await turn();
        active--;
        limiter = index < 10 ? 4 : index < 25 ? 1 : 3;
      },
      onEnd: () => undefined,
    });
    assert.equal(Math.max(...seen.slice(0, 10)), 4);
    assert.equal(Math.max(...seen.slice(16, 25)), 1);
    assert.equal(Math.max(...seen.slice(30)), 3);
  });

  it("are found in folders by their endings, regular files alone, identical ones together", async () => {
    const folder = await freshFolder();
    for (const name of ["a", "b/c", "node_modules", ".git"])
      await mkdir(join(folder, name), { recursive: true });
    const files = {
      "1.png": "x",
      "a/2.JPG": "x",
      "b/c/3.webp": "y",
      "notes.md": "x",
      "node_modules/4.png": "x",
      ".git/5.png": "x",
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    await symlink("/dev/zero", join(folder, "6.png"));
    const contents = await byContent(picturesIn(folder));
    assert.deepEqual(
      [...contents.values()].map((paths) => paths.map((path) => path.slice(folder.length + 1)).sort()).sort(),
      [["1.png", "a/2.JPG"], ["b/c/3.webp"]],
    );
  });
});

describe("the forecast of a command's cost", () => {
  const asking = runOptions;
  const candidate = (id: string, tokens = 1000) => ({
    pictures: async () => [{ id, label: "" }] as const,
    visualTokens: async () => tokens,
  });

  it("counts what is known or repeated for nothing, and batches at half", async () => {
    const stores = storesIn(await freshFolder());
    const known = "a".repeat(64);
    const picture = { ...sourceOf("a.png", new Uint8Array()), id: known };
    await stores.cache.keepAnswer({
      settings: questionOf(workflows.audit, picture, asking).settings,
      answer: {},
      usage: noUsage,
      time: new Date().toISOString(),
      pictures: [
        {
          id: known,
          label: "",
          geometry: { ...geometry("a.png", 1, 1), parts: [...geometry("a.png", 1, 1).parts] },
          covered: true,
        },
      ],
    });
    const some = [known, "b".repeat(64), "b".repeat(64), "c".repeat(64)].map((id) => candidate(id));
    const found = await forecast(workflows.audit, some, asking, dependenciesOf(stores));
    assert.deepEqual([found.pictures, found.asked, found.visualTokens], [4, 2, 2000]);
    assert.ok((found.later ?? 1) < (found.cost ?? 0));
    assert.ok((found.cost ?? 0) < (found.atMost ?? 0));
    assert.match(
      describeForecast(found),
      /^4 pictures, 2 asked already or repeated, 2,000 visual tokens, about US\$ /,
    );
  });

  it("looks at a part of very many, and takes the largest size where none can be told", async () => {
    const stores = storesIn(await freshFolder());
    let looked = 0;
    const torn = {
      pictures: async () => {
        looked++;
        throw new Error("gone");
      },
      visualTokens: () => Promise.reject(new Error("gone")),
    };
    const found = await forecast(
      workflows.audit,
      Array.from({ length: 5000 }, () => torn),
      asking,
      dependenciesOf(stores),
    );
    assert.deepEqual([found.isSample, found.visualTokens, looked < 200], [true, 5000 * 4784, true]);
  });

  it("has no price for a model that nobody knows the price of", async () => {
    const stores = storesIn(await freshFolder());
    const other = { ...asking, model: "gateway-7" };
    const found = await forecast(workflows.audit, [candidate("d".repeat(64))], other, dependenciesOf(stores));
    assert.equal(found.cost, undefined);
    assert.match(describeForecast(found), /price is not known/);
  });
});

describe("the spend", () => {
  const today = "2026-03-12";
  const entry = (visualTokens: number, more: Partial<Entry> = {}): Entry => ({
    id: "",
    time: "",
    workflow: "audit",
    model: "claude-sonnet-5-5",
    visualTokens,
    inBatch: false,
    atMost: 0.5,
    usage: { ...noUsage, input: 100, cacheRead: 300, output: 10 },
    cost: 0.1,
    settled: true,
    ...more,
  });
  const day = (name: string, tokens: number, count: number) => ({
    day: name,
    entries: Array.from({ length: count }, () => entry(tokens)),
  });

  it("is summed up by day, workflow and model; what is not settled counts apart", () => {
    const [first, second] = spendOf([
      { day: "2026-03-11", entries: [entry(1), entry(2)] },
      { day: "2026-03-12", entries: [entry(3, { settled: false })] },
    ]);
    assert.deepEqual([first?.day, first?.requests, first?.open], ["2026-03-12", 1, 0.4]);
    assert.deepEqual([second?.requests, second?.visualTokens, second?.cost], [2, 3, 0.2]);
    assert.equal(cacheShare(second?.usage ?? noUsage), 0.75);
  });

  it("says a jump in the size of pictures, and neither a small one nor one of few pictures", () => {
    const before = [day("2026-03-10", 1000, 6), day("2026-03-11", 1200, 6)];
    const [jump, ...others] = jumpsIn(spendOf([...before, day(today, 2200, 6)]), today);
    assert.deepEqual([jump?.now, jump?.before, others], [2200, 1100, []]);
    assert.match(jump ? describeJump(jump) : "", /100 % more visual tokens today.*2,200 instead of 1,100/);
    assert.deepEqual(jumpsIn(spendOf([...before, day(today, 1300, 6)]), today), []);
    assert.deepEqual(jumpsIn(spendOf([...before, day(today, 2200, 4)]), today), []);
  });

  it("says no jump of an earlier day as today's, and compares with two weeks of the calendar (C17)", () => {
    const jump = [day("2026-03-11", 1000, 6), day("2026-03-12", 2200, 6)];
    assert.equal(jumpsIn(spendOf(jump), "2026-03-12").length, 1);
    assert.deepEqual(jumpsIn(spendOf(jump), "2026-03-13"), []);
    const longAgo = [day("2026-02-25", 1000, 6), day(today, 2200, 6)];
    assert.deepEqual(jumpsIn(spendOf(longAgo), today), []);
    const justAgo = [day("2026-02-26", 1000, 6), day(today, 2200, 6)];
    assert.equal(jumpsIn(spendOf(justAgo), today).length, 1);
  });

  it("is read from the ledger, with prices as they were", async () => {
    const { storage } = storesIn(await freshFolder());
    const caps = () => ({ daily: Number.POSITIVE_INFINITY, command: Number.POSITIVE_INFINITY });
    const ledger = new Ledger(storage, { prices: () => publishedPrices, caps, promptLifetime });
    const purpose = { workflow: "audit" as const, model: "claude-sonnet-5-5", visualTokens: 7 };
    const settle = await ledger.recorder(purpose).sending({ input: 10, output: 10 });
    await settle({ type: "billed", usage: { ...noUsage, input: 1_000_000 }, requestId: undefined });
    const [row] = spendOf(await ledger.all());
    assert.deepEqual([row?.requests, row?.cost, row?.visualTokens], [1, 2, 7]);
  });
});
