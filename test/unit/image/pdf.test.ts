import assert from "node:assert/strict";
import fc from "fast-check";
import { openPicture } from "../../../src/image/open.js";
import type { OwnLine } from "../../../src/image/own.js";
import { countPages } from "../../../src/image/pdf/pdf.js";
import { preparePicture } from "../../../src/image/prepare.js";
import { refused } from "../../support/expect.js";
import { pixelsOf } from "../../support/measured.js";
import { encrypted, type PdfPage, writePdf } from "../../support/pdf.js";
import { current } from "../../support/pictures.js";

const linesOf = async (page: PdfPage): Promise<readonly OwnLine[]> =>
  (await openPicture(writePdf([page]))).ownLines;

/** Where a page has ink that is nearly black. */
async function inkBox(pdf: Uint8Array) {
  const { data, width, height } = await pixelsOf(pdf);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if ((data[(y * width + x) * 3] ?? 255) > 128) continue;
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
    }
  return { left, top, right, bottom };
}

describe("a page of a PDF", () => {
  it("is a picture of two pixels for each CSS pixel", async () => {
    const { width, height, pixelRatio, frames } = await openPicture(writePdf([{ width: 612, height: 792 }]));
    assert.deepEqual([width, height, pixelRatio, frames], [1632, 2112, 2, 1]);
  });

  it("is drawn smaller where it is a poster, and stays one of the same shape", async () => {
    const { width, height, pixelRatio = 0 } = await openPicture(writePdf([{ width: 14_400, height: 7_200 }]));
    assert.ok(width <= 8_000 && width * height <= 16_100_000, `${width} × ${height}`);
    assert.ok(Math.abs(width / height - 2) < 0.001);
    assert.ok(Math.abs(pixelRatio - width / (14_400 * (96 / 72))) < 0.001);
  });

  it("brings its words with size, weight and colour", async () => {
    const lines = await linesOf({
      content: [
        { text: "Total due", x: 72, y: 700, size: 18, font: "Helvetica-Bold", colour: [200, 30, 40] },
        { text: "EUR 1,234.50", x: 300, y: 700, size: 12, font: "Courier" },
      ],
    });
    assert.deepEqual(
      lines.map(({ words, em, bold, colour }) => [
        words.map(({ text }) => text),
        Math.round(em),
        bold,
        colour,
      ]),
      [
        [["Total", "due"], 48, true, [200, 30, 40]],
        [["EUR", "1,234.50"], 32, false, [0, 0, 0]],
      ],
    );
  });

  it("has its words where their ink is, however it is turned", async () => {
    for (const rotate of [0, 90, 180, 270]) {
      const page = { rotate, content: [{ text: "HAMBURG", x: 72, y: 650, size: 40 }] };
      const pdf = writePdf([page]);
      const ink = await inkBox(pdf);
      const [line] = (await openPicture(pdf)).ownLines;
      assert.ok(line, String(rotate));
      for (const [told, drawn] of [
        [line.x, ink.left],
        [line.y, ink.top],
        [line.x + line.width, ink.right],
        [line.y + line.height, ink.bottom],
      ] as const)
        assert.ok(Math.abs(told - drawn) <= 2, `${rotate}°: ${told} and ${drawn}`);
      assert.equal(line.words[0]?.text, "HAMBURG");
    }
  });

  it("has its words where their ink is, when only a part of it is shown", async () => {
    const page = {
      entries: "/CropBox [50 600 400 760]",
      content: [{ text: "HAMBURG", x: 72, y: 650, size: 40 }],
    };
    const pdf = writePdf([page]);
    const ink = await inkBox(pdf);
    const { ownLines, width } = await openPicture(pdf);
    assert.equal(width, Math.round(350 * (96 / 72) * 2));
    assert.ok(Math.abs((ownLines[0]?.x ?? 0) - ink.left) <= 2);
    assert.ok(Math.abs((ownLines[0]?.y ?? 0) - ink.top) <= 2);
  });

  it("keeps the columns of a table apart", async () => {
    const lines = await linesOf({
      content: [
        { text: "Widget", x: 72, y: 500, size: 10 },
        { text: "12", x: 250, y: 500, size: 10 },
        { text: "99.00", x: 400, y: 500, size: 10 },
      ],
    });
    assert.deepEqual(
      lines.map(({ words }) => words.map(({ text }) => text).join(" ")),
      ["Widget", "12", "99.00"],
    );
  });

  it("does not tell what is written invisibly, as beneath a scan", async () => {
    assert.deepEqual(await linesOf({ content: [{ text: "unseen", x: 72, y: 500, size: 10, mode: 3 }] }), []);
  });

  it("brings every word that is written, in order", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[A-Za-z0-9.,:€äöüß-]{1,12}$/), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 6, max: 14 }),
        async (words, size) => {
          const latin = words.map((word) => word.replaceAll("€", "E"));
          const content = latin.map((text, index) => ({ text, x: 72, y: 780 - index * 18, size }));
          const told = (await linesOf({ content })).flatMap((line) => line.words.map(({ text }) => text));
          // A hyphen at a line's end may join it to the next.
          const plain = (texts: string[]) => texts.join("").replaceAll(/[\u0002\u00ad-]/g, "");
          assert.equal(plain(told), plain(latin));
        },
      ),
      { numRuns: 40 },
    ));

  it("is the one that is named", async () => {
    const pdf = writePdf(
      [1, 2, 3].map((page) => ({ content: [{ text: `page${page}`, x: 72, y: 700, size: 12 }] })),
    );
    assert.equal(await countPages(pdf, undefined), 3);
    const { ownLines, frames } = await openPicture(pdf, { part: { page: 2 } });
    assert.equal(ownLines[0]?.words[0]?.text, "page2");
    assert.equal(frames, 1);
    const { notes } = await preparePicture(pdf, "a.pdf", current);
    assert.match(notes.join(), /holds 3 pages; only the first was looked at/);
  });

  it("is refused in words where there is none", async () => {
    const pdf = writePdf([{}]);
    await refused(() => openPicture(pdf, { part: { page: 7 } }), /has 1 page: there is no page 7/);
    await refused(() => openPicture(pdf.subarray(0, 60)), /PDF is damaged or cut short/);
    await refused(() => openPicture(Buffer.from("%PDF-1.7\n")), /PDF is damaged or cut short/);
    await refused(() => openPicture(writePdf([])), /has 0 pages/);
  });

  it("is no page of a picture", async () => {
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    await refused(() => openPicture(png, { part: { page: 1 } }), /no document: it has no pages/);
  });
});

describe("a PDF with a password", () => {
  let closed: Buffer;
  before(async () => {
    closed = await encrypted(
      writePdf([{ content: [{ text: "payroll", x: 72, y: 700, size: 12 }] }]),
      "open sesame",
    );
  });

  it("asks for it, and says when it is another one", async () => {
    const needed = await refused(() => openPicture(closed), /needs a password/);
    assert.equal(needed.code, "passwordNeeded");
    const wrong = await refused(() => countPages(closed, "sesame"), /password of the PDF is another one/);
    assert.equal(wrong.code, "passwordNeeded");
  });

  it("is opened with it", async () => {
    const { ownLines } = await openPicture(closed, { password: "open sesame" });
    assert.equal(ownLines[0]?.words[0]?.text, "payroll");
  });
});
