import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import sharp from "sharp";
import type { Rgb } from "../../../src/image/palette.js";
import { turnedBack, turnedBy } from "../../../src/measure/turned.js";
import { mostIllegible } from "../../../src/run/consent.js";
import { drawnTexts } from "../../support/drawn.js";
import { endOcr, measured } from "../../support/measured.js";

const lines = [
  "Order 2041 was paid on 12 November",
  "Contact marta.keller@ledgerly.example",
  "It will be sent within three days",
  "Card 4111 1111 1111 1111 was used",
].map((text) => ({ text, size: 18 }));

describe("a picture that stands on its side or on its head", () => {
  after(endOcr);

  it("has its secrets where they are, without being turned (S2)", async () => {
    const upright = await drawnTexts(lines, "#ffffff", 600);
    const { height = 0 } = await sharp(upright).metadata();
    const expected = (await measured(upright)).secrets;
    assert.deepEqual(expected.map(({ kind }) => kind).sort(), ["card", "email"]);
    for (const quarters of [1, 2, 3] as const) {
      const angle = quarters * 90;
      const { secrets, illegible } = await measured(await sharp(upright).rotate(angle).png().toBuffer());
      assert.equal(illegible, 0, `${angle}°`);
      assert.equal(secrets.length, 2, `${angle}°`);
      for (const { kind, box } of secrets) {
        const there = turnedBack(box, { width: 600, height }, quarters);
        const same = expected.find((one) => one.kind === kind)?.box;
        assert.ok(same);
        for (const side of ["x", "y", "width", "height"] as const)
          assert.ok(
            Math.abs(there[side] - same[side]) <= 4,
            `${angle}° ${kind} ${JSON.stringify([there, same])}`,
          );
      }
    }
  });

  it("says how much of it could not be read", async () => {
    const upright = await drawnTexts([...lines, ...lines]);
    assert.equal((await measured(upright)).illegible, 0);
    const mirrored = await sharp(upright).flop().png().toBuffer();
    assert.ok(((await measured(mirrored)).illegible ?? 0) > mostIllegible);
  });

  it("is not what good screenshots and drawings are taken for", async () => {
    for (const file of [
      "media/samples/checkout.png",
      "media/samples/crash.png",
      "media/samples/whiteboard.jpg",
      "test/fixtures/pictures/dashboard.png",
    ]) {
      const { illegible = 1 } = await measured(await readFile(file));
      assert.ok(illegible < mostIllegible / 2, `${file}: ${illegible}`);
    }
  });

  it("is turned and back without a pixel lost", () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 2, 3), fc.nat(80), (width, height, quarters, seed) => {
        const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7 + seed) % 256);
        const original = { data, width, height };
        const turned = turnedBy(original, quarters);
        const index = seed % (width * height);
        const place = { x: index % turned.width, y: Math.floor(index / turned.width), width: 1, height: 1 };
        const before = turnedBack(place, original, quarters);
        const pixel = (before.y * width + before.x) * 3;
        assert.deepEqual(turned.data.subarray(index * 3, index * 3 + 3), data.subarray(pixel, pixel + 3));
        let again: Rgb = original;
        for (let turns = 0; turns < 4; turns++) again = turnedBy(again, quarters);
        assert.deepEqual(again, original);
      }),
    );
  });
});
