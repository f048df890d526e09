import assert from "node:assert/strict";
import fc from "fast-check";
import { findDefects } from "../../../src/measure/defects/findDefects.js";
import { findText } from "../../../src/measure/findText.js";
import type { DisplayDefect } from "../../../src/measure/measurement.js";
import { findOutlines } from "../../../src/measure/outlines.js";
import { findPatches } from "../../../src/measure/patches.js";
import { drawn } from "../../support/drawn.js";
import { pixelsOf } from "../../support/measured.js";

const label = (x: number, y: number, text: string, size = 16, more = "") =>
  `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}" fill="#24292f" ${more}>${text}</text>`;
const rect = (x: number, y: number, width: number, height: number, style: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" ${style}/>`;

async function defectsIn(shapes: string, width = 700, height = 200): Promise<DisplayDefect[]> {
  const pixels = await pixelsOf(await drawn(shapes, width, height));
  const outlines = findOutlines(pixels, findPatches(pixels, false), 1);
  const { segments } = findText(pixels, false);
  return findDefects({ pixels, ratio: 1, segments, outlines });
}

const toldOf = (defects: readonly DisplayDefect[]) => defects.map(({ kind, by }) => [kind, by]);

/** Grey boxes of one height in a row, each with its place and width. */
const row = (boxes: ReadonlyArray<readonly [x: number, y: number, width: number]>, height = 40): string =>
  boxes.map(([x, y, width]) => rect(x, y, width, height, 'fill="#c8d0dc"')).join("");

describe("display defects", () => {
  it("says nothing of text, cards and buttons as they should be", async () => {
    const shapes = [
      label(30, 40, "Two people are needed at the spray booth, Jim and Lilly."),
      label(30, 58, "Their masks hang in the left drawer (why?), by the glaze."),
      rect(30, 80, 300, 90, 'fill="#eef1f5"'),
      label(46, 112, "Glazing on Thursday"),
      label(46, 140, "FIRM HINT: MIX THINLY"),
      row([
        [360, 90, 60],
        [440, 90, 60],
        [520, 90, 60],
        [600, 90, 60],
      ]),
    ];
    assert.deepEqual(await defectsIn(shapes.join("")), []);
  });

  it("finds text whose lower half is cut off by its box", async () => {
    const clip = '<clipPath id="half"><rect x="0" y="0" width="700" height="35"/></clipPath>';
    const whole = label(360, 40, "Delivery of the glazes");
    const found = await defectsIn(
      clip + label(30, 40, "Delivery of the glazes", 16, 'clip-path="url(#half)"') + whole,
    );
    assert.deepEqual(toldOf(found), [["clipped", undefined]]);
    assert.ok(found.every(({ box }) => box.x < 40 && box.x + box.width < 300 && box.y + box.height === 35));
  });

  it("finds two lines that are drawn over each other, with how far they are apart", async () => {
    const upper = label(30, 40, "Two people are needed at the booth");
    const lower = (off: number) => label(30, 40 + off, "Masks hang in the left drawer there");
    assert.deepEqual(toldOf(await defectsIn(upper + lower(10))), [["overlapping", 10]]);
    assert.deepEqual(await defectsIn(upper + lower(18)), []);
  });

  it("finds the one of a row that stands off its line, or out of step", async () => {
    const at = (x: number, y = 50): [number, number, number] => [x, y, 90];
    assert.deepEqual(toldOf(await defectsIn(row([at(30), at(140, 51), at(250), at(360)]))), [
      ["misaligned", 1],
    ]);
    assert.deepEqual(toldOf(await defectsIn(row([at(30), at(140), at(252), at(360), at(470)]))), [
      ["misaligned", 2],
    ]);
    assert.deepEqual(await defectsIn(row([at(30), at(140, 58), at(250), at(360)])), []);
  });

  it("finds the one of a row that is two pixels wider, and takes one pixel for a share of the width", async () => {
    const wide = (width: number): Array<[number, number, number]> => [
      [30, 50, 90],
      [140, 50, width],
      [250 + width - 90, 50, 90],
      [360 + width - 90, 50, 90],
    ];
    assert.deepEqual(toldOf(await defectsIn(row(wide(92)))), [["nearlyEqual", 2]]);
    assert.deepEqual(await defectsIn(row(wide(91))), []);
  });

  it("says nothing of even rows, wherever they stand", async () => {
    const rows = fc.record({
      x: fc.integer({ min: 5, max: 60 }),
      y: fc.integer({ min: 5, max: 90 }),
      width: fc.integer({ min: 30, max: 80 }),
      gap: fc.integer({ min: 3, max: 30 }),
      count: fc.integer({ min: 4, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(rows, async ({ x, y, width, gap, count }) => {
        const boxes = Array.from({ length: count }, (_, index): [number, number, number] => [
          x + index * (width + gap),
          y,
          width,
        ]);
        assert.deepEqual(await defectsIn(row(boxes), 760), []);
      }),
      { numRuns: 25 },
    );
  });
});
