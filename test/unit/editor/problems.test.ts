import assert from "node:assert/strict";
import { Uri } from "vscode";
import { Problems } from "../../../src/editor/findings/problems.js";
import type { Finding } from "../../../src/report.js";
import { standIn } from "../../support/vscodeStandIn.js";

const finding = (key: string, evidence: Finding["evidence"] = "measured"): Finding => ({
  key,
  title: `Title ${key}`,
  criterion: { number: "1.4.3", name: "Contrast (Minimum)", level: "AA", url: "https://www.w3.org/" },
  impact: "serious",
  where: "",
  problem: "",
  affected: "",
  fix: "",
  confidence: "high",
  evidence,
  measured: "2:1.",
  marks: [],
});

describe("the Problems panel", () => {
  beforeEach(() => standIn.reset());
  const uri = Uri.file("/w/a.png");
  const listed = () => standIn.diagnostics.get(uri.toString());

  it("lists what the pixels say, alone or with the model", () => {
    const problems = new Problems();
    problems.show({}, uri, [
      finding("a"),
      finding("b", "confirmed"),
      finding("c", "seen"),
      { ...finding("d"), decision: "dismissed" },
      { ...finding("e"), setAside: "disabled" },
    ]);
    assert.deepEqual(listed(), ["Title a. 2:1.", "Title b. 2:1."]);
  });

  it("keeps one result's when another of the same file is closed", () => {
    const problems = new Problems();
    const [first, second] = [{}, {}];
    problems.show(first, uri, [finding("a"), finding("b")]);
    problems.show(second, uri, [finding("b"), finding("c")]);
    assert.deepEqual(listed(), ["Title a. 2:1.", "Title b. 2:1.", "Title c. 2:1."]);
    problems.clear(second);
    assert.deepEqual(listed(), ["Title a. 2:1.", "Title b. 2:1."]);
    problems.clear({});
    assert.equal(listed()?.length, 2);
    problems.clear(first);
    assert.equal(listed(), undefined);
  });

  it("lists nothing where the setting is off", () => {
    standIn.settings.set("screenshotWorkbench.problems", false);
    new Problems().show({}, uri, [finding("a")]);
    assert.deepEqual(listed(), []);
  });
});
