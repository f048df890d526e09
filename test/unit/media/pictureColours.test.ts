import assert from "node:assert/strict";
import fc from "fast-check";
import { clustersOf } from "../../../media/panel/picture/clusters.js";
import { contrastRatio, hexOf } from "../../../media/panel/picture/contrast.js";
import { inPicture } from "../../../media/panel/picture/covers.js";
import { matrices } from "../../../media/panel/picture/simulation.js";
import { encoded, hex, linear, contrastRatio as measured } from "../../../src/measure/colour.js";
import { deficiencies, simulated } from "../../../src/measure/colourVision.js";

const level = fc.nat(255);
const colour = fc.tuple(level, level, level);

describe("colours on the page", () => {
  it("have the contrast that is measured", () => {
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        assert.ok(Math.abs(contrastRatio(one, other) - measured(one, other)) < 1e-9);
        assert.equal(hexOf(one), hex(one));
      }),
    );
  });

  it("are simulated as they are measured", () => {
    fc.assert(
      fc.property(colour, fc.constantFrom(...deficiencies), (seen, deficiency) => {
        const light = seen.map((value) => linear[value] ?? 0);
        const matrix = matrices[deficiency];
        const shown = [0, 1, 2].map((row) =>
          encoded([0, 1, 2].reduce((sum, at) => sum + (matrix[3 * row + at] ?? 0) * (light[at] ?? 0), 0)),
        );
        assert.deepEqual(shown, [...simulated(seen, deficiency)]);
      }),
    );
  });
});

describe("a cover that is drawn by hand", () => {
  it("hides every pixel of the picture that the rectangle touches, and none outside of the picture", () => {
    const size = { width: 640, height: 400 };
    const real = fc.double({ min: -50, max: 700, noNaN: true });
    const length = fc.double({ min: 0, max: 800, noNaN: true });
    fc.assert(
      fc.property(real, real, length, length, (x, y, width, height) => {
        const cover = inPicture({ x, y, width, height }, size);
        assert.ok(cover.x >= 0 && cover.y >= 0 && cover.width >= 0 && cover.height >= 0);
        assert.ok(cover.width === 0 || cover.x + cover.width <= size.width);
        const touches = x < size.width && x + width > 0;
        if (touches) {
          assert.ok(cover.x <= Math.max(0, x));
          assert.ok(cover.x + cover.width >= Math.min(size.width, x + width));
        }
      }),
    );
  });
});

describe("numbers on the picture (U23)", () => {
  const box = fc.record({ x: fc.nat(900), y: fc.nat(900), width: fc.nat(200), height: fc.nat(80) });

  it("are each in one cluster, and those far from each other are alone", () => {
    fc.assert(
      fc.property(fc.array(box), (boxes) => {
        const clusters = clustersOf(
          boxes.map((one) => ({ box: one })),
          17,
        );
        assert.equal(clusters.flat().length, boxes.length);
      }),
    );
    const at = (x: number, y: number) => ({ box: { x, y, width: 50, height: 20 } });
    assert.deepEqual(
      clustersOf([at(100, 100), at(110, 104), at(400, 100)], 17).map(({ length }) => length),
      [2, 1],
    );
    assert.equal(clustersOf([at(100, 100), at(110, 104), at(400, 100)], 5).length, 3);
  });
});
