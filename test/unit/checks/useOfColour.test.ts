import assert from "node:assert/strict";
import { criterionOf } from "../../../src/checks/criteria.js";
import { tintFindings } from "../../../src/checks/useOfColour.js";
import type { Measurement, TintedText } from "../../../src/measure/measurement.js";
import { standing, standingOf } from "../../../src/report.js";
import { measuredFindings } from "../../../src/workflows/audit/measured.js";
import { noRulings } from "../../../src/workflows/audit/rulings.js";

/** @param words how many plain words stand on its line */
const tint = (text: string, words: number, contrast = 1.506, most = contrast): TintedText => ({
  text,
  box: { x: 280, y: 36, width: 110, height: 18 },
  colour: "#1a4a9c",
  beside: { text: "T1", colour: "#333333", words },
  contrast,
  most,
});

const marksOf = (...tinted: TintedText[]) => tintFindings(tinted).map(({ marks }) => marks);

describe("findings about tinted words", () => {
  it("are one for each pair of colours, with the numbers", () => {
    const other = { ...tint("T6", 8), colour: "#9c1a1a" };
    const [finding, ...others] = tintFindings([tint("T2", 8), tint("T4", 3), other]);
    assert.deepEqual(
      others.map(({ marks }) => marks),
      [["T6"]],
    );
    assert.deepEqual(
      [finding?.criterion?.number, finding?.evidence, finding?.marks],
      ["1.4.1", "measured", ["T2", "T4"]],
    );
    assert.equal(
      finding?.measured,
      "Measured: 1.50:1, #1a4a9c beside #333333; 3:1 is needed. Difference (ΔE OK): 0.18; simulated: 0.19 protan, 0.18 deutan, 0.14 tritan.",
    );
  });

  it("wait for a person, and count for nothing until then", () => {
    const findings = tintFindings([tint("T2", 8)]);
    assert.deepEqual(findings.map(standingOf), ["review"]);
    assert.deepEqual(standing(findings), []);
    const accepted = findings.map((one) => ({ ...one, decision: "accepted" as const }));
    assert.deepEqual(accepted.map(standingOf), ["stands"]);
  });

  it("say nothing from 3:1 on, nor where the contrast may be that", () => {
    assert.deepEqual(marksOf(tint("T2", 8, 3)), []);
    assert.deepEqual(marksOf(tint("T2", 8, 2.9, 3.1)), []);
    assert.deepEqual(marksOf(tint("T2", 8, 2.99)), [["T2"]]);
  });

  it("take more than one place where few words stand beside it", () => {
    assert.deepEqual(marksOf(tint("T2", 3)), []);
    assert.deepEqual(marksOf(tint("T2", 3), tint("T4", 3)), [["T2", "T4"]]);
  });

  it("are left out where the model has named them for the same criterion", () => {
    const page: Measurement = {
      pixelRatio: 1,
      texts: [],
      controls: [],
      tinted: [tint("T2", 8)],
      quality: [],
      secrets: [],
      covered: true,
      unread: 0,
    };
    const foundBeside = (criterion: string) =>
      measuredFindings(page, {
        level: "AA",
        rulings: noRulings,
        named: [{ criterion: criterionOf(criterion), marks: ["T2"] }],
      }).length;
    assert.deepEqual([foundBeside("1.4.1"), foundBeside("1.4.3")], [0, 1]);
  });
});
