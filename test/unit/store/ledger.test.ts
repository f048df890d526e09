import assert from "node:assert/strict";
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { publishedPrices } from "../../../src/providers/anthropic/prices.js";
import { promptLifetime } from "../../../src/providers/anthropic/promptCache.js";
import { noUsage } from "../../../src/providers/usage.js";
import { type Caps, CommandBudget } from "../../../src/store/ledger/budget.js";
import { dayOf, Ledger } from "../../../src/store/ledger/ledger.js";
import { Storage } from "../../../src/store/storage.js";
import { refused } from "../../support/expect.js";
import { entriesOf, freshFolder, storesIn } from "../../support/stores.js";

const purpose = { workflow: "audit" as const, model: "claude-sonnet-5-5", visualTokens: 100 };
const none: Caps = { daily: Number.POSITIVE_INFINITY, command: Number.POSITIVE_INFINITY };
/** US$ 1 at most: 400,000 tokens to read at 2.50 a million. */
const aboveThreshold = { input: 400_000, output: 0 };
const cheap = { ...noUsage, input: 1000, output: 100 };

describe("the ledger", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await freshFolder();
  });
  const ledger = (caps = none, now?: () => Date) =>
    new Ledger(new Storage(folder, () => assert.fail("no trouble was to be expected")), {
      prices: () => publishedPrices,
      caps: () => caps,
      promptLifetime,
      ...(now ? { now } : {}),
    });

  it("counts a request with the most that it can cost until it is settled", async () => {
    const recorder = ledger().recorder(purpose);
    const settle = await recorder.sending(aboveThreshold);
    assert.deepEqual(rounded(await ledger().today()), { spent: 0, open: 1 });
    await settle({ type: "billed", usage: cheap, requestId: "req_1" });
    assert.deepEqual(rounded(await ledger().today()), { spent: 0.003, open: 0 });
  });

  it("keeps what broke off open, and what was refused at nothing", async () => {
    const recorder = ledger().recorder(purpose);
    await (await recorder.sending(aboveThreshold))({ type: "broken", usage: { ...noUsage, input: 1000 } });
    await (await recorder.sending(aboveThreshold))({ type: "broken", usage: undefined });
    await (await recorder.sending(aboveThreshold))({ type: "unbilled" });
    assert.deepEqual(rounded(await ledger().today()), { spent: 0.002, open: 1.998 });
    assert.deepEqual(
      (await entriesOf(ledger())).map(({ settled }) => settled),
      [false, false],
    );
  });

  it("settles once, whoever says it how often", async () => {
    const [id = ""] = await ledger().reserve([{ ...purpose, maxUsage: aboveThreshold }], new CommandBudget());
    for (let times = 0; times < 3; times++)
      await ledger().settle(id, { type: "billed", usage: cheap, requestId: undefined });
    assert.deepEqual(rounded(await ledger().today()), { spent: 0.003, open: 0 });
    const lines = (await readFile(join(folder, "ledger", `${dayOf(new Date())}.jsonl`), "utf8")).split("\n");
    assert.equal(lines.filter((line) => line !== "").length, 2);
  });

  it("refuses what would pass a day's budget in all windows, before anything is sent", async () => {
    const caps = { ...none, daily: 2.5 };
    const attempts = Array.from({ length: 5 }, () => ledger(caps).recorder(purpose).sending(aboveThreshold));
    const outcomes = await Promise.allSettled(attempts);
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 2);
    await refused(
      () => ledger(caps).recorder(purpose).sending(aboveThreshold),
      /Nothing was sent: the budget of US\$ 2\.50 today does not suffice.*can cost up to US\$ 1\.00/,
    );
    assert.equal((await ledger().today()).requests, 2);
  });

  it("refuses what would pass a command's budget, and gives back what it did not need", async () => {
    const commandBudget = new CommandBudget();
    const recorder = ledger({ ...none, command: 1.5 }).recorder(purpose, commandBudget);
    const settle = await recorder.sending(aboveThreshold);
    await refused(() => recorder.sending(aboveThreshold), /budget of US\$ 1\.50 for one command/);
    await settle({ type: "billed", usage: cheap, requestId: undefined });
    await (await recorder.sending(aboveThreshold))({ type: "unbilled" });
    assert.deepEqual(
      [Math.round(commandBudget.spent * 1e6), Math.round(commandBudget.open * 1e6)],
      [3000, 0],
    );
  });

  it("refuses a model without a known price, unless the person has said yes: no budget would hold (C4)", async () => {
    const unpriced = { ...purpose, model: "gateway-7" };
    const error = await refused(
      () => ledger({ daily: 0.0001, command: 0.0001 }).recorder(unpriced).sending(aboveThreshold),
      /price of gateway-7 is not known.*screenshotWorkbench\.prices.*--allow-unknown-price/,
    );
    assert.equal(error.code, "priceUnknown");
    await refused(
      () => ledger().reserve([{ ...unpriced, maxUsage: aboveThreshold }], new CommandBudget()),
      /price of gateway-7 is not known/,
    );
    assert.equal((await ledger().today()).requests, 0);
    const agreed = new CommandBudget({ allowsUnknownPrice: true });
    await ledger().recorder(unpriced, agreed).sending(aboveThreshold);
    assert.equal((await ledger().today()).requests, 1);
  });

  it("reserves for many as one: all or none", async () => {
    const wanted = Array.from({ length: 3 }, () => ({ ...purpose, inBatch: true, maxUsage: aboveThreshold }));
    // In a batch, each is half the price.
    await refused(
      () => ledger({ ...none, daily: 1.4 }).reserve(wanted, new CommandBudget()),
      /up to US\$ 1\.50/,
    );
    assert.equal((await ledger().today()).requests, 0);
    assert.equal((await ledger({ ...none, daily: 1.6 }).reserve(wanted, new CommandBudget())).length, 3);
  });

  it("knows by the requests of late whether the prompt is cached, and how long answers are", async () => {
    let minute = 0;
    const now = () => new Date(2026, 2, 12, 12, minute);
    const recorder = ledger(none, now).recorder(purpose);
    assert.deepEqual(await ledger(none, now).recentUsage("audit", purpose.model), {
      isPromptCached: false,
      output: undefined,
    });
    for (const output of [100, 200, 300])
      await (await recorder.sending(aboveThreshold))({
        type: "billed",
        usage: { ...cheap, output },
        requestId: undefined,
      });
    minute = 4;
    assert.deepEqual(await ledger(none, now).recentUsage("audit", purpose.model), {
      isPromptCached: true,
      output: 200,
    });
    minute = 6;
    assert.equal((await ledger(none, now).recentUsage("audit", purpose.model)).isPromptCached, false);
    assert.equal((await ledger(none, now).recentUsage("triage", purpose.model)).output, undefined);
  });

  it("forgets days that are long past", async () => {
    await ledger(none, () => new Date(2026, 0, 1))
      .recorder(purpose)
      .sending(aboveThreshold);
    const later = ledger(none, () => new Date(2026, 5, 1));
    await later.recorder(purpose).sending(aboveThreshold);
    assert.deepEqual(
      (await readdir(join(folder, "ledger"))).filter((name) => name.endsWith(".jsonl")),
      ["2026-06-01.jsonl"],
    );
    assert.deepEqual(
      (await later.all()).map(({ day, entries }) => [day, entries.length]),
      [["2026-06-01", 1]],
    );
  });

  it("lets work go on where nothing can be kept, still within the budget, and says so once", async () => {
    // Whoever is root can write everywhere: a file stands where the folder should be.
    await writeFile(join(folder, "ledger"), "");
    await chmod(folder, 0o500);
    const { ledger: broken, troubles } = storesIn(folder, { ...none, daily: 1.5 });
    const settle = await broken.recorder(purpose).sending(aboveThreshold);
    await refused(() => broken.recorder(purpose).sending(aboveThreshold), /budget/);
    await settle({ type: "billed", usage: cheap, requestId: undefined });
    assert.deepEqual(rounded(await broken.today()), { spent: 0.003, open: 0 });
    assert.equal(troubles.length, 1);
    assert.match(troubles[0] ?? "", /cannot be kept: the storage folder cannot be written/);
    await chmod(folder, 0o700);
  });
});

const rounded = ({ spent, open }: { spent: number; open: number }) => ({
  spent: Math.round(spent * 1e6) / 1e6,
  open: Math.round(open * 1e6) / 1e6,
});
