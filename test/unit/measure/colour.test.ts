import assert from "node:assert/strict";
import fc from "fast-check";
import { type Colour, contrastRatio, hex, nearestPassing } from "../../../src/measure/colour.js";

const channel = fc.integer({ min: 0, max: 255 });
const anyColour: fc.Arbitrary<Colour> = fc.tuple(channel, channel, channel);

describe("contrast", () => {
  it("is WCAG's", () => {
    assert.equal(contrastRatio([0, 0, 0], [255, 255, 255]), 21);
    // The examples that everybody uses: #777 just fails on white, #767676 just passes.
    assert.equal(contrastRatio([0x77, 0x77, 0x77], [255, 255, 255]).toFixed(2), "4.48");
    assert.equal(contrastRatio([0x76, 0x76, 0x76], [255, 255, 255]).toFixed(2), "4.54");
    assert.equal(contrastRatio([0xff, 0, 0], [255, 255, 255]).toFixed(2), "4.00");
  });
});

describe("the nearest colour that passes", () => {
  it("passes on every ground", () => {
    fc.assert(
      fc.property(anyColour, anyColour, fc.constantFrom(3, 4.5), (colour, ground, needed) => {
        assert.ok(contrastRatio(nearestPassing(colour, ground, needed), ground) >= needed);
      }),
      { numRuns: 500 },
    );
  });

  it("changes no more than it takes", () => {
    assert.equal(hex(nearestPassing([0x77, 0x77, 0x77], [255, 255, 255], 4.5)), "#767676");
    assert.ok(contrastRatio(nearestPassing([0xb6, 0xbc, 0xc4], [255, 255, 255], 4.5), [255, 255, 255]) < 4.6);
  });

  it("keeps the hue, and leaves greys grey", () => {
    const [red, green, blue] = nearestPassing([0x6f, 0xc2, 0x8a], [255, 255, 255], 4.5);
    assert.ok(green > blue && blue > red, `${red} ${green} ${blue}`);
    const [r, g, b] = nearestPassing([255, 255, 255], [0x7e, 0xe2, 0xa8], 4.5);
    assert.ok(r === g && g === b);
  });
});
