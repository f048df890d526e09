import assert from "node:assert/strict";
import fc from "fast-check";
import sharp from "sharp";
import { forecastVisualTokens } from "../../../src/image/forecast.js";
import { toOriginal } from "../../../src/image/geometry.js";
import { letterHeight } from "../../../src/image/letters.js";
import { fits, visualTokens } from "../../../src/image/limits.js";
import { mostVisualTokens, planPicture } from "../../../src/image/plan.js";
import { preparePicture } from "../../../src/image/prepare.js";
import { allVisualTokens } from "../../../src/image/prepared.js";
import { pixelsOf } from "../../support/measured.js";
import { current, difference, older, pixel } from "../../support/pictures.js";

const words = "The order was placed by a customer who had not paid for it before. ".repeat(6);

/** Lines of text with letters of this height, in a picture of this size. DejaVu Sans: capitals are 0.73 em high. */
function page(
  width: number,
  height: number,
  letters: number,
  { left = 40, top = 40, right = width - 40, bottom = height - 40, ink = "#222", ground = "#fff" } = {},
): Promise<Buffer> {
  const size = letters / 0.73;
  const lines = Array.from({ length: Math.floor((bottom - top) / (size * 1.6)) }, (_, index) => {
    const fitting = words.slice(0, Math.max(8, Math.floor((right - left) / (size * 0.62))));
    return `<text x="${left}" y="${top + size * (1.6 * index + 1)}">${fitting}</text>`;
  });
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${ground}"/>
      <g fill="${ink}" font-family="DejaVu Sans" font-size="${size}">${lines.join("")}</g></svg>`,
    ),
  )
    .png()
    .toBuffer();
}

describe("letters", () => {
  it("are measured to a quarter of their height, on light and dark grounds, as JPEG too", async () => {
    for (const letters of [7, 10, 14, 22, 34])
      for (const colours of [{}, { ink: "#ddd", ground: "#1e1e1e" }]) {
        const png = await page(1000, 700, letters, colours);
        const jpeg = await sharp(png).jpeg({ quality: 85 }).toBuffer();
        for (const bytes of [png, jpeg]) {
          const measured = (await letterHeight(await pixelsOf(bytes), false)) ?? 0;
          assert.ok(measured > letters * 0.7 && measured < letters * 1.3, `${letters}: ${measured}`);
        }
      }
  });

  it("are not found where there are none", async () => {
    const boxes = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="100%" height="100%" fill="#fff"/><path d="M50 50 h200 v100 h-200 z M400 300 h200 v100 h-200 z M250 100 L400 350" fill="none" stroke="#000" stroke-width="3"/></svg>',
    );
    assert.equal(await letterHeight(await pixelsOf(await sharp(boxes).png().toBuffer()), false), undefined);
  });

  it("of the small print decide, not those of the headline", async () => {
    const both = await sharp(await page(1000, 700, 40, { bottom: 300 }))
      .composite([{ input: await page(1000, 380, 11), left: 0, top: 320 }])
      .png()
      .toBuffer();
    const measured = (await letterHeight(await pixelsOf(both), false)) ?? 0;
    assert.ok(measured > 8 && measured < 14, String(measured));
  });
});

describe("the size of a picture", () => {
  it("is the original's where its letters are 10 px high, as large as the model sees it", async () => {
    const small = await page(1900, 1300, 10);
    const { parts } = await preparePicture(small, "small", current);
    assert.deepEqual(parts[0].scale, { x: 1, y: 1 });
    const [cut] = (await preparePicture(small, "small", older)).parts;
    assert.ok(cut.visualTokens > 1400 && cut.visualTokens <= 1568, String(cut.visualTokens));
  });

  it("shrinks with large letters, until they are about 14 px high", async () => {
    for (const letters of [28, 42]) {
      const { parts } = await preparePicture(await page(1900, 1300, letters), "large", current);
      const sent = letters * parts[0].scale.x;
      assert.ok(sent > 12 && sent < 21, `${letters}: ${sent}`);
      assert.equal(parts.length, 1);
    }
  });

  it("holds a tall page in one piece where its letters allow it, and else in parts", async () => {
    const large = await preparePicture(await page(1000, 4000, 34), "large", current);
    assert.equal(large.parts.length, 1);
    const small = await preparePicture(await page(1000, 6000, 10), "small", current);
    assert.ok(small.parts.length > 1);
    for (const { scale } of small.parts) assert.ok(scale.x > 0.94, String(scale.x));
  });

  it("leaves a drawing's blank margins out, and places stay where they were", async () => {
    const at = { left: 700, top: 500, right: 1100, bottom: 700 };
    const bytes = await page(1800, 1200, 10, { ...at, ground: "#f3f3f3" });
    const picture = await preparePicture(bytes, "margins", current, { improve: true });
    const [part] = picture.parts;
    assert.deepEqual([picture.width, picture.height], [1800, 1200]);
    assert.ok(part.width < 700 && part.height < 400, `${part.width} × ${part.height}`);
    assert.ok(part.offset.x > 600 && part.offset.x < 700 && part.offset.y > 400 && part.offset.y < 510);
    // The same pixels at the same places.
    for (const [x, y] of [
      [40, 40],
      [60, 55],
      [120, 90],
      [200, 130],
    ] as const) {
      const box = toOriginal({ x, y, width: 1, height: 1 }, part, picture);
      assert.ok(box);
      const off = difference(await pixel(part.bytes, x, y), await pixel(bytes, box.x, box.y));
      assert.ok(off <= 16, `${x}, ${y}: ${off}`);
    }
  });

  it("is within the limits, no larger than the picture, and no more than was forecast", () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 1, max: 30_000 }),
          height: fc.integer({ min: 1, max: 30_000 }),
        }),
        fc.option(fc.integer({ min: 4, max: 90 }), { nil: undefined }),
        fc.tuple(fc.float({ min: 0, max: 1, noNaN: true }), fc.float({ min: 0, max: 1, noNaN: true })),
        fc.constantFrom(current, older),
        (size, letters, [across, down], limits) => {
          const shown = {
            x: 0,
            y: 0,
            width: Math.max(1, Math.round(size.width * across)),
            height: Math.max(1, Math.round(size.height * down)),
          };
          const { crop, whole, places, part, overview } = planPicture(size, { letters, shown }, limits);
          assert.ok(fits(part, limits));
          assert.ok(whole.width <= crop.width && whole.height <= crop.height);
          assert.ok(places.length <= 20);
          const { x = 0, y = 0 } = places.at(-1) ?? {};
          assert.deepEqual({ width: x + part.width, height: y + part.height }, whole);
          assert.equal(overview !== undefined, places.length > 1);
          assert.ok(!overview || fits(overview, { longEdge: 1568, visualTokens: 500 }));
          const tokens = places.length * visualTokens(part) + (overview ? visualTokens(overview) : 0);
          assert.ok(tokens <= mostVisualTokens(size, limits), `${tokens}`);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is the same within the limits that its own parts set, as an answer that is known shows it again", () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 20, max: 30_000 }),
          height: fc.integer({ min: 20, max: 30_000 }),
        }),
        fc.option(fc.integer({ min: 4, max: 90 }), { nil: undefined }),
        fc.constantFrom(current, older),
        (size, letters, limits) => {
          const looked = { letters, shown: { x: 0, y: 0, ...size } };
          const plan = planPicture(size, looked, limits);
          const { part, places } = plan;
          const own = {
            longEdge: Math.max(part.width, part.height),
            visualTokens: visualTokens(part),
            parts: places.length,
          };
          assert.deepEqual(planPicture(size, looked, own), plan);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is forecast from the file's head, never too low", async () => {
    for (const bytes of [await page(1900, 1300, 10), await page(1000, 6000, 12), await page(1200, 900, 40)]) {
      const forecast = await forecastVisualTokens(bytes, current);
      assert.ok(allVisualTokens(await preparePicture(bytes, "x", current)) <= forecast);
    }
  });
});
