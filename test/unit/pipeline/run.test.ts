import assert from "node:assert/strict";
import { noUsage } from "../../../src/claude/usage.js";
import { CancelledError } from "../../../src/errors.js";
import { preparePicture } from "../../../src/image/prepare.js";
import type { PreparedPicture } from "../../../src/image/prepared.js";
import type { Measurement } from "../../../src/measure/measurement.js";
import type { PrepareRequest } from "../../../src/pipeline/pictureProcess.js";
import { type RunOptions, run, type Surroundings } from "../../../src/pipeline/run.js";
import { jobs } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { refused } from "../../support/expect.js";
import { nothingMeasured } from "../../support/geometry.js";
import { current, sample } from "../../support/pictures.js";

const source = { name: "checkout.png", bytes: sample("checkout.png") };
const secret = { kind: "card" as const, box: { x: 10, y: 20, width: 200, height: 20 } };

describe("a run", () => {
  let picture: PreparedPicture;
  let prepared: PrepareRequest[];
  let asked: number;
  before(async () => {
    picture = await preparePicture(source.bytes, source.name, current);
  });
  beforeEach(() => {
    prepared = [];
    asked = 0;
  });

  const around = (measured: Partial<Measurement>, answer: unknown = auditAnswer): Surroundings => ({
    prepare: async (request) => {
      prepared.push(request);
      const measurement: Measurement = { ...nothingMeasured, covered: true, ...measured };
      return { picture, measurement: request.inspection && measurement };
    },
    ask: async ({ schema }) => {
      asked++;
      return { value: schema.parse(answer), usage: noUsage, requestId: "req_1" };
    },
    checkMermaid: async () => ({ valid: true }),
    now: () => 0,
  });
  const options = (more: Partial<RunOptions> = {}): RunOptions => ({
    model: "claude-sonnet-5-5",
    effort: "low",
    signal: new AbortController().signal,
    offline: false,
    redaction: "ask",
    measuring: { languages: ["eng"], languageFolder: undefined, pixelRatio: undefined },
    ...more,
  });

  it("covers secrets where nobody can be asked", async () => {
    const { measurement } = await run(jobs.audit, source, options(), around({ secrets: [secret] }));
    assert.deepEqual([prepared.length, prepared[0]?.inspection?.coverSecrets], [1, true]);
    assert.deepEqual([asked, measurement.covered], [1, true]);
  });

  it("asks the person before anything is sent, and sends what they decide", async () => {
    const decide = async (decision: "covered" | "uncovered" | "nothing") => {
      let before = -1;
      const confirm: RunOptions["confirm"] = async ({ secrets }) => {
        before = asked;
        assert.deepEqual(secrets, [secret]);
        return decision;
      };
      const result = await run(jobs.audit, source, options({ confirm }), around({ secrets: [secret] }));
      assert.equal(before, asked - (decision === "nothing" ? 0 : 1));
      return result;
    };
    assert.equal((await decide("covered")).measurement.covered, true);
    const { report, measurement } = await decide("uncovered");
    assert.equal(measurement.covered, false);
    assert.ok(
      report.notes.some((note) => /Sent uncovered, as you chose: a likely payment card number/.test(note)),
    );
    assert.deepEqual([prepared.at(-1)?.inspection, prepared.at(-1)?.cover], [undefined, undefined]);
    assert.equal((await decide("nothing")).asked, undefined);
  });

  it("sends nothing when the person cancels", async () => {
    const confirm = async (): Promise<never> => {
      throw new CancelledError();
    };
    await assert.rejects(
      run(jobs.audit, source, options({ confirm }), around({ secrets: [secret] })),
      CancelledError,
    );
    assert.equal(asked, 0);
  });

  it("does not ask when secrets are always covered or never looked for, nor about nothing", async () => {
    const confirm = async (): Promise<never> => assert.fail("nobody should be asked");
    await run(jobs.audit, source, options({ confirm, redaction: "always" }), around({ secrets: [secret] }));
    await run(jobs.audit, source, options({ confirm, redaction: "off" }), around({}));
    await run(jobs.audit, source, options({ confirm }), around({}));
    assert.deepEqual(
      prepared.map(({ inspection }) => inspection?.coverSecrets),
      [true, false, true],
    );
  });

  it("says what makes a picture hard to read before money is spent", async () => {
    const quality = [{ problem: "It is blurred.", advice: "Hold still." }];
    let told: unknown;
    const confirm: RunOptions["confirm"] = async (doubts) => {
      told = doubts.quality;
      return "nothing";
    };
    const { report } = await run(jobs.audit, source, options({ confirm }), around({ quality }));
    assert.deepEqual([told, asked], [quality, 0]);
    assert.ok(report.notes.some((note) => /It is blurred\. Hold still\./.test(note)));
  });

  it("takes secrets out of the answer, too", async () => {
    const leaky = { ...auditAnswer, summary: "The form shows 4111 1111 1111 1111 and ada@example.org." };
    const { asked: bill, report } = await run(jobs.audit, source, options(), around({}, leaky));
    assert.match(report.summary, /shows \[payment card number\] and \[e-mail address\]\./);
    assert.doesNotMatch(JSON.stringify(bill), /4111/);
    const off = await run(
      jobs.audit,
      source,
      options({ redaction: "off" }),
      around({ covered: false }, leaky),
    );
    assert.match(off.report.summary, /4111/);
  });

  it("asks nobody offline; what needs the model says so", async () => {
    const offline = options({ offline: true });
    const result = await run(jobs.audit, source, offline, { ...around({}), ask: undefined });
    assert.deepEqual([asked, result.asked, result.report.findings], [0, undefined, []]);
    await refused(() => run(jobs.diagram, source, offline, around({})), /needs Claude.*Set an API key/);
  });
});
