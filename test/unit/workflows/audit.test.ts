import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { audit } from "../../../src/workflows/audit/audit.js";
import { completedItems } from "../../../src/workflows/completedItems.js";
import { workflows } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { seenPicture } from "../../support/geometry.js";

const seen = seenPicture("checkout.png", 1280, 800);
const { picture } = seen;

describe("audit", () => {
  it("puts the worst first and each finding at its place in the original", () => {
    const [part] = picture.parts;
    assert.ok(part);
    const halved = { ...picture, width: 2560, height: 1600, parts: [{ ...part, scale: { x: 0.5, y: 0.5 } }] };
    const { findings } = audit.evaluate(auditAnswer, [{ ...seen, picture: halved }]);
    assert.deepEqual(
      findings.map(({ impact }) => impact),
      ["critical", "serious", "moderate", "minor"],
    );
    assert.deepEqual(findings[1]?.box, { x: 76, y: 290, width: 892, height: 60 });
    assert.equal(findings[3]?.box, undefined);
    assert.equal(
      findings[0]?.criterion?.url,
      "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html",
    );
  });

  it("maps places of the second part of a tall page", () => {
    const [part] = picture.parts;
    const [finding] = auditAnswer.findings;
    assert.ok(part && finding);
    const tall = { ...picture, height: 2000, parts: [part, { ...part, offset: { x: 0, y: 1200 } }] };
    const { findings } = audit.evaluate({ ...auditAnswer, findings: [{ ...finding, part: 2 }] }, [
      { ...seen, picture: tall },
    ]);
    assert.equal(findings[0]?.box?.y, 1345);
  });

  it("always says what a picture cannot show", () => {
    const { notJudged } = audit.report(
      audit.evaluate({ ...auditAnswer, findings: [], cannotTell: [] }, [seen]),
      [seen],
    );
    assert.ok(
      notJudged.some((text) => /Keyboard/.test(text)) && notJudged.some((text) => /Motion/.test(text)),
    );
  });

  it("takes invisible characters out of an answer and says so", () => {
    const { report } = workflows.audit.evaluate({ ...auditAnswer, summary: "fine\u202E\u001b[2K" }, [seen]);
    assert.equal(report.summary, "fine");
    assert.ok(report.notes.some((note) => /Invisible characters/.test(note)));
  });
});

describe("an answer that is still arriving", () => {
  const text = JSON.stringify(auditAnswer);

  it("yields each finding once it is whole, in order, never a broken one", () => {
    let before = 0;
    for (let end = 0; end <= text.length; end++) {
      const findings = workflows.audit.provisional(text.slice(0, end), [seen]);
      assert.ok(findings.length >= before);
      before = findings.length;
      assert.deepEqual(
        findings.map(({ title }) => title),
        auditAnswer.findings.slice(0, findings.length).map(({ title }) => title),
      );
    }
    assert.equal(before, auditAnswer.findings.length);
  });

  it("survives any text", () => {
    const json = fc.string({
      unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "a", "1", '"findings":['),
    });
    fc.assert(fc.property(json, (any) => void completedItems(`{"findings":${any}`, "findings", z.unknown())));
  });

  it("is not fooled by brackets in strings, nor by the same key deeper down", () => {
    const value = { other: { items: [1, 2] }, items: [{ a: '}]{"items":[9]' }, { a: "\\" }] };
    assert.deepEqual(
      completedItems(JSON.stringify(value), "items", z.object({ a: z.string() })),
      value.items,
    );
  });
});
