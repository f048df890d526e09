import assert from "node:assert/strict";
import sharp from "sharp";
import { cropsOf } from "../../../src/image/crops.js";
import { toOriginal } from "../../../src/image/geometry.js";
import { cropLimits, visualTokens } from "../../../src/image/limits.js";
import { difference, pixel } from "../../support/pictures.js";

describe("places of a picture by themselves", () => {
  it("are cut at its own resolution, and know where they lie", async () => {
    const [width, height] = [2000, 1200];
    const data = new Uint8Array(width * height * 3).fill(255);
    // One red pixel.
    data.set([255, 0, 0], (704 * width + 1503) * 3);
    const place = { x: 1500, y: 700, width: 60, height: 40 };
    const [crop] = await cropsOf({ data, width, height }, [place]);
    assert.ok(crop);
    assert.deepEqual([crop.width, crop.height, crop.visualTokens], [60, 40, 6]);
    assert.deepEqual(toOriginal({ x: 0, y: 0, width: 60, height: 40 }, crop, { width, height }), place);
    assert.ok(difference(await pixel(crop.bytes, 3, 4), [255, 0, 0]) < 60);
    assert.ok(difference(await pixel(crop.bytes, 5, 4), [255, 255, 255]) < 60);
  });

  it("are smaller where they would cost too much, and still lie where they did", async () => {
    const [width, height] = [3000, 2000];
    const data = await sharp({ create: { width, height, channels: 3, background: "white" } })
      .raw()
      .toBuffer();
    const place = { x: 100, y: 50, width: 2800, height: 1900 };
    const [crop] = await cropsOf({ data, width, height }, [place]);
    assert.ok(crop && visualTokens(crop) <= cropLimits.visualTokens && crop.scale.x < 1);
    const { width: shown, height: high } = crop;
    assert.deepEqual(toOriginal({ x: 0, y: 0, width: shown, height: high }, crop, { width, height }), place);
  });
});
