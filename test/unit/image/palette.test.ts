import assert from "node:assert/strict";
import sharp from "sharp";
import { encodePalette } from "../../../src/image/palette.js";

/** A page of two nearly equal grounds, with text-like pixels of many colours in between. */
function page(colours: number): { data: Uint8Array; width: number; height: number } {
  const [width, height] = [400, 320];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const rare = x % 10 === 0 && y % 2 === 0;
      const number = (Math.floor(x / 10) * height + y) % colours;
      const colour = rare
        ? [(number * 37) % 256, (number * 11 + 40) % 256, (number * 71) % 256]
        : x < 200
          ? [255, 255, 255]
          : [246, 248, 250];
      data.set(colour, (y * width + x) * 3);
    }
  }
  return { data, width, height };
}

describe("a palette", () => {
  for (const colours of [10, 60]) {
    it(`keeps grounds exact and every pixel close, with ${colours} further colours`, async () => {
      const picture = page(colours);
      const png = await encodePalette(picture);
      assert.ok(png);
      const back = await sharp(png).toColourspace("srgb").raw().toBuffer();
      let worst = 0;
      for (let index = 0; index < back.length; index++)
        worst = Math.max(worst, Math.abs((back[index] ?? 0) - (picture.data[index] ?? 0)));
      assert.ok(worst < 16, `off by ${worst}`);
      const pixel = (x: number) => [...back.subarray((401 + x) * 3 - 3, (401 + x) * 3)];
      assert.deepEqual(
        [pixel(5), pixel(305)],
        [
          [255, 255, 255],
          [246, 248, 250],
        ],
      );
    });
  }

  it("is not made for a photograph", async () => {
    const noise = sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: "#808080",
        noise: { type: "gaussian", mean: 128, sigma: 50 },
      },
    });
    const data = await noise.raw().toBuffer();
    assert.equal(await encodePalette({ data, width: 200, height: 200 }), undefined);
  });
});
