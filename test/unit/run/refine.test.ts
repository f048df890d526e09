import assert from "node:assert/strict";
import { z } from "zod";
import { preparePicture } from "../../../src/image/prepare.js";
import { createAnthropic } from "../../../src/providers/anthropic/anthropic.js";
import { createAsker } from "../../../src/providers/anthropic/ask.js";
import { type AskedRun, askedRun, refine } from "../../../src/run/refine.js";
import type { RunDependencies } from "../../../src/run/types.js";
import { onlyPicture } from "../../../src/sources/picture.js";
import { currentAnswer } from "../../../src/store/runs/runResult.js";
import { changesBetween } from "../../../src/workflows/diagram/changes.js";
import { relabelled } from "../../../src/workflows/diagram/elements.js";
import { workflows } from "../../../src/workflows/index.js";
import { ApiDouble, goodKey } from "../../support/apiDouble.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { edge, node } from "../../support/diagrams.js";
import { refused } from "../../support/expect.js";
import { nothingMeasured } from "../../support/geometry.js";
import { current, sample, sourceOf } from "../../support/pictures.js";
import { run } from "../../support/run.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const picture = sample("whiteboard.jpg");
const source = sourceOf("whiteboard.jpg", picture);
const options = {
  model: "claude-sonnet-5-5",
  effort: "low" as const,
  signal: new AbortController().signal,
  offline: false,
  redaction: "ask" as const,
  measuring: { languages: ["eng"], languageFolder: undefined, pixelRatio: undefined },
};

const Block = z.object({ type: z.string(), text: z.string().optional() });
const Turns = z.object({ messages: z.array(z.looseObject({ content: z.unknown() })) });

describe("refining an answer", () => {
  let api: ApiDouble;
  let deps: RunDependencies;
  let first: AskedRun;
  before(async () => {
    api = await new ApiDouble().start();
    deps = {
      provider: createAnthropic(),
      prepare: async ({ crops }) => ({
        picture: await preparePicture(picture, source.name, current, { crops }),
        measurement: nothingMeasured,
      }),
      ...storesIn(await freshFolder()),
      ask: createAsker({ apiKey: goodKey, baseUrl: api.url }),
      compareFiles: () => Promise.reject(new Error("Nothing is compared")),
      checkMermaid: async () => ({ valid: true }),
      checkSchema: async () => [],
      now: () => 0,
    };
    const asked = askedRun(await run(workflows.diagram, source, options, deps));
    assert.ok(asked);
    first = asked;
  });
  after(() => api.stop());

  it("goes on with the same conversation, prompt and picture read from the cache", async () => {
    const corrected = relabelled(diagramAnswer, "n6", "Stock");
    const wanted = {
      ...corrected,
      nodes: [...corrected.nodes, node("cache", "Cache")],
      edges: [...corrected.edges, edge("orders", "cache")],
    };
    api.answer = () => wanted;
    const edits = [{ answer: corrected, time: "2026-03-12T12:00:00Z" }];
    const second = await refine(deps, { ...first, edits }, "Add the cache behind Orders.", options);
    const [before, now] = api.questions.map(({ body }) => body);
    assert.ok(before && now);
    assert.deepEqual(
      now.turns.map(({ role }) => role),
      ["user", "assistant", "user"],
    );
    assert.deepEqual(JSON.parse(now.turns[1]?.text ?? ""), corrected);
    assert.match(now.turns[2]?.text ?? "", /Add the cache behind Orders\.$/);
    assert.deepEqual(now.images[0]?.bytes, before.images[0]?.bytes);
    // Of the second question, all but what is new was in the cache.
    const read = second.response.usage.cacheRead - first.response.usage.cacheRead;
    assert.ok(read > (now.images[0]?.visualTokens ?? Number.POSITIVE_INFINITY), `${read} tokens were read`);
    assert.equal(read, first.response.usage.cacheWrite + first.response.usage.cacheRead);
    assert.ok((second.response.cost ?? 0) > (first.response.cost ?? 0));
    assert.deepEqual(
      changesBetween(corrected, workflows.diagram.schema.parse(currentAnswer(second)) as typeof wanted),
      {
        added: ["node “Cache”", "line “Orders” → “Cache”"],
        removed: [],
        changed: [],
      },
    );
  });

  it("leaves the first answer when it fails, and names the picture", async () => {
    api.faults.push({ status: 400, type: "invalid_request_error", message: "no" });
    await refused(() => refine(deps, first, "Turn it.", options), /whiteboard\.jpg/);
  });

  it("shows the places that are asked about again by themselves, behind all that is in the cache", async () => {
    api.answer = () => diagramAnswer;
    const places = [
      { label: "place 1", box: { x: 10, y: 20, width: 120, height: 80 } },
      { label: "place 2", box: { x: 200, y: 40, width: 60, height: 60 } },
    ];
    await refine(deps, first, "Look once more.", {
      ...options,
      again: { source: onlyPicture(source)[0], places },
    });
    const [before, now] = [api.questions[0]?.body, api.questions.at(-1)?.body];
    assert.ok(before && now);
    assert.deepEqual(now.images[0]?.bytes, before.images[0]?.bytes);
    assert.deepEqual(
      now.images.slice(before.images.length).map(({ width, height }) => [width, height]),
      [
        [120, 80],
        [60, 60],
      ],
    );
    const turns = [api.questions[0], api.questions.at(-1)].map((asked) =>
      Turns.parse(JSON.parse(asked?.raw ?? "")),
    );
    assert.deepEqual(turns[1]?.messages[0], turns[0]?.messages[0], "what is in the cache is the same");
    const last = z.array(Block).parse(turns[1]?.messages.at(-1)?.content);
    assert.deepEqual(
      last.map(({ type, text = type }) => text.split("\n").at(-1)),
      ["place 1", "image", "place 2", "image", "Look once more."],
    );
  });
});
