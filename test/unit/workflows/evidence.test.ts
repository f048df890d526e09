import assert from "node:assert/strict";
import type { Box, ControlMark, Finding, TextMark } from "../../../src/report.js";
import { standingOf } from "../../../src/report.js";
import { audit } from "../../../src/workflows/audit/audit.js";
import { measuredFindings } from "../../../src/workflows/audit/measured.js";
import { noRulings } from "../../../src/workflows/audit/rulings.js";
import type { AuditFinding } from "../../../src/workflows/audit/schema.js";
import { seenPicture } from "../../support/geometry.js";
import { control, text } from "../../support/marks.js";

const pale = text("T1", 0xaa, { x: 40, y: 40, width: 200, height: 18 });
const dark = text("T2", 0x33, { x: 40, y: 80, width: 200, height: 18 });
const unread = text(
  "T3",
  0x99,
  { x: 40, y: 120, width: 200, height: 18 },
  {
    contrast: { status: "unmeasured", reason: "It could not be read with certainty." },
  },
);
const small = control("C1", 40, 18);
const smallToo = control("C2", 62, 18);
const roomy = control("C3", 300, 18);
const large = control("C4", 500, 40);
const seen = seenPicture("page.png", 1280, 800, {
  texts: [pale, dark, unread],
  controls: [small, smallToo, roomy, large],
});

const claim = (criterion: string, more: Partial<AuditFinding> = {}): AuditFinding => ({
  title: "Claimed",
  criterion,
  impact: "serious",
  where: "somewhere",
  part: 1,
  box: { x: 0, y: 0, width: 0, height: 0 },
  marks: [],
  value: 0,
  problem: "",
  affected: "",
  fix: "",
  confidence: "high",
  ...more,
});

function judged(...findings: AuditFinding[]): Finding[] {
  return audit.evaluate({ summary: "", setAside: [], findings, cannotTell: [] }, [seen]).findings;
}
const claimed = (finding: AuditFinding): Finding | undefined =>
  judged(finding).find(({ title }) => title === "Claimed");

/** A heading that passes at 3.5:1, and small text that fails at 4.48:1. */
const place: Box = { x: 40, y: 40, width: 200, height: 18 };
const heading = text("T1", 0x88, place, { fontSize: 32 });
if (heading.contrast.status === "measured") Object.assign(heading.contrast, { needed: 3, passes: true });
const nearly = text("T2", 0x77, { ...place, y: 80 });

const claimedIn = (texts: TextMark[], controls: ControlMark[], finding: AuditFinding): Finding | undefined =>
  audit
    .evaluate({ summary: "", setAside: [], findings: [finding], cannotTell: [] }, [
      seenPicture("p.png", 1280, 800, { texts, controls }),
    ])
    .findings.find(({ title }) => title === "Claimed");

describe("evidence", () => {
  it("confirms a claim that the pixels bear out, with the number", () => {
    const finding = claimed(claim("1.4.3", { marks: ["T1"], value: 2 }));
    assert.equal(finding?.evidence, "confirmed");
    assert.match(finding?.measured ?? "", /Measured: 2\.32:1, #aaaaaa on #ffffff; 4\.5:1 is needed/);
  });

  it("contradicts a claim that they deny, with both numbers", () => {
    const finding = claimed(claim("1.4.3", { marks: ["T2"], value: 2.8 }));
    assert.equal(finding?.evidence, "contradicted");
    assert.match(finding?.measured ?? "", /Claimed: about 2\.8:1\. Measured: 12\.63:1/);
    assert.equal(finding && standingOf(finding), "contradicted");
  });

  it("neither confirms nor contradicts what was not measured, or what pixels cannot say", () => {
    assert.equal(claimed(claim("1.4.3", { marks: ["T3"] }))?.evidence, "seen");
    assert.equal(claimed(claim("1.4.3", { marks: ["T2", "T3"] }))?.evidence, "seen");
    assert.equal(claimed(claim("1.4.1", { marks: ["T2"] }))?.evidence, "seen");
    assert.equal(claimed(claim("1.4.3", { marks: ["T99"] }))?.evidence, "seen");
  });

  it("judges small targets, and denies none whose neighbours may not all be known (M14)", () => {
    assert.equal(claimed(claim("2.5.8", { marks: ["C1"] }))?.evidence, "confirmed");
    assert.equal(claimed(claim("2.5.8", { marks: ["C3"], value: 18 }))?.evidence, "seen");
    assert.equal(claimed(claim("2.5.8", { marks: ["C4"] }))?.evidence, "contradicted");
    assert.equal(claimed(claim("2.5.5", { marks: ["C4"] }))?.evidence, "confirmed");
  });

  it("cites the mark that fails, not the one with the lowest number", () => {
    const finding = claimedIn([heading, nearly], [], claim("1.4.3", { marks: ["T1", "T2"] }));
    assert.equal(finding?.evidence, "confirmed");
    assert.match(finding?.measured ?? "", /^Measured: 4\.4\d:1, #7\w{5} on #ffffff; 4\.5:1 is needed\.$/);
    const spaced = control("C1", 300, 12);
    const tight = [control("C2", 40, 18), control("C3", 62, 18)];
    const size = claimedIn([], [spaced, ...tight], claim("2.5.8", { marks: ["C1", "C2", "C3"] }));
    assert.match(size?.measured ?? "", /^Measured: 18 × 18 CSS px/);
  });

  it("confirms a claim about several controls where one of them fails", () => {
    const mixed = [control("C1", 40, 18), control("C2", 62, 18), control("C3", 500, 40)];
    const finding = claimedIn([], mixed, claim("2.5.8", { marks: ["C1", "C3"] }));
    assert.equal(finding?.evidence, "confirmed");
  });

  it("grants 2.5.5 no exception for room around a target", () => {
    const finding = claimedIn([], [control("C1", 300, 30)], claim("2.5.5", { marks: ["C1"] }));
    assert.match(finding?.measured ?? "", /; 44 × 44 is needed\.$/);
  });

  it("gives no verdict on a border within the error of its threshold", () => {
    const at = (boundary: number) => control("C1", 300, 40, { kind: "field", boundary });
    const evidence = (boundary: number) =>
      claimedIn([], [at(boundary)], claim("1.4.11", { marks: ["C1"] }))?.evidence;
    assert.deepEqual([2.9, 2.97, 3.1].map(evidence), ["confirmed", "seen", "contradicted"]);
    const found = (boundary: number) =>
      measuredFindings(
        { ...seen.measurement, texts: [], controls: [at(boundary)] },
        { level: "AA", rulings: noRulings, named: [] },
      );
    assert.deepEqual(
      [2.9, 2.97, 3.1].map((boundary) => found(boundary).length),
      [1, 0, 0],
    );
  });

  it("adds what was measured and not named, once, and never again what was", () => {
    const none = judged();
    assert.deepEqual(
      none.map(({ criterion, evidence, marks }) => [criterion?.number, evidence, marks]),
      [
        ["1.4.3", "measured", ["T1"]],
        ["2.5.8", "measured", ["C1", "C2"]],
      ],
    );
    const named = judged(claim("1.4.3", { marks: ["T1"] }), claim("2.5.8", { marks: ["C1"] }));
    assert.deepEqual(
      named.map(({ evidence, marks }) => [evidence, marks]),
      [
        ["confirmed", ["T1"]],
        ["confirmed", ["C1"]],
        ["measured", ["C2"]],
      ],
    );
  });

  it("snaps a box to the marks that it covers, and leaves one that covers too many", () => {
    const snapped = claimed(claim("1.4.3", { box: { x: 35, y: 36, width: 220, height: 26 } }));
    assert.deepEqual([snapped?.marks, snapped?.box], [["T1"], pale.box]);
    const region = claimed(claim("1.4.10", { box: { x: 0, y: 0, width: 1280, height: 800 } }));
    assert.deepEqual([region?.marks, region?.box], [[], { x: 0, y: 0, width: 1280, height: 800 }]);
  });

  it("waits for a person where the model is unsure and the pixels are silent", () => {
    const unsure = claimed(claim("1.4.1", { confidence: "low" }));
    assert.equal(unsure && standingOf(unsure), "review");
    assert.equal(unsure && standingOf({ ...unsure, decision: "accepted" }), "stands");
    assert.equal(unsure && standingOf({ ...unsure, decision: "dismissed" }), "dismissed");
    const sure = claimed(claim("1.4.3", { marks: ["T1"], confidence: "low" }));
    assert.equal(sure && standingOf(sure), "stands");
  });

  it("knows findings without a place by their titles, so that deciding about one leaves the other", () => {
    const keys = judged(
      claim("3.3.2", { title: "No label on the search field" }),
      claim("3.3.2", { title: "No format for the date" }),
    ).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });

  it("has a key of its own for each finding: near each other, or about the same marks (C16)", () => {
    const box = { x: 300, y: 300, width: 20, height: 20 };
    const findings = judged(
      claim("1.4.1", { box, title: "One" }),
      claim("1.4.1", { box: { ...box, x: 310 }, title: "Beside it" }),
      claim("1.4.3", { marks: ["T1"], title: "Pale" }),
      claim("1.4.3", { marks: ["T1"], title: "Pale, too" }),
    );
    assert.equal(new Set(findings.map(({ key }) => key)).size, findings.length);
  });
});
