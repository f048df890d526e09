import assert from "node:assert/strict";
import { audit } from "../../src/workflows/audit/audit.js";
import { plainShot } from "../bench/measure/shots.js";
import type { TruthRun } from "../bench/measure/truth.js";
import { addAudit, emptyScore } from "../bench/prompts/scoreAudit.js";
import { scoreTriage } from "../bench/prompts/scoreTriage.js";
import { auditAnswer } from "../support/cannedAnswers.js";
import { seenPicture } from "../support/geometry.js";
import { text } from "../support/marks.js";

const row = (y: number) => ({ x: 40, y, width: 200, height: 18 });
const run = (y: number, worst: number, exempt?: TruthRun["exempt"]): TruthRun => ({
  words: [{ text: "Words", box: row(y), letters: row(y), worst, best: worst }],
  worst,
  best: worst,
  needed: 4.5,
  fontSize: 16,
  bold: false,
  exempt,
  shadowed: false,
  causes: [],
});
const truth = {
  runs: [run(40, 2.3), run(80, 2.3, "disabled"), run(120, 2.3), run(160, 9)],
  controls: [],
  shot: plainShot,
};
const [claimed] = auditAnswer.findings;
assert.ok(claimed);
const claim = { ...claimed, criterion: "1.4.3", box: { x: 0, y: 0, width: 0, height: 0 } };
const seen = seenPicture("page.png", 1280, 800, {
  texts: [
    text("T1", 0xaa, row(40)),
    text("T2", 0xaa, row(80)),
    text("T3", 0xaa, row(120)),
    text("T4", 0x33, row(160)),
  ],
});
const scored = (answer: Pick<typeof auditAnswer, "findings" | "setAside">) => {
  const score = emptyScore();
  const evaluated = audit.evaluate({ summary: "", cannotTell: [], ...answer }, [seen]);
  const wrong = addAudit(score, truth, { answer: evaluated, measurement: seen.measurement });
  return { score, wrong };
};

describe("the scorer of audits", () => {
  it("knows true claims from false ones and those that the pixels deny", () => {
    const { score } = scored({
      setAside: [],
      findings: [
        { ...claim, marks: ["T1"] },
        { ...claim, marks: ["T2"] },
        { ...claim, marks: ["T4"] },
        { ...claim, criterion: "1.4.1", marks: ["T1"] },
      ],
    });
    assert.deepEqual(
      [score.claimsTrue, score.claimsFalse, score.claimsContradicted, score.claimsOpen],
      [1, 1, 1, 1],
    );
    assert.deepEqual([score.textsRight, score.textsExempt, score.runs, score.runsReported], [2, 1, 2, 2]);
  });

  it("counts what is set aside with right and what is not", () => {
    const { score, wrong } = scored({
      setAside: [{ marks: ["T2", "T3"], reason: "disabled" }],
      findings: [],
    });
    assert.deepEqual([score.asideRight, score.asideWrong], [1, 1]);
    assert.deepEqual([score.textsExempt, score.runsReported, score.runsSetAside], [0, 1, 1]);
    assert.deepEqual(wrong, ["failing, set aside: T3 Words of T3"]);
  });
});

describe("the scorer of triages", () => {
  it("takes an empty field for right where nothing is shown", () => {
    const bug = {
      name: "x",
      width: 1,
      height: 1,
      ratio: 1,
      expected: { url: "empty", title: /Type/, steps: /b/ },
    } as const;
    const answer = { url: null, title: { value: "TypeError", confidence: "high" }, steps: ["a"] };
    assert.deepEqual(scoreTriage(bug, { answer }), { right: 2, wrong: ['steps: "a" for /b/'] });
  });
});
