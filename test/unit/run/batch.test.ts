import assert from "node:assert/strict";
import { z } from "zod";
import { CancelledError } from "../../../src/errors.js";
import { createBatchApi } from "../../../src/providers/anthropic/batches.js";
import { publishedPrices } from "../../../src/providers/anthropic/prices.js";
import { type BatchApi, UncertainBatchError } from "../../../src/providers/batch.js";
import { costOf } from "../../../src/providers/prices.js";
import type { TooLarge } from "../../../src/run/batch/collect.js";
import { type PollOptions, pollBatches } from "../../../src/run/batch/pollBatches.js";
import { resubmit } from "../../../src/run/batch/resubmit.js";
import { type BatchSource, submitBatch } from "../../../src/run/batch/submit.js";
import { type Batch, BatchStore, latestOutcomes } from "../../../src/store/batches/batchStore.js";
import { runKey } from "../../../src/store/runs/askSettings.js";
import { workflows } from "../../../src/workflows/index.js";
import { ApiDouble, goodKey } from "../../support/apiDouble.js";
import { dependenciesOf, numberedSource, questionOf, runOptions } from "../../support/dependencies.js";
import { refused } from "../../support/expect.js";
import { run } from "../../support/run.js";
import { entriesOf, freshFolder, storesIn, type TestStores } from "../../support/stores.js";

const { signal } = new AbortController();

describe("a batch", () => {
  let api: ApiDouble;
  let client: BatchApi;
  let stores: TestStores;
  let store: BatchStore;
  let sources: BatchSource[];
  before(async () => {
    api = await new ApiDouble().start();
    client = createBatchApi({ apiKey: goodKey, baseUrl: api.url });
    sources = await Promise.all(
      Array.from({ length: 6 }, async (_, index) =>
        questionOf(workflows.triage, { ...(await numberedSource(index)), uri: `/pictures/${index}.png` }),
      ),
    );
  });
  beforeEach(async () => {
    api.reset();
    stores = storesIn(await freshFolder());
    store = new BatchStore(stores.storage);
  });
  after(() => api.stop());

  const requestOf = ({ settings }: BatchSource) =>
    client.request(runKey(settings), {
      ...{ model: settings.model, effort: "low", maxTokens: 100, system: "S", schema: z.object({}) },
      ...{ images: [], text: "What?", continues: false, since: [] },
    });
  const submit = (some: readonly BatchSource[] = sources, how: BatchApi = client) =>
    submitBatch(workflows.triage, some, { baseUrl: api.url, signal }, how, store, dependenciesOf(stores));
  const lookAfter = async (more: Partial<PollOptions> = {}) =>
    pollBatches(await store.list(), client, { ...dependenciesOf(stores), store, signal, ...more });
  /** As if asked now: the answer must be known. */
  const result = (index: number) => {
    const ask = () => assert.fail("nothing is to be asked");
    const source = sources[index]?.pictures[0];
    assert.ok(source);
    return run(workflows.triage, source, { ...runOptions, signal }, { ...dependenciesOf(stores), ask });
  };
  const only = async (): Promise<Batch> => {
    const [batch, ...more] = await store.list();
    assert.ok(batch && more.length === 0);
    return batch;
  };

  it("is asked at once, and its answers are where runs look for them", async () => {
    const states = await submit();
    assert.deepEqual(new Set(states.map(({ state }) => state)), new Set(["waiting"]));
    assert.equal((await only()).id, api.batches.held[0]?.id);
    assert.equal(await lookAfter(), 1);
    api.batches.endAll();
    assert.equal(await lookAfter(), 0);
    for (const [index] of sources.entries()) assert.match((await result(index)).report.title, /Bug triage/);
    assert.equal((await only()).isClosed, true);
    assert.equal(api.questions.length, 0);
  });

  it("costs half, to the token what the API bills, and is booked before it leaves", async () => {
    await submit();
    const { open, requests } = await stores.ledger.today();
    assert.equal(requests, 6);
    assert.ok(open > 0);
    api.batches.endAll();
    await lookAfter();
    const after = await stores.ledger.today();
    assert.ok(Math.abs(after.open) < 1e-9);
    const tokens = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };
    for (const { usage } of await entriesOf(stores.ledger)) {
      tokens.input += usage.input;
      tokens.cacheWrite += usage.cacheWrite;
      tokens.cacheRead += usage.cacheRead;
      tokens.output += usage.output;
    }
    assert.deepEqual(tokens, api.bill);
    const half =
      (2 * tokens.input + 10 * tokens.output + 2.5 * tokens.cacheWrite + 0.1 * tokens.cacheRead) / 2e6;
    assert.ok(Math.abs(after.spent - half) < 1e-9);
  });

  it("asks identical pictures once, and none that is known or waiting already", async () => {
    await submit([...sources, ...sources]);
    assert.equal(api.batches.held[0]?.requests.length, 6);
    const states = await submit();
    assert.deepEqual(new Set(states.map(({ state }) => state)), new Set(["waiting"]));
    assert.equal(api.batches.held.length, 1);
    api.batches.endAll();
    await lookAfter();
    assert.deepEqual(new Set((await submit()).map(({ state }) => state)), new Set(["known"]));
    assert.equal(api.batches.held.length, 1);
  });

  it("is not paid for a second time by who asks now, unless that is wanted", async () => {
    await submit();
    const runNow = (index: number, again = false) => {
      const source = sources[index]?.pictures[0];
      assert.ok(source);
      return run(workflows.triage, source, { ...runOptions, signal, again }, dependenciesOf(stores, api.url));
    };
    await refused(
      () => runNow(0),
      /^0\.png: This was submitted at half price, and its answer is still to come/,
    );
    assert.equal(api.questions.length, 0);
    await runNow(0, true);
    assert.equal(api.questions.length, 1);
    const first = [...(await only()).items.values()].find(({ name }) => name === "1.png");
    api.batches.faults.set(first?.runKey ?? "", "expired");
    api.batches.endAll();
    await lookAfter();
    await runNow(2);
    assert.equal(api.questions.length, 1);
    await runNow(1);
    assert.equal(api.questions.length, 2);
  });

  it("puts aside what cannot be used, expired or failed, with its reason; all can be asked again", async () => {
    const torn = { ...(await numberedSource(99)), bytes: async () => new Uint8Array([1]) };
    const states = await submit([questionOf(workflows.triage, torn), ...sources]);
    assert.equal(states[0]?.state, "failed");
    const hashes = states.flatMap((state) => (state.state === "waiting" ? [runKey(state.settings)] : []));
    for (const [index, fault] of (["errored", "expired", "canceled", "invalidJson"] as const).entries())
      api.batches.faults.set(hashes[index] ?? "", fault);
    api.batches.endAll();
    await lookAfter();
    const { outcomes } = await only();
    assert.deepEqual(
      hashes.map((hash) => outcomes.get(hash)?.state),
      ["failed", "expired", "cancelled", "failed", "answered", "answered"],
    );
    assert.match(outcomes.get(hashes[0] ?? "")?.reason ?? "", /^0\.png: The API could not answer/);
    assert.match(outcomes.get(hashes[1] ?? "")?.reason ?? "", /within a day/);
    api.batches.faults.clear();
    await submit();
    assert.equal(api.batches.held[0]?.requests.length, 4);
  });

  it("keeps what was answered before it was cancelled", async () => {
    await submit();
    await client.cancel((await only()).id ?? "", signal);
    api.batches.endAll();
    await lookAfter();
    const states = [...(await only()).outcomes.values()].map(({ state }) => state);
    assert.deepEqual(states.sort(), [
      "answered",
      "answered",
      "answered",
      "cancelled",
      "cancelled",
      "cancelled",
    ]);
  });

  it("is found in the API's list when the connection broke while it was submitted, and not paid twice", async () => {
    api.faults.push("reset");
    await submit();
    assert.equal((await only()).id, undefined);
    // Neither is it submitted again meanwhile.
    await submit();
    assert.equal(api.batches.held.length, 1);
    api.batches.endAll();
    assert.equal(await lookAfter(), 0);
    for (const [index] of sources.entries()) await result(index);
  });

  it("is not paid twice when it was cancelled while it was sent, or the API failed after making it", async () => {
    for (const fault of ["hang", { status: 502, type: "api_error" }] as const) {
      api.reset();
      stores = storesIn(await freshFolder());
      store = new BatchStore(stores.storage);
      api.faults.push(fault);
      const stop = new AbortController();
      const around = dependenciesOf(stores);
      const how = { baseUrl: api.url, signal: stop.signal };
      const submitting = submitBatch(workflows.triage, sources, how, client, store, around);
      if (fault === "hang") {
        while (api.batches.held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        stop.abort();
        await assert.rejects(submitting, CancelledError);
      } else await submitting;
      assert.equal((await only()).id, undefined);
      assert.equal(await lookAfter(), 1);
      assert.equal((await only()).id, api.batches.held[0]?.id);
      await submit();
      assert.equal(api.batches.held.length, 1);
    }
  });

  it("is fetched again when its results break off, and booked once", async () => {
    await submit();
    api.batches.endAll();
    api.faults.push("cut");
    await refused(() => lookAfter(), /broke off before they were whole/);
    assert.equal(await lookAfter(), 0);
    for (const [index] of sources.entries()) await result(index);
    const output = (await entriesOf(stores.ledger)).reduce((sum, { usage }) => sum + usage.output, 0);
    assert.equal(output, api.bill.output);
  });

  it("is not taken for somebody else's of the same size", async () => {
    const elsewhere = storesIn(await freshFolder());
    const around = dependenciesOf(elsewhere);
    const theirs = sources.map(({ pictures: [picture] }) =>
      questionOf(workflows.triage, picture, { ...runOptions, effort: "high" }),
    );
    const broken: BatchApi = {
      ...client,
      create: async (requests) => {
        await client.create(requests, signal);
        throw new UncertainBatchError(new Error("reset"));
      },
    };
    await submit(sources, broken);
    // Theirs is the older one of the two that fit, as the API lists them.
    const how = { baseUrl: api.url, signal };
    await submitBatch(workflows.triage, theirs, how, client, new BatchStore(elsewhere.storage), around);
    api.batches.held.reverse();
    api.batches.endAll();
    while ((await lookAfter()) > 0);
    for (const [index] of sources.entries()) await result(index);
  });

  it("is not given up by another window while it is being submitted", async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let begun = () => {};
    const isSubmitting = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow: BatchApi = {
      ...client,
      create: async (requests) => {
        begun();
        await gate;
        return client.create(requests, signal);
      },
    };
    const submitting = submit(sources, slow);
    await isSubmitting;
    assert.equal(await lookAfter(), 1);
    go();
    await submitting;
    assert.equal((await only()).isClosed, false);
    assert.equal((await only()).id, api.batches.held[0]?.id);
  });

  it("that the API no longer knows is given up, and stops no other", async () => {
    await submit(sources.slice(0, 2));
    api.batches.held.length = 0;
    await submit(sources.slice(2));
    api.batches.endAll();
    assert.equal(await lookAfter(), 0);
    assert.deepEqual(
      (await store.list()).map(({ isClosed, outcomes }) => [
        isClosed,
        [...outcomes.values()].map(({ state }) => state),
      ]),
      [
        [true, Array(2).fill("failed")],
        [true, Array(4).fill("answered")],
      ],
    );
  });

  it("is looked after later when the API fails, and nothing is lost", async () => {
    await submit();
    api.batches.endAll();
    const { status } = client;
    const failing: BatchApi = { ...client, status: () => Promise.reject(new Error("no network")) };
    await assert.rejects(
      pollBatches(await store.list(), failing, { ...dependenciesOf(stores), store, signal }),
      /no network/,
    );
    assert.equal(client.status, status);
    assert.equal(await lookAfter(), 0);
    for (const [index] of sources.entries()) await result(index);
  });

  it("is free again when it was never made", async () => {
    const broken: BatchApi = {
      ...client,
      create: async () => {
        throw new UncertainBatchError(new Error("reset"));
      },
    };
    await submit(sources, broken);
    assert.equal(await lookAfter(), 0);
    assert.equal((await stores.ledger.today()).requests, 0);
    for (const { state, reason } of latestOutcomes(await store.list()).values())
      assert.deepEqual([state, /was not made/.test(reason ?? "")], ["failed", true]);
    await submit();
    assert.equal(api.batches.held.length, 1);
  });

  it("is not submitted when the API or a budget refuses, and nothing stays reserved", async () => {
    api.faults.push({ status: 400, type: "invalid_request_error", message: "no batches here" });
    await refused(() => submit(), /did not accept the request.*no batches here/);
    assert.equal((await stores.ledger.today()).requests, 0);
    const poor = { daily: 0.01, command: 1 };
    stores = storesIn(stores.storage.folder, poor);
    store = new BatchStore(stores.storage);
    await refused(() => submit(), /Nothing was sent: the budget of US\$ 0\.01 today/);
    assert.equal(api.batches.held.length, 0);
  });

  it("prepares a picture that is too large once more, smaller", async () => {
    await submit();
    const [hash = "", changed = ""] = api.batches.held[0]?.requests.map(({ customId }) => customId) ?? [];
    const message = "image would be downsized to 30x20; scale the image to at most 30x20";
    for (const each of [hash, changed]) api.batches.faults.set(each, { message });
    api.batches.endAll();
    const changedPlace = (await only()).items.get(changed)?.copies[0]?.[0];
    const pictureAt = async (place: string) => {
      const source = sources.find(({ pictures }) => pictures[0].uri === place)?.pictures[0];
      assert.ok(source);
      // Another picture is another question, and nobody has asked it.
      return place === changedPlace ? numberedSource(99) : source;
    };
    const again = async (batch: Batch, tooLarge: readonly TooLarge[]) => {
      const sent = await resubmit(batch, tooLarge, pictureAt, client, store, dependenciesOf(stores), signal);
      assert.equal(sent, 1);
    };
    await lookAfter({ onTooLarge: again });
    api.batches.faults.clear();
    api.batches.endAll();
    await lookAfter({ onTooLarge: again });
    const [second] = api.batches.held[0]?.requests ?? [];
    assert.ok(second && !(second.body instanceof Error));
    assert.deepEqual([api.batches.held.length, second.customId, second.body.images[0]?.width], [2, hash, 30]);
    const outcomes = latestOutcomes(await store.list());
    const states = [...outcomes.values()].map(({ state }) => state).sort();
    assert.deepEqual(states, [...Array(5).fill("answered"), "failed"]);
    assert.equal(outcomes.get(changed)?.state, "failed");
  });

  it("that ended is looked after again where the process ended before its large pictures were resubmitted", async () => {
    await submit();
    const [hash = ""] = api.batches.held[0]?.requests.map(({ customId }) => customId) ?? [];
    const message = "image would be downsized to 30x20; scale the image to at most 30x20";
    api.batches.faults.set(hash, { message });
    api.batches.endAll();
    const killed = async () => {
      throw new Error("killed");
    };
    await assert.rejects(lookAfter({ onTooLarge: killed }), /killed/);
    const pictureAt = async (place: string) => {
      const source = sources.find(({ pictures }) => pictures[0].uri === place)?.pictures[0];
      assert.ok(source);
      return source;
    };
    const again = async (batch: Batch, tooLarge: readonly TooLarge[]) => {
      await resubmit(batch, tooLarge, pictureAt, client, store, dependenciesOf(stores), signal);
    };
    // Ended again after they were resubmitted, and before that was written down.
    const collected = async () => {
      throw new Error("killed later");
    };
    await assert.rejects(
      lookAfter({
        onTooLarge: again,
        store: Object.assign(Object.create(store) as BatchStore, { collected }),
      }),
      /killed later/,
    );
    await lookAfter({ onTooLarge: again });
    assert.equal(api.batches.held.length, 2);
    api.batches.faults.clear();
    api.batches.endAll();
    assert.equal(await lookAfter({ onTooLarge: again }), 0);
    for (const [index] of sources.entries()) await result(index);
  });

  it("has its answers kept at half price (a mutant)", async () => {
    await submit();
    api.batches.endAll();
    await lookAfter();
    const { response } = await result(0);
    assert.ok(response?.cost);
    assert.equal(response.cost, costOf(publishedPrices, response.model, response.usage, true));
  });

  it("is found on the second page of the list, which is asked for again when the API fails (C15)", async () => {
    const many = Array.from({ length: 101 }, () => sources.slice(0, 1));
    for (const each of many) await client.create(each.map(requestOf), signal);
    const listed = async () => {
      let count = 0;
      for await (const _ of client.list(signal)) {
        count++;
        if (count === 100)
          api.faults.push({ status: 500, type: "api_error", headers: { "retry-after": "0" } });
      }
      return count;
    };
    assert.equal(await listed(), 101);
    const refusedLater = async () => {
      let count = 0;
      for await (const _ of client.list(signal))
        if (++count === 100) api.faults.push({ status: 401, type: "authentication_error" });
    };
    await refused(refusedLater, /The API key was refused/);
  });

  it("collects twice what it was interrupted in, and pays nothing twice", async () => {
    await submit();
    api.batches.endAll();
    const before = await store.list();
    const broken: PollOptions = { ...dependenciesOf(stores), store, signal };
    await assert.rejects(
      pollBatches(before, client, {
        ...broken,
        store: Object.assign(Object.create(store) as BatchStore, {
          outcomes: async () => {
            throw new Error("killed");
          },
        }),
      }),
      /killed/,
    );
    const { spent } = await stores.ledger.today();
    await lookAfter();
    assert.equal((await stores.ledger.today()).spent, spent);
    for (const [index] of sources.entries()) await result(index);
  });
});
