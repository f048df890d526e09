import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { type FoundCode, findCodes } from "../../../src/measure/codes.js";
import { findText } from "../../../src/measure/findText.js";
import { coverPlaces } from "../../../src/measure/redact.js";
import type { Box } from "../../../src/report.js";
import { drawnCode } from "../../support/codes.js";
import { drawn, drawnTexts } from "../../support/drawn.js";
import { endOcr, measured, pixelsOf } from "../../support/measured.js";

/** A page with pictures on it, one below the other. */
const page = (...pictures: Buffer[]): Promise<Buffer> =>
  sharp({ create: { width: 700, height: 500 * pictures.length + 300, channels: 3, background: "#ffffff" } })
    .composite(pictures.map((input, index) => ({ input, left: 60, top: 100 + 500 * index })))
    .png()
    .toBuffer();

const found = async (bytes: Buffer): Promise<FoundCode[]> => findCodes(await pixelsOf(bytes));

/** Whether all ink is in the boxes: what is left after covering is of one colour. */
async function coversAll(bytes: Buffer, boxes: Box[]): Promise<boolean> {
  const pixels = await pixelsOf(bytes);
  coverPlaces(pixels, boxes);
  return pixels.data.every((value) => value === 0x1f || value > 250);
}

const address = "https://example.com/enrol?secret=JBSWY3DPEHPK3PXP";

describe("QR and bar codes", () => {
  after(endOcr);

  it("are found with every pixel of theirs, whatever their kind and wherever they stand (S2)", async () => {
    const kinds = [
      ["QRCode", "qr", address],
      ["EAN13", "bar", "5901234123457"],
      ["Code128", "bar", "TICKET-88-A1"],
      ["DataMatrix", "bar", address],
      ["PDF417", "bar", address],
      ["Aztec", "bar", address],
    ] as const;
    for (const [format, kind, text] of kinds)
      for (const angle of [0, 90, 180, 270]) {
        const code = sharp(await drawnCode(text, format, 3)).rotate(angle);
        const bytes = await page(await code.png().toBuffer());
        const codes = await found(bytes);
        assert.deepEqual(
          codes.map((one) => one.kind),
          [kind],
          `${format} at ${angle}°`,
        );
        assert.ok(
          await coversAll(
            bytes,
            codes.map(({ box }) => box),
          ),
          `${format} at ${angle}° is covered`,
        );
      }
  });

  it("are covered with the digits that stand below their bars", async () => {
    for (const [format, text] of [
      ["EAN13", "5901234123457"],
      ["Code128", "TICKET-88-A1"],
    ] as const) {
      const bytes = await page(await drawnCode(text, format, 3, { addHRT: true }));
      const boxes = (await found(bytes)).map(({ box }) => box);
      assert.equal(boxes.length, 1);
      assert.ok(await coversAll(bytes, boxes), format);
    }
  });

  it("are found light on dark, leaning, and as a photo shows them", async () => {
    const code = await drawnCode(address, "QRCode", 5);
    const dark = await sharp(code).negate({ alpha: false }).png().toBuffer();
    const leaning = await sharp(code).rotate(20, { background: "#ffffff" }).png().toBuffer();
    const codes = await found(
      await sharp(await page(code, dark, leaning))
        .blur(1.2)
        .jpeg({ quality: 60 })
        .toBuffer(),
    );
    assert.deepEqual(
      codes.map(({ kind }) => kind),
      ["qr", "qr", "qr"],
    );
  });

  it("are found in a picture that is looked at in a smaller copy, at their place in the whole", async () => {
    const code = await drawnCode(address, "QRCode", 12);
    const { width = 0, height = 0 } = await sharp(code).metadata();
    const bytes = await sharp({ create: { width: 4600, height: 3800, channels: 3, background: "#ffffff" } })
      .composite([{ input: code, left: 3600, top: 2800 }])
      .png({ compressionLevel: 1 })
      .toBuffer();
    const [one, ...others] = await found(bytes);
    assert.ok(one);
    assert.deepEqual(others, []);
    const { x, y } = one.box;
    assert.ok(x >= 3600 && x + one.box.width <= 3600 + width, JSON.stringify(one.box));
    assert.ok(y >= 2800 && y + one.box.height <= 2800 + height, JSON.stringify(one.box));
    assert.ok(await coversAll(bytes, [one.box]));
  });

  it("are covered to the last bar where they lean", async () => {
    for (const angle of [-14, 9]) {
      const code = sharp(await drawnCode("5901234123457", "EAN13", 4));
      const bytes = await page(await code.rotate(angle, { background: "#ffffff" }).png().toBuffer());
      const boxes = (await found(bytes)).map(({ box }) => box);
      assert.equal(boxes.length, 1, `${angle}°`);
      assert.ok(await coversAll(bytes, boxes), `${angle}°`);
    }
  });

  it("are not seen in text, icons, tables, stripes and charts", async () => {
    const stripes = Array.from(
      { length: 60 },
      (_, index) => `<rect x="${20 + index * 9}" y="20" width="4" height="60" fill="#333"/>`,
    );
    const squares = Array.from(
      { length: 200 },
      (_, index) =>
        `<rect x="${20 + (index % 20) * 12}" y="${120 + Math.floor(index / 20) * 12}" width="9" height="9" fill="${index % 3 === 0 ? "#216e39" : "#ebedf0"}"/>`,
    );
    const frames = [40, 90, 140].map(
      (x) =>
        `<rect x="${x}" y="270" width="28" height="28" fill="none" stroke="#000" stroke-width="4"/><rect x="${x + 8}" y="278" width="12" height="12"/>`,
    );
    assert.deepEqual(await found(await drawn([...stripes, ...squares, ...frames].join(""), 640, 340)), []);
    const text = ["||||| |||| | ||| ||||||", "5901234123457", "IIIIIlllll11111IIIII"].map((line) => ({
      text: line,
    }));
    assert.deepEqual(await found(await drawnTexts(text)), []);
    for (const file of [
      "media/samples/checkout.png",
      "media/samples/crash.png",
      "media/samples/whiteboard.jpg",
      "test/fixtures/pictures/dashboard.png",
    ])
      assert.deepEqual(await found(await readFile(file)), [], file);
  });

  it("are secrets of a picture, and neither text nor controls of it", async () => {
    const code = await drawnCode(address, "QRCode", 4);
    const heading = await drawnTexts([{ text: "Scan this with your phone", size: 20 }], "#ffffff", 400);
    const bytes = await page(heading, code);
    const boxes = (await found(bytes)).map(({ box }) => box);
    assert.equal(findText(await pixelsOf(bytes), false, boxes).lines.length, 1, "its modules are not read");
    const { secrets, texts, controls } = await measured(bytes);
    assert.deepEqual(
      secrets.map(({ kind }) => kind),
      ["qr"],
    );
    assert.deepEqual(
      texts.map(({ text }) => text),
      ["Scan this with your phone"],
    );
    assert.deepEqual(controls, []);
  });
});
