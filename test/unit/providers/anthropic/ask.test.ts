import assert from "node:assert/strict";
import { z } from "zod";
import { CancelledError } from "../../../../src/errors.js";
import { createAsker } from "../../../../src/providers/anthropic/ask.js";
import { listModels } from "../../../../src/providers/anthropic/listModels.js";
import type { Question } from "../../../../src/providers/anthropic/request.js";
import { OversizedImageError } from "../../../../src/providers/anthropic/sizeErrors.js";
import { addUsage, noUsage, type Usage } from "../../../../src/providers/anthropic/usage.js";
import { workflows } from "../../../../src/workflows/index.js";
import { ApiDouble, type Fault, goodKey } from "../../../support/apiDouble.js";
import { auditAnswer } from "../../../support/cannedAnswers.js";
import { refused } from "../../../support/expect.js";
import { fixture, plainPicture, sample } from "../../../support/pictures.js";

describe("asking Claude", () => {
  let api: ApiDouble;
  before(async () => {
    api = await new ApiDouble().start();
  });
  beforeEach(() => api.reset());
  after(() => api.stop());

  const question = (change: Partial<Question<unknown>> = {}): Question<unknown> => ({
    model: "claude-sonnet-5-5",
    effort: "medium",
    maxTokens: 1000,
    system: workflows.audit.systemPrompt,
    schema: workflows.audit.schema,
    images: [{ bytes: sample("checkout.png"), mediaType: "image/png", visualTokens: 1 }],
    text: "Audit it.",
    continues: false,
    since: [],
    ...change,
  });

  /** Waits are noted, not waited. */
  const asking = (change: Partial<Question<unknown>> = {}, apiKey = goodKey) => {
    const waits: number[] = [];
    const bills: Usage[] = [];
    const stop = new AbortController();
    const answer = createAsker({ apiKey, baseUrl: api.url })(question(change), {
      signal: stop.signal,
      sleep: async (milliseconds) => void waits.push(milliseconds),
      random: () => 0.5,
      onBilled: ({ usage }) => void bills.push(usage),
    });
    return { answer, waits, bills, stop };
  };

  it("gets one whole, validated answer", async () => {
    const { value, usage, requestId } = await asking().answer;
    assert.deepEqual(value, auditAnswer);
    assert.ok(usage.input > 0 && usage.output > 0 && usage.thinking === 20);
    assert.match(requestId ?? "", /^req_/);
  });

  for (const workflow of Object.values(workflows)) {
    it(`sends what the API takes, and the same cached prefix each time: ${workflow.id}`, async () => {
      const ask = () => asking({ system: workflow.systemPrompt, schema: workflow.schema }).answer;
      const [first, second] = [await ask(), await ask()];
      assert.ok(
        first.usage.cacheWrite + first.usage.cacheRead >= 512,
        "the prompt is long enough to be cached",
      );
      assert.ok(second.usage.cacheRead >= 512 && second.usage.cacheWrite === 0);
      const [a, b] = api.questions.map(({ raw }) => JSON.parse(raw) as Record<string, unknown>);
      assert.equal(
        JSON.stringify([a?.system, a?.output_config]),
        JSON.stringify([b?.system, b?.output_config]),
      );
    });
  }

  it("puts images before text, labels them when there are several, and asks for an error when they are too large", async () => {
    const image = { bytes: fixture("flag.png"), mediaType: "image/png" as const, visualTokens: 1 };
    await asking({
      images: [
        { ...image, label: "part 1 of 2" },
        { ...image, label: "part 2 of 2" },
      ],
    }).answer;
    const body = JSON.parse(api.questions[0]?.raw ?? "") as {
      messages: Array<{ content: Array<Record<string, unknown>> }>;
    };
    const content = body.messages[0]?.content ?? [];
    assert.deepEqual(
      content.map(({ type }) => type),
      ["text", "image", "text", "image", "text"],
    );
    assert.deepEqual(content[1]?.transformations, { oversized_image: "error" });
    assert.equal(content[2]?.text, "part 2 of 2");
  });

  it("sends effort only to models that take it", async () => {
    await asking({ model: "claude-haiku-5-5" }).answer;
    await asking().answer;
    assert.deepEqual(
      api.questions.map(({ body }) => body?.output_config?.effort),
      [undefined, "medium"],
    );
  });

  it("takes nothing from the environment and follows its own address alone", async () => {
    const hostile = {
      ANTHROPIC_BASE_URL: "http://127.0.0.1:9",
      ANTHROPIC_CUSTOM_HEADERS: "x-evil: 1",
      ANTHROPIC_AUTH_TOKEN: "t",
      ANTHROPIC_API_KEY: "k",
    };
    Object.assign(process.env, hostile);
    try {
      await asking().answer;
    } finally {
      for (const name of Object.keys(hostile)) delete process.env[name];
    }
    assert.equal(api.questions[0]?.headers["x-evil"], undefined);
    assert.equal(api.questions[0]?.headers.authorization, `Bearer ${goodKey}`);
  });

  it("does not follow a redirect with the key", async () => {
    const trap = await new ApiDouble().start();
    api.faults.push(
      ...Array<Fault>(4).fill({
        status: 307,
        type: "redirect",
        headers: { location: `${trap.url}/v1/messages` },
      }),
    );
    await assert.rejects(asking().answer);
    assert.equal(trap.requests.length, 0);
    await trap.stop();
  });

  describe("an error becomes what a person can do", () => {
    const cases: Array<[string, Fault, RegExp, string, number]> = [
      ["401", { status: 401, type: "authentication_error" }, /key was refused/, "setKey", 1],
      [
        "402",
        { status: 402, type: "billing_error", message: "Your credit is used up" },
        /cannot be billed.*Your credit is used up/,
        "setKey",
        1,
      ],
      ["403", { status: 403, type: "permission_error" }, /may not do this/, "setKey", 1],
      ["404", { status: 404, type: "not_found_error" }, /does not know this model/, "chooseModel", 1],
      [
        "400",
        { status: 400, type: "invalid_request_error", message: "prompt is odd" },
        /did not accept the request.*prompt is odd/,
        "chooseModel",
        1,
      ],
      [
        "a spending limit",
        { status: 429, type: "rate_limit_error", message: "enforced_spend_limit_reached" },
        /spending limit/,
        "setKey",
        1,
      ],
      ["429", { status: 429, type: "rate_limit_error" }, /rate limit is reached/, "runAgain", 4],
      ["529", { status: 529, type: "overloaded_error" }, /overloaded/, "runAgain", 4],
      ["500", { status: 500, type: "api_error" }, /internal error/, "runAgain", 4],
      ["503", { status: 503, type: "api_error" }, /internal error/, "runAgain", 4],
      ["an error inside the stream", "errorEvent", /overloaded/, "runAgain", 4],
      ["a cut stream", "cut", /broke off|could not be reached/, "runAgain", 4],
      ["a dropped connection", "reset", /could not be reached/, "runAgain", 4],
      ["a sign-in page", "html", /broke off/, "runAgain", 4],
      ["a refusal", "refusal", /refused to answer.*Told to refuse/, "chooseModel", 1],
      ["broken JSON", "invalidJson", /does not have the form/, "runAgain", 1],
    ];
    for (const [name, fault, text, step, tries] of cases) {
      it(name, async () => {
        api.faults.push(...Array<Fault>(8).fill(fault));
        const error = await refused(() => asking().answer, text);
        assert.equal(error.next[0], step);
        assert.equal(api.questions.length, tries);
        assert.ok(!error.message.includes(goodKey));
      });
    }
  });

  it("never shows the key, even if the API quotes it", async () => {
    api.faults.push({ status: 400, type: "invalid_request_error", message: `bad key ${goodKey} \u001b[31m` });
    const error = await refused(() => asking().answer, /bad key …/);
    assert.ok(!error.message.includes("\u001b"));
  });

  it("waits as long as it is told, then succeeds", async () => {
    api.faults.push(
      { status: 429, type: "rate_limit_error", headers: { "retry-after": "7" } },
      { status: 529, type: "overloaded_error" },
    );
    const { answer, waits } = asking();
    assert.deepEqual((await answer).value, auditAnswer);
    assert.deepEqual(waits, [7000, 1000]);
  });

  it("does not sit out a wait of an hour", async () => {
    api.faults.push({ status: 429, type: "rate_limit_error", headers: { "retry-after": "3600" } });
    const { answer, waits } = asking();
    await refused(() => answer, /rate limit/);
    assert.deepEqual(waits, []);
  });

  it("asks once more with twice the room when the answer is cut short, and bills both", async () => {
    api.faults.push("maxTokens");
    const { answer, bills } = asking();
    const { usage } = await answer;
    assert.deepEqual(
      api.questions.map(({ body }) => body?.maxTokens),
      [1000, 2000],
    );
    assert.equal(bills.length, 2);
    assert.deepEqual(usage, bills.reduce(addUsage, noUsage));
  });

  it("gives up when it is cut short twice", async () => {
    api.faults.push("maxTokens", "maxTokens");
    await refused(() => asking().answer, /too long twice/);
    assert.equal(api.questions.length, 2);
  });

  it("bills what a broken stream had already cost", async () => {
    api.faults.push("cut");
    const { answer, bills } = asking();
    await answer;
    assert.equal(bills.length, 2);
    assert.ok((bills[0]?.cacheWrite ?? 0) + (bills[0]?.cacheRead ?? 0) > 0);
  });

  it("names the size that fits when the image is too large", async () => {
    const images = [
      {
        bytes: await plainPicture(3000, 1000).png().toBuffer(),
        mediaType: "image/png" as const,
        visualTokens: 1,
      },
    ];
    await assert.rejects(
      asking({ images }).answer,
      (error) => error instanceof OversizedImageError && error.fits?.width === 2576,
    );
    assert.equal(api.questions.length, 1);
  });

  it("stops at once when it is cancelled, and asks no more", async () => {
    const { answer, stop } = asking();
    api.beforePiece = async (piece) => {
      if (piece === 2) stop.abort();
    };
    await assert.rejects(answer, CancelledError);
    assert.equal(api.questions.length, 1);
  });

  it("is cancelled while it waits to try again", async () => {
    api.faults.push({ status: 529, type: "overloaded_error" });
    const stop = new AbortController();
    const answer = createAsker({ apiKey: goodKey, baseUrl: api.url })(question(), {
      signal: stop.signal,
      onWait: () => stop.abort(),
    });
    await assert.rejects(answer, CancelledError);
    assert.equal(api.questions.length, 1);
  });

  it("refuses a wrong key", () => refused(() => asking({}, "sk-ant-wrong").answer, /key was refused/));

  it("hands on the text as it arrives", async () => {
    let pieces = 0;
    await createAsker({ apiKey: goodKey, baseUrl: api.url })(question(), {
      signal: new AbortController().signal,
      onText: () => void pieces++,
    });
    assert.ok(pieces > 10);
  });

  it("lists the models that can do the workflows", async () => {
    const models = await listModels({ apiKey: goodKey, baseUrl: api.url });
    assert.deepEqual(models.map(({ id, usable, effort }) => [id, usable, effort])[1], [
      "claude-sonnet-5-5",
      true,
      true,
    ]);
    assert.equal(models.find(({ id }) => id === "claude-sonnet-4-5")?.about, "retires 2026-11-30");
    await refused(() => listModels({ apiKey: "sk-ant-wrong", baseUrl: api.url }), /key was refused/);
  });

  it("refuses addresses that the key must not go to", async () => {
    for (const baseUrl of [
      "http://example.com",
      "ftp://api.anthropic.com",
      "https://user:pass@example.com",
      "nonsense",
      "http://127.0.0.1.evil.com",
    ])
      await refused(
        () => createAsker({ apiKey: goodKey, baseUrl }),
        /no address that the API key may be sent to/,
      );
  });

  it("finds an answer that breaks what the schema could not carry", async () => {
    const finding = z.object({ title: z.string().max(3) });
    api.answer = () => ({ findings: [{ title: "longer than three" }] });
    await refused(
      () => asking({ schema: z.object({ findings: z.array(finding) }) }).answer,
      /does not have the form/,
    );
  });
});
