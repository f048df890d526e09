import assert from "node:assert/strict";
import { UserError } from "../../src/errors.js";

const of = (code: UserError["code"]) => new UserError({ code, problem: "It broke.", advice: "Mend it." });

describe("an error for a person", () => {
  it("says by its code how the command line ends, what stops everything, and what may pass", () => {
    const rows = (
      ["pictureUnusable", "keyRejected", "answerRefused", "answerCutShort", "overloaded"] as const
    ).map((code) => [code, of(code).exitCode, of(code).stopsAll, of(code).isTransient, of(code).next[0]]);
    assert.deepEqual(rows, [
      ["pictureUnusable", 2, false, false, "chooseAnotherPicture"],
      ["keyRejected", 3, true, false, "setKey"],
      ["answerRefused", 3, false, false, "chooseModel"],
      ["answerCutShort", 3, false, false, "chooseAnotherPicture"],
      ["overloaded", 3, false, true, "runAgain"],
    ]);
  });

  it("keeps its code when it is said of a picture", () => {
    const error = of("budgetDaily").about("a.png");
    assert.equal(error.code, "budgetDaily");
    assert.equal(error.message, "a.png: It broke. Mend it.");
    assert.equal(error.about("b.png").picture, "a.png");
  });
});
