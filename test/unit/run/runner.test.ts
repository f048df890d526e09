import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CancelledError } from "../../../src/errors.js";
import { preparePicture } from "../../../src/image/prepare.js";
import type { PreparedPicture } from "../../../src/image/prepared.js";
import type { Measurement } from "../../../src/measure/measurement.js";
import type { PrepareRequest } from "../../../src/measure/process/messages.js";
import { createAnthropic } from "../../../src/providers/anthropic/anthropic.js";
import { OversizedImageError } from "../../../src/providers/sizeErrors.js";
import { noUsage } from "../../../src/providers/usage.js";
import { evaluateRecord } from "../../../src/run/evaluate.js";
import type { RunDependencies } from "../../../src/run/types.js";
import type { RunResult } from "../../../src/store/runs/runResult.js";
import { workflows } from "../../../src/workflows/index.js";
import { auditAnswer, diagramAnswer, triageAnswer } from "../../support/cannedAnswers.js";
import { refused } from "../../support/expect.js";
import { nothingMeasured } from "../../support/geometry.js";
import { current, sample, sourceOf } from "../../support/pictures.js";
import { type RunOptions, run } from "../../support/run.js";
import { freshFolder, storesIn } from "../../support/stores.js";

const bytes = sample("checkout.png");
const source = sourceOf("checkout.png", bytes);
const secret = { kind: "card" as const, box: { x: 10, y: 20, width: 200, height: 20 } };

describe("a run", () => {
  let picture: PreparedPicture;
  let prepared: PrepareRequest[];
  let asked: number;
  before(async () => {
    picture = await preparePicture(bytes, source.name, current);
  });
  beforeEach(() => {
    prepared = [];
    asked = 0;
  });

  /** Nothing is known from before, unless these are stores from before. */
  const around = (
    measured: Partial<Measurement>,
    answer: unknown = auditAnswer,
    stores = storesIn(mkdtempSync(join(tmpdir(), "run-"))),
  ): RunDependencies => ({
    ...stores,
    provider: createAnthropic(),
    prepare: async (request) => {
      prepared.push(request);
      const measurement: Measurement = { ...nothingMeasured, covered: true, ...measured };
      return { picture, measurement: request.inspection && measurement };
    },
    ask: async ({ schema }, { onAnswer }) => {
      asked++;
      const whole = { value: schema.parse(answer), usage: noUsage, requestId: "req_1" };
      await onAnswer?.(whole);
      return whole;
    },
    compareFiles: () => Promise.reject(new Error("Nothing is compared")),
    checkMermaid: async () => ({ valid: true }),
    checkSchema: async () => [],
    now: () => 0,
  });
  /** The same, with each question booked before it is asked. */
  const withLedger = (): RunDependencies => {
    const deps = around({});
    const { ask } = deps;
    assert.ok(ask);
    return {
      ...deps,
      ask: async (question, how) => {
        await how.recorder?.sending({ input: 1000, output: 1000 });
        return ask(question, how);
      },
    };
  };
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
    const { pictures } = await run(workflows.audit, source, options(), around({ secrets: [secret] }));
    assert.deepEqual([prepared.length, prepared[0]?.inspection?.coverSecrets], [1, true]);
    assert.deepEqual([asked, pictures[0].measurement.covered], [1, true]);
  });

  it("asks the person before anything is sent, and sends what they decide", async () => {
    const decide = async (decision: "covered" | "uncovered" | "nothing") => {
      let before = -1;
      const confirm: RunOptions["confirm"] = async ({ secrets }) => {
        before = asked;
        assert.deepEqual(secrets, [secret]);
        return decision;
      };
      const result = await run(workflows.audit, source, options({ confirm }), around({ secrets: [secret] }));
      assert.equal(before, asked - (decision === "nothing" ? 0 : 1));
      return result;
    };
    assert.equal((await decide("covered")).pictures[0].measurement.covered, true);
    const { report, pictures } = await decide("uncovered");
    assert.equal(pictures[0].measurement.covered, false);
    assert.ok(
      report.notes.some((note) => /Sent uncovered, as you chose: a likely payment card number/.test(note)),
    );
    assert.deepEqual([prepared.at(-1)?.inspection, prepared.at(-1)?.cover], [undefined, undefined]);
    assert.equal((await decide("nothing")).response, undefined);
  });

  describe("with places that the person had covered", () => {
    const covers = [
      { x: 5, y: 6, width: 70, height: 8 },
      { x: 9, y: 90, width: 7, height: 8 },
    ];

    it("measures without them, and covers them beside secrets, also where those are sent uncovered", async () => {
      const measured = { secrets: [secret], covers };
      for (const decision of ["covered", "uncovered"] as const) {
        prepared = [];
        await run(
          workflows.audit,
          source,
          options({ covers, confirm: async () => decision }),
          around(measured),
        );
        assert.deepEqual([prepared[0]?.cover, prepared.at(-1)?.cover], [covers, covers], decision);
      }
    });

    it("is another question, and is known again with the same places alone, measured as they are covered", async () => {
      const stores = storesIn(mkdtempSync(join(tmpdir(), "run-")));
      const keys = new Set<string>();
      for (const [chosen, measured] of [
        [undefined, {}],
        [covers, { covers }],
        [covers.slice(1), { covers: covers.slice(1) }],
        [covers, { covers }],
      ] as const) {
        const { runKey, pictures } = await run(
          workflows.audit,
          source,
          options({ covers: chosen ?? [] }),
          around(measured, auditAnswer, stores),
        );
        keys.add(runKey);
        assert.deepEqual(pictures[0].measurement.covers, chosen);
      }
      assert.deepEqual([keys.size, asked, prepared.length], [3, 3, 3]);
    });

    it("covers them where a known answer's picture is prepared again, whatever is chosen by then", async () => {
      const folder = mkdtempSync(join(tmpdir(), "run-"));
      const deps = () => around({ covers }, auditAnswer, storesIn(folder));
      const first = await run(workflows.audit, source, options({ covers }), deps());
      const later = options({ cachedAs: first.settings, needsPicture: true });
      const { report } = await run(workflows.audit, source, later, deps());
      assert.deepEqual([asked, prepared.length, prepared.at(-1)?.cover], [1, 2, covers]);
      assert.ok(report.notes.includes("Covered by hand before it was used: 2 places."));
    });

    it("asks nothing where one lies outside of the picture, the second time, too", async () => {
      const { width, height } = picture;
      const stores = storesIn(mkdtempSync(join(tmpdir(), "run-")));
      for (const outside of [
        { x: width, y: 0, width: 9, height: 9 },
        { x: 0, y: height, width: 9, height: 9 },
        { x: width, y: 0, width: 9, height: 9 },
      ]) {
        const how = options({ covers: [...covers, outside] });
        const deps = around({ covers: [...covers, outside] }, auditAnswer, stores);
        await refused(() => run(workflows.audit, source, how, deps), /lies outside the picture/);
      }
      assert.equal(asked, 0);
    });
  });

  it("sends nothing when the person cancels", async () => {
    const confirm = async (): Promise<never> => {
      throw new CancelledError();
    };
    await assert.rejects(
      run(workflows.audit, source, options({ confirm }), around({ secrets: [secret] })),
      CancelledError,
    );
    assert.equal(asked, 0);
  });

  it("does not ask when secrets are always covered or never looked for, nor about nothing", async () => {
    const confirm = async (): Promise<never> => assert.fail("nobody should be asked");
    await run(
      workflows.audit,
      source,
      options({ confirm, redaction: "always" }),
      around({ secrets: [secret] }),
    );
    await run(workflows.audit, source, options({ confirm, redaction: "off" }), around({}));
    await run(workflows.audit, source, options({ confirm }), around({}));
    assert.deepEqual(
      prepared.map(({ inspection }) => inspection?.coverSecrets),
      [true, false, true],
    );
  });

  it("says before sending that much could not be read, where secrets are asked about (S2)", async () => {
    const asked: Array<number | undefined> = [];
    const confirm: RunOptions["confirm"] = async ({ illegible }) => {
      asked.push(illegible);
      return "nothing";
    };
    for (const illegible of [0.7, 0.2, undefined])
      await run(workflows.audit, source, options({ confirm }), around({ illegible }));
    await run(workflows.audit, source, options({ confirm, redaction: "always" }), around({ illegible: 0.7 }));
    assert.deepEqual(asked, [0.7]);
  });

  it("says what makes a picture hard to read before money is spent", async () => {
    const quality = [{ problem: "It is blurred.", advice: "Hold still." }];
    let told: unknown;
    const confirm: RunOptions["confirm"] = async (request) => {
      told = request.quality;
      return "nothing";
    };
    const { report } = await run(workflows.audit, source, options({ confirm }), around({ quality }));
    assert.deepEqual([told, asked], [quality, 0]);
    assert.ok(report.notes.some((note) => /It is blurred\. Hold still\./.test(note)));
  });

  it("asks before it spends more than is spent unasked", async () => {
    let cost: number | undefined;
    const confirm: RunOptions["confirm"] = async ({ aboveThreshold }) => {
      cost = aboveThreshold?.cost;
      return "nothing";
    };
    await run(workflows.audit, source, options({ confirm, confirmAbove: 0.01 }), around({}));
    assert.deepEqual([asked, (cost ?? 0) > 0.01], [0, true]);
    const never = async (): Promise<never> => assert.fail("nobody should be asked");
    await run(workflows.audit, source, options({ confirm: never, confirmAbove: 0.5 }), around({}));
  });

  it("asks before a model without a known price is asked, and sends nothing where nobody can be asked (C4)", async () => {
    const model = "gateway-7";
    await refused(
      () => run(workflows.audit, source, options({ model }), withLedger()),
      /price of gateway-7 is not known/,
    );
    const never: RunOptions["confirm"] = async ({ unpricedModel }) => {
      assert.equal(unpricedModel, model);
      return "nothing";
    };
    await run(workflows.audit, source, options({ model, confirm: never }), withLedger());
    assert.equal(asked, 0);
    const agreed: RunOptions["confirm"] = async () => "covered";
    const { response } = await run(
      workflows.audit,
      source,
      options({ model, confirm: agreed }),
      withLedger(),
    );
    assert.deepEqual([asked, response?.cost], [1, undefined]);
  });

  it("covers secrets in findings that stream in (a mutant)", async () => {
    const [finding] = auditAnswer.findings;
    assert.ok(finding);
    const leaky = { ...auditAnswer, findings: [{ ...finding, problem: "It shows 4111 1111 1111 1111." }] };
    const shown: string[] = [];
    const deps = around({}, leaky);
    const { ask } = deps;
    assert.ok(ask);
    await run(
      workflows.audit,
      source,
      options({
        onEvent: (event) => event.type === "findings" && shown.push(JSON.stringify(event.findings)),
      }),
      {
        ...deps,
        ask: (question, how) => {
          how.onText?.(JSON.stringify(leaky));
          return ask(question, how);
        },
      },
    );
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? "", /It shows \[payment card number\]/);
  });

  it("takes secrets out of the answer, too", async () => {
    const leaky = { ...auditAnswer, summary: "The form shows 4111 1111 1111 1111 and ada@example.org." };
    const { response, report } = await run(workflows.audit, source, options(), around({}, leaky));
    assert.match(report.summary, /shows \[payment card number\] and \[e-mail address\]\./);
    assert.doesNotMatch(JSON.stringify(response), /4111/);
    const off = await run(
      workflows.audit,
      source,
      options({ redaction: "off" }),
      around({ covered: false }, leaky),
    );
    assert.match(off.report.summary, /4111/);
  });

  it("asks nobody offline; what needs the model says so", async () => {
    const offline = options({ offline: true });
    const result = await run(workflows.audit, source, offline, { ...around({}), ask: undefined });
    assert.deepEqual([asked, result.response, result.report.findings], [0, undefined, []]);
    await refused(() => run(workflows.diagram, source, offline, around({})), /needs Claude.*Set an API key/);
  });

  describe("that was done before", () => {
    let folder: string;
    beforeEach(async () => {
      folder = await freshFolder();
    });
    const again = (measured: Partial<Measurement> = {}) => around(measured, auditAnswer, storesIn(folder));

    it("asks and prepares nothing, in any window, and says since when it is known", async () => {
      const first = await run(workflows.audit, source, options(), again());
      const neverRead = { ...source, bytes: () => assert.fail("the file is read") };
      const second = await run(workflows.audit, neverRead, options(), again());
      assert.deepEqual([asked, prepared.length], [1, 1]);
      assert.deepEqual(second.report, first.report);
      assert.ok(!Number.isNaN(Date.parse(second.response?.cachedAt ?? "")));
      assert.deepEqual([first.response?.cachedAt, second.pictures[0].prepared], [undefined, undefined]);
    });

    it("prepares the picture where it is to be shown, without measuring it again", async () => {
      await run(workflows.audit, source, options(), again({ secrets: [secret] }));
      const { pictures } = await run(workflows.audit, source, options({ needsPicture: true }), again());
      assert.ok(pictures[0].prepared);
      assert.deepEqual([asked, prepared.length], [1, 2]);
      assert.deepEqual([prepared[1]?.inspection, prepared[1]?.cover], [undefined, [secret.box]]);
    });

    it("is given back in its own geometry, where the API had asked for a smaller picture (C2)", async () => {
      let isRefused = false;
      const seen: PrepareRequest[] = [];
      const shrinking = (): RunDependencies => ({
        ...around({}, auditAnswer, storesIn(folder)),
        prepare: async (request) => {
          seen.push(request);
          const small = await preparePicture(request.bytes, request.name, request.limits);
          const measurement = { ...nothingMeasured, covered: true };
          return { picture: small, measurement: request.inspection && measurement };
        },
      });
      const deps = shrinking();
      const { ask } = deps;
      assert.ok(ask);
      const first = await run(workflows.audit, source, options(), {
        ...deps,
        ask: (question, how) => {
          if (isRefused) return ask(question, how);
          isRefused = true;
          throw new OversizedImageError({ width: 800, height: 500 });
        },
      });
      assert.equal(first.pictures[0].picture.parts[0]?.width, 800);
      const again = await run(workflows.audit, source, options({ needsPicture: true }), shrinking());
      const [{ picture: asAsked, prepared: shown }] = again.pictures;
      assert.deepEqual([asAsked.parts[0]?.width, shown?.parts[0].width], [800, 800]);
      assert.deepEqual(again.report.findings, first.report.findings);
      // So it is kept, and can be refined with the picture that was sent.
      const { history } = storesIn(folder);
      await history.keep(again);
      const kept = await history.find(again.runKey);
      const boxes = (result: RunResult | undefined) => result?.report.findings.map(({ box }) => box);
      assert.deepEqual(boxes(kept && evaluateRecord(kept)), boxes(first));
      assert.ok(boxes(first)?.some((box) => box !== undefined));
    });

    it("is found by its settings alone, whatever is set by then (C12); another picture is said to be one", async () => {
      const first = await run(workflows.audit, source, options({ effort: "high" }), again());
      const cachedAs = first.settings;
      const later = await run(
        workflows.audit,
        source,
        options({ model: "claude-opus-5-5", cachedAs }),
        again(),
      );
      assert.deepEqual([asked, later.runKey, later.response?.model], [1, first.runKey, "claude-sonnet-5-5"]);
      await refused(
        () => run(workflows.audit, { ...source, id: "0".repeat(64) }, options({ cachedAs }), again()),
        /The picture is another one by now/,
      );
      await storesIn(folder).cache.forget(source.id);
      await refused(
        () => run(workflows.audit, source, options({ cachedAs }), again()),
        /The answer is not there any more/,
      );
      assert.equal(asked, 1);
    });

    it("still says that secrets were sent uncovered (a mutant)", async () => {
      const uncovered: RunOptions["confirm"] = async () => "uncovered";
      const deps = () => again({ secrets: [secret] });
      const first = await run(workflows.audit, source, options({ confirm: uncovered }), deps());
      assert.equal(first.settings.redaction, "uncovered");
      const later = await run(
        workflows.audit,
        source,
        options({ cachedAs: first.settings, needsPicture: true }),
        deps(),
      );
      assert.equal(later.pictures[0].measurement.covered, false);
      assert.ok(later.report.notes.some((note) => /Sent uncovered, as you chose/.test(note)));
      assert.equal(prepared.at(-1)?.cover, undefined);
    });

    it("is asked again when the person wants that, and the new answer is the known one", async () => {
      await run(workflows.audit, source, options(), again());
      const other = { ...auditAnswer, summary: "Another." };
      await run(workflows.audit, source, options({ again: true }), around({}, other, storesIn(folder)));
      const { report } = await run(workflows.audit, source, options(), again());
      assert.deepEqual([asked, report.summary], [2, "Another."]);
    });

    it("is another question with another model, effort, redaction or way to measure; not with another name", async () => {
      await run(workflows.audit, source, options(), again());
      const variants: Array<Partial<RunOptions>> = [
        { model: "claude-opus-5-5" },
        { effort: "high" },
        { redaction: "off" },
        { measuring: { languages: ["eng"], languageFolder: undefined, pixelRatio: 2 } },
        { measuring: { languages: ["eng", "deu"], languageFolder: "/l", pixelRatio: undefined } },
      ];
      for (const variant of variants) await run(workflows.audit, source, options(variant), again());
      assert.equal(asked, 1 + variants.length);
      const { pictures } = await run(workflows.audit, { ...source, name: "b.png" }, options(), again());
      assert.deepEqual([asked, pictures[0].picture.name], [1 + variants.length, "b.png"]);
      // A model without effort takes none.
      await run(workflows.audit, source, options({ model: "claude-haiku-5-5" }), again());
      await run(workflows.audit, source, options({ model: "claude-haiku-5-5", effort: "high" }), again());
      assert.equal(asked, 2 + variants.length);
    });

    it("measures once for all workflows and models, but for a workflow that straightens photos by itself", async () => {
      await run(workflows.audit, source, options(), again());
      await run(workflows.audit, source, options({ model: "claude-opus-5-5" }), again());
      await run(workflows.triage, source, options(), around({}, triageAnswer, storesIn(folder)));
      // What is covered in the one is elsewhere in the other.
      await run(workflows.diagram, source, options(), around({}, diagramAnswer, storesIn(folder)));
      assert.deepEqual(
        prepared.map(({ inspection, improve }) => [inspection !== undefined, improve]),
        [
          [true, false],
          [false, false],
          [false, false],
          [true, true],
        ],
      );
    });

    it("is asked once when many ask at the same time, in one window or in several", async () => {
      const windows = [again(), again()];
      await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          run(workflows.audit, source, options(), windows[index % 2] ?? again()),
        ),
      );
      assert.equal(asked, 1);
    });

    it("takes a damaged answer for none, and says so in the log", async () => {
      const window = storesIn(folder);
      await run(workflows.audit, source, options(), around({}, auditAnswer, window));
      const contents = join(folder, "answers", "content-v2");
      const [file = ""] = (await readdir(contents, { recursive: true })).filter((name) =>
        /[0-9a-f]{60}$/.test(name),
      );
      const kept = await readFile(join(contents, file));
      await writeFile(join(contents, file), kept.subarray(0, kept.length - 7));
      await run(workflows.audit, source, options(), around({}, auditAnswer, window));
      assert.equal(asked, 2);
      assert.match(window.damages.join(), /answers: an entry is damaged/);
      const [bucket = ""] = (await readdir(join(folder, "answers", "index-v5"), { recursive: true })).filter(
        (name) => /[0-9a-f]{60}$/.test(name),
      );
      await appendFile(join(folder, "answers", "index-v5", bucket), "\nhalf a li");
      await run(workflows.audit, source, options(), around({}, auditAnswer, window));
      assert.equal(asked, 2);
    });

    it("forgets everything about a picture that is deleted", async () => {
      const window = storesIn(folder);
      await run(workflows.audit, source, options(), around({}, auditAnswer, window));
      await window.cache.forget(source.id);
      await run(workflows.audit, source, options(), again());
      assert.deepEqual([asked, prepared.filter(({ inspection }) => inspection).length], [2, 2]);
    });

    it("works without, where nothing can be kept, and says so once", async () => {
      const file = join(folder, "file");
      await writeFile(file, "");
      const window = storesIn(join(file, "no-folder"));
      for (let times = 0; times < 2; times++)
        await run(workflows.audit, source, options(), around({}, auditAnswer, window));
      assert.deepEqual([asked, window.troubles.length], [2, 1]);
    });

    it("says when a picture changed while it was read", async () => {
      const other = { ...source, bytes: async () => new Uint8Array([1]) };
      await refused(
        () => run(workflows.audit, other, options(), again()),
        /checkout\.png: The picture changed/,
      );
    });
  });
});
