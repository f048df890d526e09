import assert from "node:assert/strict";
import { textNeeds } from "../../../src/checks/textContrast.js";
import type { Colour } from "../../../src/measure/colour.js";
import { judgeContrast } from "../../../src/measure/verdict.js";

const white: Colour = [255, 255, 255];
/** On white 3.54:1: enough for large text alone. */
const grey: Colour = [136, 136, 136];

/** @param em the font's size in CSS pixels, known exactly */
function contrastOf(em: number, isBold: boolean) {
  const size = { height: em * 0.73, em, least: em, most: em, weight: isBold ? 0.2 : 0.1 };
  const colours = { foreground: grey, worst: white, best: white, below: 0, above: 0 };
  const box = { x: 0, y: 0, width: 100, height: em };
  return judgeContrast(
    {
      box,
      text: "Totals",
      confidence: 95,
      size,
      shape: "text",
      besideText: false,
      outlined: false,
      signs: 6,
      colours,
    },
    [1],
    textNeeds,
    { legible: true, oneOfMany: false },
  );
}

describe("what WCAG asks of a text's contrast", () => {
  const sizes: Array<[em: number, isBold: boolean, needed: number]> = [
    [23.9, false, 4.5],
    [24, false, 3],
    [16, true, 4.5],
    [18.6, true, 4.5],
    [18.67, true, 3],
    [18.67, false, 4.5],
  ];
  for (const [em, isBold, needed] of sizes)
    it(`is ${needed}:1 at ${em} px${isBold ? " in bold" : ""}`, () => {
      const contrast = contrastOf(em, isBold);
      assert.ok(contrast.status === "measured");
      assert.equal(contrast.needed, needed);
      assert.equal(contrast.passes, needed === 3);
    });
});
