import assert from "node:assert/strict";
import sharp from "sharp";
import { coloursIn } from "../../../src/measure/colourShares.js";
import { drawMarks } from "../../../src/measure/drawMarks.js";
import { viewPicture } from "../../../src/measure/view.js";
import { drawn } from "../../support/drawn.js";
import { pixel, plainPicture } from "../../support/pictures.js";

const filled = (width: number, height: number, [red, green, blue]: number[]) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, index) => [red, green, blue][index % 3] ?? 0),
});

describe("a view of a picture", () => {
  it("is the region asked for, cut to the picture, and says how places map", async () => {
    const picture = await drawn('<rect x="100" y="50" width="40" height="20" fill="#ff0000"/>', 200, 100);
    const view = await viewPicture(picture, {
      region: { x: 100.4, y: 50, width: 500, height: 20 },
      longEdge: 50,
      cover: [],
      marks: [],
    });
    assert.deepEqual(view?.region, { x: 100, y: 50, width: 100, height: 20 });
    assert.deepEqual([view?.width, view?.height, view?.scale], [50, 10, 0.5]);
    assert.deepEqual(view?.picture, { width: 200, height: 100 });
    assert.deepEqual(await pixel(Buffer.from(view?.bytes ?? []), 5, 5), [255, 0, 0]);
    assert.deepEqual(
      view?.colours.map(({ colour }) => colour),
      ["#ffffff", "#ff0000"],
    );
  });

  it("shows nothing of what is covered, not even in its colours", async () => {
    const picture = await drawn('<rect x="10" y="10" width="50" height="50" fill="#00ff00"/>', 100, 100);
    const cover = [{ x: 8, y: 8, width: 54, height: 54 }];
    const view = await viewPicture(picture, { longEdge: 100, cover, marks: [] });
    assert.ok(view?.colours.every(({ colour }) => colour !== "#00ff00"));
    assert.deepEqual(await pixel(Buffer.from(view?.bytes ?? []), 30, 30), [0x1f, 0x1f, 0x1f]);
  });

  it("is none where the region lies outside", async () => {
    const picture = await plainPicture(20, 20).png().toBuffer();
    const region = { x: 20, y: 0, width: 5, height: 5 };
    assert.equal(await viewPicture(picture, { region, longEdge: 100, cover: [], marks: [] }), undefined);
  });

  it("is upright, whatever the file's orientation", async () => {
    const lying = await sharp(await plainPicture(40, 20).jpeg().toBuffer())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const view = await viewPicture(lying, { longEdge: 100, cover: [], marks: [] });
    assert.deepEqual([view?.width, view?.height], [20, 40]);
  });
});

describe("marks in a picture", () => {
  it("frame a place from outside, and leave it as it is", () => {
    const pixels = filled(60, 60, [255, 255, 255]);
    drawMarks(pixels, [{ number: 12, box: { x: 20, y: 30, width: 20, height: 10 } }]);
    const at = (x: number, y: number) => [...pixels.data.subarray((y * 60 + x) * 3, (y * 60 + x) * 3 + 3)];
    const line = [196, 0, 108];
    assert.deepEqual([at(19, 35), at(40, 35), at(30, 40)], [line, line, line]);
    for (let y = 30; y < 40; y++) for (let x = 20; x < 40; x++) assert.deepEqual(at(x, y), [255, 255, 255]);
    // The plate with the number stands above.
    assert.deepEqual(at(19, 20), line);
  });

  it("stay inside of the picture", () => {
    const pixels = filled(10, 10, [0, 0, 0]);
    drawMarks(pixels, [
      { number: 7, box: { x: -50, y: -50, width: 500, height: 500 } },
      { number: 123, box: { x: 9, y: 9, width: 1, height: 1 } },
    ]);
    assert.equal(pixels.data.length, 300);
  });
});

describe("the colours of a picture", () => {
  it("are the exact ones, with their shares, the smoothed edges counted to what is nearest", () => {
    const pixels = filled(100, 10, [250, 251, 252]);
    for (let at = 0; at < 300; at++) pixels.data[at] = 30;
    for (let at = 300; at < 306; at++) pixels.data[at] = 240;
    const [ground, ink, ...others] = coloursIn(pixels);
    assert.deepEqual([ground?.colour, ink?.colour], ["#fafbfc", "#1e1e1e"]);
    assert.deepEqual([ground?.share, ink?.share], [0.9, 0.1]);
    assert.deepEqual(others, []);
  });

  it("of noise are few", () => {
    const pixels = filled(200, 200, [0, 0, 0]);
    for (let at = 0; at < pixels.data.length; at++) pixels.data[at] = (at * 2_654_435_761) >>> 24;
    assert.ok(coloursIn(pixels).length <= 12);
  });
});
