import assert from "node:assert/strict";
import { deltaE2000 } from "../../../../src/measure/compare/deltaE2000.js";

describe("CIEDE2000", () => {
  it("is 0 for one colour and 100 for black and white", () => {
    assert.equal(deltaE2000([12, 200, 99], [12, 200, 99]), 0);
    assert.ok(Math.abs(deltaE2000([0, 0, 0], [255, 255, 255]) - 100) < 0.01);
  });

  it("is the same both ways", () => {
    assert.ok(
      Math.abs(deltaE2000([200, 30, 90], [40, 90, 220]) - deltaE2000([40, 90, 220], [200, 30, 90])) < 1e-9,
    );
  });

  it("has red and green further apart than red and orange", () => {
    assert.ok(deltaE2000([255, 0, 0], [0, 128, 0]) > deltaE2000([255, 0, 0], [255, 128, 0]));
  });
});
