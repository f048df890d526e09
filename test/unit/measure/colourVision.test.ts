import assert from "node:assert/strict";
import fc from "fast-check";
import { type Colour, contrastRatio, differenceOf } from "../../../src/measure/colour.js";
import { deficiencies, deltaE, simulated } from "../../../src/measure/colourVision.js";

const level = fc.integer({ min: 0, max: 255 });
const colour: fc.Arbitrary<Colour> = fc.tuple(level, level, level);
const red: Colour = [200, 30, 30];

describe("simulated colour vision", () => {
  it("leaves greys as they are", () => {
    fc.assert(
      fc.property(level, fc.constantFrom(...deficiencies), (grey, deficiency) => {
        const seen = simulated([grey, grey, grey], deficiency);
        assert.ok(differenceOf(seen, [grey, grey, grey]) <= 1, String(seen));
      }),
    );
  });

  it("gives the published matrices' colours", () => {
    const sees = (one: Colour) => deficiencies.map((deficiency) => simulated(one, deficiency));
    assert.deepEqual(sees([255, 0, 0]), [
      [109, 95, 0],
      [163, 144, 0],
      [255, 0, 15],
    ]);
    assert.deepEqual(sees([0, 255, 0]), [
      [255, 229, 0],
      [239, 214, 58],
      [0, 247, 217],
    ]);
    assert.deepEqual(sees([0, 0, 255]), [
      [0, 89, 255],
      [0, 61, 251],
      [0, 107, 150],
    ]);
  });

  it("makes red and a green of its brightness alike to protans and deutans, but not to tritans", () => {
    const green: Colour = [20, 115, 40];
    const [protan = 1, deutan = 1, tritan = 0] = deficiencies.map((deficiency) =>
      deltaE(simulated(red, deficiency), simulated(green, deficiency)),
    );
    assert.ok(contrastRatio(red, green) < 1.1);
    assert.ok(Math.max(protan, deutan) < 0.1 && Math.min(deltaE(red, green), tritan) > 0.29);
  });

  it("is far from black for white, the same for one colour, and the same both ways", () => {
    assert.ok(Math.abs(deltaE([0, 0, 0], [255, 255, 255]) - 1) < 1e-6);
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        assert.equal(deltaE(one, one), 0);
        assert.equal(deltaE(one, other), deltaE(other, one));
      }),
    );
  });
});
