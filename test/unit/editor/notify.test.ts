import assert from "node:assert/strict";
import { Log } from "../../../src/editor/log.js";
import { failable, inert, possibleSteps, showError, showStatus } from "../../../src/editor/notify.js";
import { CancelledError, UserError } from "../../../src/errors.js";
import { standIn } from "../../support/vscodeStandIn.js";

const error = new UserError({ code: "keyRejected", problem: "The key is wrong.", advice: "Set another." });

describe("notifications", () => {
  beforeEach(() => standIn.reset());

  it("make links and icons of hostile names inert", () => {
    assert.equal(inert("[x](command:evil)\nb"), "[x]\u200B(command:evil) b");
    showStatus("$(trash) gone");
    assert.deepEqual(standIn.said, ["$(check) $ (trash) gone"]);
  });

  it("show an error with its steps and take the chosen one", async () => {
    standIn.answers.push("Set API Key");
    await showError(error, new Log());
    assert.deepEqual(standIn.said, ["The key is wrong. Set another."]);
    assert.deepEqual(standIn.executed, [["screenshotWorkbench.setApiKey"]]);
  });

  it("prefer the steps of whoever shows the error", async () => {
    let taken = 0;
    standIn.answers.push("Set API Key");
    await showError(error, new Log(), { setKey: () => taken++ });
    assert.deepEqual([taken, standIn.executed], [1, []]);
    assert.deepEqual(possibleSteps(new UserError({ code: "overloaded", problem: "", advice: "" }), {}), [
      "showLog",
    ]);
  });

  it("say nothing of what the person cancelled", async () => {
    await showError(new CancelledError(), new Log());
    assert.deepEqual(standIn.said, []);
  });

  it("let no command fail in silence, and tell nothing of what is not foreseen", async () => {
    await failable(new Log(), async () => Promise.reject(new Error("sk-ant-secret")))();
    assert.match(standIn.said.join(), /Something unexpected went wrong/);
    assert.doesNotMatch(standIn.said.join(), /sk-ant/);
  });
});
