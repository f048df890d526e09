import assert from "node:assert/strict";
import fc from "fast-check";
import type { Rgb } from "../../../../src/image/palette.js";
import { comparePictures } from "../../../../src/measure/compare/compare.js";
import type { Change } from "../../../../src/measure/compare/comparison.js";
import { button, fill, inkColour, page, screen, withRows, word } from "./drawing.js";

const told = async (before: Rgb, after: Rgb): Promise<Change[]> =>
  (await comparePictures(before, after)).changes.filter(
    ({ kind }) => kind !== "shifted" && kind !== "canvas",
  );

/** The one change that is told. */
async function only(before: Rgb, after: Rgb): Promise<Change> {
  const changes = await told(before, after);
  assert.equal(changes.length, 1, JSON.stringify(changes));
  const [change] = changes;
  if (!change) throw new Error("There is no change");
  return change;
}

describe("comparing two pictures", () => {
  it("says nothing of a picture and itself", async () => {
    const same = await comparePictures(screen(), screen());
    assert.deepEqual(same, {
      scale: 1,
      rows: [{ before: 0, after: 0, length: 400 }],
      changes: [],
      noise: 0,
    });
  });

  it("tells a tint that can just be seen, with its colours", async () => {
    const after = screen((picture) => {
      fill(picture, button, [52, 116, 240]);
      word(picture, 76, 133, [8, 15, 4, 10, 2], [255, 255, 255]);
    });
    const { kind, before, after: place, colours } = await only(screen(), after);
    assert.deepEqual({ kind, before, place }, { kind: "recoloured", before: button, place: button });
    assert.equal(colours?.[0]?.from, "#2f6fed");
    assert.equal(colours?.[0]?.to, "#3474f0");
    assert.ok((colours?.[0]?.deltaE ?? 0) > 1 && (colours?.[0]?.deltaE ?? 0) < 3);
  });

  it("tells what was added, and what was removed", async () => {
    const badge = { x: 360, y: 80, width: 50, height: 20 };
    const more = screen((picture) => fill(picture, badge, [200, 30, 30]));
    const added = await only(screen(), more);
    assert.deepEqual([added.kind, added.before, added.after], ["added", undefined, badge]);
    const removed = await only(more, screen());
    assert.deepEqual([removed.kind, removed.before, removed.after], ["removed", badge, undefined]);
  });

  it("tells other words in one region", async () => {
    const after = screen((picture) => {
      fill(picture, { x: 60, y: 90, width: 40, height: 10 }, [255, 255, 255]);
      word(picture, 63, 90, [10, 13, 3], inkColour);
    });
    const { kind, after: place } = await only(screen(), after);
    assert.equal(kind, "retexted");
    assert.ok(place && place.x >= 60 && place.y >= 90 && place.x + place.width <= 92);
  });

  it("reads the words of what changed, where it is given a reader", async () => {
    const after = screen((picture) => {
      fill(picture, button, [200, 60, 30]);
      word(picture, 76, 133, [8, 15, 4, 10, 2], [255, 255, 255]);
    });
    const { changes } = await comparePictures(screen(), after, {
      read: async (lines) => lines.map(() => [{ text: "Save", confidence: 90, x: 0, width: 9 }]),
    });
    assert.deepEqual(
      changes.map(({ words }) => words),
      [{ before: "Save", after: "Save" }],
    );
  });

  it("tells what moved alone, and by how much", async () => {
    const without = (picture: Rgb) => fill(picture, { x: 60, y: 90, width: 40, height: 10 }, [255, 255, 255]);
    const after = screen((picture) => {
      without(picture);
      word(picture, 84, 90, [5, 2, 12, 7], inkColour);
    });
    const { kind, by } = await only(screen(), after);
    assert.deepEqual({ kind, by }, { kind: "moved", by: { x: 24, y: 0 } });
  });

  it("takes what was pushed by a banner for no change, but says by how much", async () => {
    const banner = page(480, 40, [255, 243, 196]);
    word(banner, 20, 15, [9, 9, 1, 4], inkColour);
    const { changes, rows } = await comparePictures(screen(), withRows(screen(), 0, banner));
    assert.deepEqual(
      changes.filter(({ kind }) => kind !== "canvas").map(({ kind, by }) => ({ kind, by })),
      [
        { kind: "added", by: undefined },
        { kind: "shifted", by: { x: 0, y: 40 } },
      ],
    );
    assert.deepEqual(rows, [{ before: 0, after: 40, length: 400 }]);
  });

  it("takes a page that moved by a pixel for the same", async () => {
    const line = page(480, 1, [255, 255, 255]);
    assert.deepEqual(await told(screen(), withRows(screen(), 0, line)), []);
  });

  it("matches a picture with the same at twice the pixels", async () => {
    const twice = (picture: Rgb): Rgb => {
      const large = page(picture.width * 2, picture.height * 2);
      for (let y = 0; y < large.height; y++)
        for (let x = 0; x < large.width; x++) {
          const from = ((y >> 1) * picture.width + (x >> 1)) * 3;
          large.data.set(picture.data.subarray(from, from + 3), (y * large.width + x) * 3);
        }
      return large;
    };
    const { scale, changes } = await comparePictures(screen(), twice(screen()));
    assert.deepEqual({ scale, changes }, { scale: 2, changes: [] });
    const badge = { x: 360, y: 80, width: 50, height: 20 };
    const { changes: more } = await comparePictures(
      screen(),
      twice(screen((picture) => fill(picture, badge, [200, 30, 30]))),
    );
    assert.deepEqual(
      more.map(({ kind, after }) => ({ kind, after })),
      [{ kind: "added", after: { x: 720, y: 160, width: 100, height: 40 } }],
    );
  });

  it("leaves out what is to be ignored", async () => {
    const after = screen((picture) => fill(picture, { x: 400, y: 300, width: 30, height: 20 }, [9, 9, 9]));
    const ignore = [{ x: 395, y: 295, width: 40, height: 30 }];
    assert.deepEqual((await comparePictures(screen(), after, { ignore })).changes, []);
  });

  it("mirrors what it tells when the pictures change places", async () => {
    const box = fc.record({
      x: fc.integer({ min: 350, max: 420 }),
      y: fc.integer({ min: 60, max: 150 }),
      width: fc.integer({ min: 12, max: 50 }),
      height: fc.integer({ min: 12, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(box, async (place) => {
        const more = screen((picture) => fill(picture, place, [180, 40, 60]));
        const [forth, back] = [await only(screen(), more), await only(more, screen())];
        assert.deepEqual([forth.kind, forth.after], ["added", { ...place }]);
        assert.deepEqual([back.kind, back.before], ["removed", { ...place }]);
      }),
      { numRuns: 15 },
    );
  });

  it("finds one insertion wherever rows are put in between two lines", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 16, max: 60 }),
        async (line, size) => {
          const rows = page(480, size, [244, 246, 250]);
          word(rows, 40, Math.floor(size / 2) - 5, [15, 15, 1, 2, 15, 8], [160, 20, 20]);
          const { kind } = await only(screen(), withRows(screen(), 210 + line * 28, rows));
          assert.equal(kind, "added");
        },
      ),
      { numRuns: 15 },
    );
  });
});
