import assert from "node:assert/strict";
import { choicesOf, confirmInDialog, decisionOf, reasonsOf } from "../../../src/editor/panel/consent.js";
import { Question } from "../../../src/editor/panel/question.js";
import type { ConsentRequest } from "../../../src/run/types.js";
import { standIn } from "../../support/vscodeStandIn.js";

const nothing: ConsentRequest = {
  secrets: [],
  quality: [],
  illegible: undefined,
  aboveThreshold: undefined,
  unpricedModel: undefined,
};
const withCard: ConsentRequest = {
  ...nothing,
  secrets: [{ kind: "card", box: { x: 10.4, y: 20.6, width: 200, height: 20 } }],
};
const blurred: ConsentRequest = {
  ...nothing,
  quality: [{ problem: "It is blurred.", advice: "Hold still." }],
};

describe("asking before a picture is sent", () => {
  beforeEach(() => standIn.reset());

  it("says what was found and where", () => {
    assert.deepEqual(reasonsOf(withCard), ["The picture shows a likely payment card number at 10, 21 px."]);
    assert.deepEqual(reasonsOf(blurred), ["The picture is hard to read. It is blurred. Hold still."]);
    assert.deepEqual(reasonsOf({ ...nothing, illegible: 0.714 }), [
      "About 71 % of the lines of text could not be read: a secret in them is not covered.",
    ]);
  });

  it("says what is not looked for, in the panel and in the dialog", async () => {
    assert.match(new Question().view("Audit", withCard, true).caution, /Names.*faces.*not looked for/);
    standIn.answers.push("Cover and Ask Claude");
    await confirmInDialog(withCard, true);
    assert.match(standIn.said.join("\n"), /Names.*faces.*not looked for/);
  });

  it("offers to cover first, and what is measured where that is something", () => {
    const labels = (request: ConsentRequest, canMeasure: boolean) =>
      choicesOf(request, canMeasure).map(({ label }) => label);
    assert.deepEqual(labels(withCard, true), [
      "Cover and Ask Claude",
      "Send Uncovered",
      "Measure Only",
      "Cancel",
    ]);
    assert.deepEqual(labels(blurred, false), ["Ask Claude Anyway", "Cancel"]);
  });

  it("sends nothing when it is dismissed", async () => {
    assert.throws(() => decisionOf(undefined), { name: "CancelledError" });
    await assert.rejects(confirmInDialog(withCard, true), { name: "CancelledError" });
    standIn.answers.push("Send Uncovered");
    assert.equal(await confirmInDialog(withCard, true), "uncovered");
  });

  it("waits in the panel for a choice, and ends with the run", async () => {
    const question = new Question();
    const stop = new AbortController();
    const first = question.decision(stop.signal);
    question.choose("offline");
    assert.equal(await first, "nothing");
    const second = question.decision(stop.signal);
    stop.abort();
    await assert.rejects(second, { name: "CancelledError" });
    await assert.rejects(question.decision(stop.signal), { name: "CancelledError" });
    question.choose("send");
  });
});
