import assert from "node:assert/strict";
import { CancelledError, UserError } from "../../../src/errors.js";
import { preparePicture } from "../../../src/image/prepare.js";
import type { PreparedPicture } from "../../../src/image/prepared.js";
import { createAnthropic } from "../../../src/providers/anthropic/anthropic.js";
import { noUsage } from "../../../src/providers/usage.js";
import type { RunDependencies } from "../../../src/run/types.js";
import { withText } from "../../../src/workflows/extract/corrections.js";
import { workflows } from "../../../src/workflows/index.js";
import { extractAnswer } from "../../support/cannedAnswers.js";
import { nothingMeasured } from "../../support/geometry.js";
import { current, sample, sourceOf } from "../../support/pictures.js";
import { run } from "../../support/run.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const bytes = sample("checkout.png");
const source = sourceOf("checkout.png", bytes);
const tokens = { ...noUsage, input: 100, output: 10 };

describe("an answer that does not conform to the person's schema", () => {
  let picture: PreparedPicture;
  /** What the model was told in each further turn. */
  let told: string[];
  let stores: ReturnType<typeof storesIn>;
  before(async () => {
    picture = await preparePicture(bytes, source.name, current);
  });
  beforeEach(async () => {
    told = [];
    stores = storesIn(await freshFolder());
  });

  const mended = withText(extractAnswer, "/total", "£1.00");
  /** A total of one pound conforms; the person's schema wants nothing else. */
  const deps = (second: () => unknown): RunDependencies => ({
    ...stores,
    provider: createAnthropic(),
    prepare: async () => ({ picture, measurement: nothingMeasured }),
    ask: async ({ schema, since = [] }, { onAnswer }) => {
      const [turn] = since;
      if (turn) told.push(turn.text);
      const whole = {
        value: schema.parse(turn ? second() : extractAnswer),
        usage: tokens,
        requestId: turn ? "req_2" : "req_1",
      };
      await onAnswer?.(whole);
      return whole;
    },
    compareFiles: () => Promise.reject(new Error("Nothing is compared")),
    checkMermaid: async () => ({ valid: true }),
    checkSchema: async ({ data }) =>
      JSON.stringify(data).includes('"total":1,') ? [] : ["/total must be 1"],
    now: () => 0,
  });
  const extract = (second: () => unknown, signal = new AbortController().signal) =>
    run(
      workflows.extract,
      source,
      {
        model: "claude-sonnet-5-5",
        effort: "low",
        signal,
        offline: false,
        redaction: "off",
        measuring: { languages: ["eng"], languageFolder: undefined, pixelRatio: undefined },
        parameters: { schema: '{"properties":{"total":{"const":1}}}' },
      },
      deps(second),
    );

  it("is asked for once more, with what is wrong; the better answer is kept, and both are paid", async () => {
    const first = await extract(() => mended);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /<problems>\n\/total must be 1\n<\/problems>/);
    assert.equal(first.report.grid?.fields.find(({ path }) => path === "/total")?.value, 1);
    assert.deepEqual([first.response?.usage.input, first.report.notes], [200, []]);
    const again = await extract(() => assert.fail("It is known"));
    assert.equal(again.report.grid?.fields.find(({ path }) => path === "/total")?.value, 1);
    assert.notEqual(again.response?.cachedAt, undefined);
  });

  it("stays, with what is wrong said, where the second is no better, and is not asked for again", async () => {
    const result = await extract(() => extractAnswer);
    assert.deepEqual(result.report.notes, ["The data does not conform to your schema: /total must be 1."]);
    await extract(() => assert.fail("It is known"));
    assert.equal(told.length, 1);
  });

  it("stays where the second fails: it is paid for", async () => {
    const result = await extract(() => {
      throw new UserError({ code: "overloaded", problem: "Busy.", advice: "Wait." });
    });
    assert.deepEqual([result.response?.usage.input, result.report.notes.length], [100, 1]);
  });

  it("is cancelled as any run is", async () => {
    const stop = new AbortController();
    const running = extract(() => {
      stop.abort();
      throw new CancelledError();
    }, stop.signal);
    await assert.rejects(running, CancelledError);
  });
});
