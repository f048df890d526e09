import assert from "node:assert/strict";
import fc from "fast-check";
import { levelled, slopeOf } from "../../../src/measure/slope.js";
import { drawn } from "../../support/drawn.js";
import { endOcr, wordsIn } from "../../support/measured.js";

/** Small letters, high ones and such with a descender. */
const shapes = {
  small: { height: 8, below: 0 },
  high: { height: 12, below: 0 },
  low: { height: 11, below: 3 },
};
const letters = (kinds: readonly (keyof typeof shapes)[], slope: number) =>
  kinds.map((kind, index) => {
    const { height, below } = shapes[kind];
    const x = 20 + index * 10;
    return { x, y: Math.round(100 + (x + 4) * slope) - height + below, width: 8, height };
  });
const kinds = fc.array(fc.constantFrom("small" as const, "high" as const, "low" as const), {
  minLength: 16,
  maxLength: 60,
});

describe("a line that is turned within its picture", () => {
  after(endOcr);

  it("is told by the bottoms of its letters, up or down, and stands level without it", () => {
    fc.assert(
      fc.property(kinds, fc.double({ min: 0.06, max: 0.25, noNaN: true }), fc.boolean(), (some, by, up) => {
        const slope = up ? -by : by;
        const line = letters(some, slope);
        const found = slopeOf(line);
        assert.ok(Math.abs(found - slope) < 0.03, `${found} for ${slope}`);
        assert.ok(levelled({ x: 20, y: 0, width: 0, height: 0, letters: line }, found).height <= 22);
      }),
    );
  });

  it("is none where it is level, whatever letters it has, or short", () => {
    fc.assert(
      fc.property(kinds, (some) => {
        // As many descenders at its end as letters can have there, but for a line of nothing else.
        assert.equal(slopeOf(letters([...some, ...some.toReversed()], 0)), 0);
      }),
    );
    assert.equal(slopeOf(letters(["high", "small", "small", "low"], 0.2)), 0);
    assert.equal(slopeOf([]), 0);
  });

  it("is read as well as a level one (S2)", async () => {
    const words = "Payment of 4711 was received on Thursday";
    for (const degrees of [-6, -3, 3, 6]) {
      const text = `<text x="0" y="0" font-family="DejaVu Sans" font-size="15">${words}</text>`;
      const turned = `<g transform="translate(30 80) rotate(${degrees})">${text}</g>`;
      assert.equal(await wordsIn(await drawn(turned, 460, 160)), words, `${degrees}°`);
    }
  });
});
