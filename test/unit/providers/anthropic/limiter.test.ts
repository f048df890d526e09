import assert from "node:assert/strict";
import { CancelledError } from "../../../../src/errors.js";
import { createAsker } from "../../../../src/providers/anthropic/ask.js";
import { createBatchApi } from "../../../../src/providers/anthropic/batches.js";
import { ConcurrencyLimiter } from "../../../../src/providers/anthropic/limiter.js";
import { PromptCache } from "../../../../src/providers/anthropic/promptCache.js";
import { RequestScheduler } from "../../../../src/providers/anthropic/scheduler.js";
import { workflows } from "../../../../src/workflows/index.js";
import { ApiDouble, goodKey } from "../../../support/apiDouble.js";
import { numbered } from "../../../support/dependencies.js";
import { refused } from "../../../support/expect.js";

const { signal } = new AbortController();
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("the limiter of questions", () => {
  it("lets no more through than it says, and the next when one is answered", async () => {
    const limiter = new ConcurrencyLimiter(2);
    const leave = [await limiter.enter(signal), await limiter.enter(signal)];
    let third = false;
    const waiting = limiter.enter(signal).then((left) => {
      third = true;
      return left;
    });
    await turn();
    assert.equal(third, false);
    leave[0]?.(false);
    (await waiting)(false);
    leave[1]?.(false);
  });

  it("halves once for all that were on their way, and grows back", async () => {
    const limiter = new ConcurrencyLimiter(8);
    const first = await Promise.all(Array.from({ length: 8 }, () => limiter.enter(signal)));
    for (const leave of first) leave(true);
    assert.equal(limiter.now, 4);
    const second = await Promise.all(Array.from({ length: 4 }, () => limiter.enter(signal)));
    for (const leave of second) leave(true);
    assert.equal(limiter.now, 2);
    for (let answers = 0; answers < 200; answers++) (await limiter.enter(signal))(false);
    assert.equal(limiter.now, 8);
    for (let times = 0; times < 10; times++) (await limiter.enter(signal))(true);
    assert.equal(limiter.now, 1);
  });

  it("is left by who cancels while waiting, and the others go on", async () => {
    const limiter = new ConcurrencyLimiter(1);
    const leave = await limiter.enter(signal);
    const stop = new AbortController();
    const cancelled = limiter.enter(stop.signal);
    const other = limiter.enter(signal);
    stop.abort();
    await assert.rejects(cancelled, CancelledError);
    leave(false);
    (await other)(false);
  });
});

describe("the first question with a prompt", () => {
  it("goes alone until its first event, then all go", async () => {
    const prompts = new PromptCache(() => 0);
    const arrived = await prompts.enter("a", signal);
    let others = 0;
    const waiting = [1, 2, 3].map(() => prompts.enter("a", signal).then(() => others++));
    (await prompts.enter("b", signal))(true);
    await turn();
    assert.equal(others, 0);
    arrived(true);
    await Promise.all(waiting);
    assert.equal(others, 3);
  });

  it("leaves its turn to the next when it fails", async () => {
    const prompts = new PromptCache(() => 0);
    const failed = await prompts.enter("a", signal);
    let entered = 0;
    const next = [1, 2].map(() =>
      prompts.enter("a", signal).then((done) => {
        entered++;
        return done;
      }),
    );
    failed(false);
    await turn();
    assert.equal(entered, 1);
    (await Promise.race(next))(true);
    await Promise.all(next);
  });

  it("is again the first after five minutes without one", async () => {
    let now = 0;
    const prompts = new PromptCache(() => now);
    (await prompts.enter("a", signal))(true);
    now = 299_000;
    assert.equal(prompts.isWarm("a"), true);
    now = 301_000;
    assert.equal(prompts.isWarm("a"), false);
  });

  describe("and the API", () => {
    let api: ApiDouble;
    before(async () => {
      api = await new ApiDouble().start();
    });
    beforeEach(() => api.reset());
    after(() => api.stop());

    it("writes the prompt once, and all others read it", async () => {
      const ask = createAsker({ apiKey: goodKey, baseUrl: api.url }, new RequestScheduler(8));
      const image = { bytes: await numbered(1), mediaType: "image/png" as const, visualTokens: 6 };
      const { systemPrompt: system, schema, maxTokens } = workflows.triage;
      const question = {
        model: "claude-sonnet-5-5",
        effort: "low" as const,
        maxTokens,
        system,
        schema,
        images: [image],
      };
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          ask({ ...question, text: `Question ${index}`, continues: false, since: [] }, { signal }),
        ),
      );
      assert.equal(answers.filter(({ usage }) => usage.cacheWrite > 0).length, 1);
      assert.equal(answers.filter(({ usage }) => usage.cacheRead > 0).length, 7);
    });

    it("sends the key to no address that an answer names elsewhere", async () => {
      let reached = 0;
      const elsewhere = await new ApiDouble().start();
      const client = createBatchApi({ apiKey: goodKey, baseUrl: api.url });
      const { retrieve } = api.batches;
      api.batches.retrieve = (id) => ({
        ...retrieve.call(api.batches, id, api.url),
        results_url: `${elsewhere.url}/steal`,
      });
      try {
        const image = { bytes: await numbered(1), mediaType: "image/png" as const, visualTokens: 6 };
        const { systemPrompt: system, schema, maxTokens } = workflows.triage;
        const request = client.request("a".repeat(64), {
          ...{ model: "claude-sonnet-5-5", effort: "low", maxTokens, system, schema, images: [image] },
          ...{ text: "What?", continues: false, since: [] },
        });
        const { id } = await client.create([request], signal);
        api.batches.endAll();
        await refused(async () => {
          for await (const _ of client.results(id, () => schema, signal)) reached++;
        }, /address elsewhere \(127\.0\.0\.1:\d+\), which the key is not sent to/);
        assert.deepEqual([reached, elsewhere.requests.length], [0, 0]);
      } finally {
        api.batches.retrieve = retrieve;
        await elsewhere.stop();
      }
    });
  });
});
