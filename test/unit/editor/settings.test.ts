import assert from "node:assert/strict";
import { Keys } from "../../../src/editor/keys/keys.js";
import { chooseModel } from "../../../src/editor/models/chooseModel.js";
import { settings } from "../../../src/editor/settings.js";
import { secretStorage } from "../../support/editorServices.js";
import { standIn } from "../../support/vscodeStandIn.js";

const set = (key: string, value: unknown) => standIn.settings.set(`screenshotWorkbench.${key}`, value);
const get = (key: string) => standIn.settings.get(`screenshotWorkbench.${key}`);

describe("the settings", () => {
  beforeEach(() => standIn.reset());

  it("are what the manifest says where nobody set them, or set what does not parse", () => {
    for (const wrong of [undefined, null, -1, {}]) {
      set("atOnce", wrong);
      set("redaction", wrong);
      set("triage.effort", wrong);
      set("ocr.languages", wrong);
      assert.equal(settings.atOnce(), 4);
      assert.equal(settings.redaction(), "ask");
      assert.equal(settings.effort("triage"), "low");
      assert.deepEqual(settings.measuring(), {
        pixelRatio: undefined,
        languages: ["eng"],
        languageFolder: undefined,
      });
    }
  });

  it("have a workflow's own model before the model of all", () => {
    set("model", "claude-opus-5-5");
    set("audit.model", "claude-haiku-5-5");
    set("triage.model", "");
    assert.deepEqual(
      ["audit", "triage", undefined].map((workflow) => settings.model(workflow)),
      ["claude-haiku-5-5", "claude-opus-5-5", "claude-opus-5-5"],
    );
  });

  it("tell a workflow its own parameters, where they differ from what it does anyway", () => {
    const parameters = (workflow: string) => settings.asking(workflow).parameters;
    assert.deepEqual(parameters("audit"), {});
    for (const usual of ["AA", "A", 3]) {
      set("audit.level", usual);
      assert.deepEqual(parameters("audit"), {});
    }
    set("audit.level", "AAA");
    assert.deepEqual([parameters("audit"), parameters("triage")], [{ level: "AAA" }, {}]);
  });

  it("take a budget of 0 for no limit", () => {
    set("budget.daily", 0);
    assert.deepEqual(settings.caps(), { daily: Number.POSITIVE_INFINITY, command: 10 });
  });

  it("leave prices that are no prices aside", () => {
    set("prices", { mine: { input: 1, output: 2, cacheWrite: 1, cacheRead: 1 }, odd: { input: "x" } });
    assert.equal(settings.prices().mine?.output, 2);
    assert.equal(settings.prices().odd, undefined);
    assert.ok(settings.prices()["claude-sonnet-5-5"]);
  });
});

describe("choosing a model", () => {
  const keys = new Keys(secretStorage(), {});
  const modelItem = { model: "claude-opus-5-5", label: "Claude Opus 5.5" };
  beforeEach(() => standIn.reset());

  it("for one workflow leaves the others alone", async () => {
    standIn.answers.push(modelItem, "Triage Bug");
    await chooseModel(keys);
    assert.deepEqual([get("model"), get("triage.model")], [undefined, "claude-opus-5-5"]);
  });

  it("for all says which workflows have a model of their own, and sets it for these, too, on demand", async () => {
    set("audit.model", "claude-haiku-5-5");
    standIn.answers.push(modelItem, "All workflows", "Use It There, Too");
    await chooseModel(keys);
    assert.match(standIn.said.at(-1) ?? "", /Audit Accessibility/);
    assert.deepEqual([get("model"), get("audit.model")], ["claude-opus-5-5", ""]);
    set("audit.model", "claude-haiku-5-5");
    standIn.answers.push(modelItem, "All workflows");
    await chooseModel(keys);
    assert.deepEqual([get("model"), get("audit.model")], ["claude-opus-5-5", "claude-haiku-5-5"]);
  });
});
