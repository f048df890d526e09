import assert from "node:assert/strict";
import sharp from "sharp";
import { openPicture } from "../../../src/image/open.js";
import { preparePicture, readPixels } from "../../../src/image/prepare.js";
import { refused } from "../../support/expect.js";
import { type Colour, current, difference, plainPicture } from "../../support/pictures.js";
import { type TiffKind, writeTiff } from "../../support/tiff.js";

const [width, height] = [8, 8];
const all = (...pixel: number[]) => Buffer.from(Array.from({ length: width * height }, () => pixel).flat());
const planes = (...pixel: number[]) =>
  Buffer.concat(pixel.map((sample) => Buffer.alloc(width * height, sample)));
const grey: Colour = [100, 100, 100];
const red: Colour = [200, 40, 40];
const ramp = Array.from({ length: 256 }, (_, index): Colour => [index, 255 - index, 7]);

const read: Array<[name: string, kind: TiffKind, pixels: Buffer, colour: Colour]> = [
  ["grey", { bits: 8, samples: 1, photometric: 1 }, all(100), grey],
  ["grey from white", { bits: 8, samples: 1, photometric: 0 }, all(155), grey],
  ["4 bits", { bits: 4, samples: 1, photometric: 1 }, Buffer.alloc(32, 0x66), [102, 102, 102]],
  ["1 bit", { bits: 1, samples: 1, photometric: 0 }, Buffer.alloc(8), [255, 255, 255]],
  [
    "16 bits, the highest first",
    { bits: 16, samples: 1, photometric: 1, bigEndian: true },
    Buffer.alloc(128, 100),
    grey,
  ],
  ["grey with alpha", { bits: 8, samples: 2, photometric: 1, extra: [2] }, all(100, 255), grey],
  ["colours", { bits: 8, samples: 3, photometric: 2 }, all(...red), red],
  ["colours in planes", { bits: 8, samples: 3, photometric: 2, planar: true }, planes(...red), red],
  ["colours and offsets of 64 bits", { bits: 8, samples: 3, photometric: 2, big: true }, all(...red), red],
  ["alpha on white", { bits: 8, samples: 4, photometric: 2, extra: [2] }, all(...red, 0), [255, 255, 255]],
  [
    "premultiplied alpha",
    { bits: 8, samples: 4, photometric: 2, extra: [1] },
    all(100, 20, 20, 128),
    [227, 147, 147],
  ],
  ["a channel of no meaning", { bits: 8, samples: 4, photometric: 2, extra: [0] }, all(...red, 7), red],
  ["a palette", { bits: 8, samples: 1, photometric: 3, palette: ramp }, all(100), [100, 155, 7]],
];

const notRead: Array<[what: RegExp, kind: TiffKind, bytesPerPixel: number]> = [
  [/numbers with a floating point/, { bits: 32, samples: 1, photometric: 1, sampleFormat: 3 }, 4],
  [/signed numbers/, { bits: 8, samples: 1, photometric: 1, sampleFormat: 2 }, 1],
  [/pixels of 32 bits/, { bits: 32, samples: 1, photometric: 1 }, 4],
  [/pixels of 12 bits/, { bits: 12, samples: 2, photometric: 1, extra: [2] }, 3],
  [/CIELab colours/, { bits: 8, samples: 4, photometric: 8, extra: [2] }, 4],
  [/YCbCr colours/, { bits: 8, samples: 3, photometric: 6, planar: true }, 3],
  [/compressed with ZSTD/, { bits: 8, samples: 1, photometric: 1, compression: 50000 }, 1],
  [/JPEG of the old style/, { bits: 8, samples: 3, photometric: 6, compression: 6 }, 3],
  [/channels beyond colour and transparency/, { bits: 8, samples: 5, photometric: 2, extra: [2, 0] }, 5],
];

describe("TIFF", () => {
  for (const [name, kind, pixels, colour] of read) {
    it(`of ${name} shows its colours`, async () => {
      const picture = await openPicture(writeTiff(kind, width, height, pixels));
      const { data } = await readPixels(picture, picture);
      const found: Colour = [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
      assert.ok(difference(found, colour) <= 2, `${found} is not ${colour}`);
    });
  }

  for (const [what, kind, size] of notRead) {
    it(`with ${what.source} is refused for that`, async () => {
      const file = writeTiff(kind, width, height, Buffer.alloc(width * height * size, 90));
      await refused(
        () => openPicture(file),
        new RegExp(`TIFF file holds .*${what.source}.*, which is not read here`),
      );
    });
  }

  it("that is cut short is damaged", async () => {
    const whole = await plainPicture(300, 300).tiff().toBuffer();
    await refused(() => preparePicture(whole.subarray(0, 100), "x.tiff", current), /TIFF file is damaged/);
    const plain = writeTiff({ bits: 8, samples: 3, photometric: 2 }, width, height, all(...red));
    await refused(
      () => preparePicture(plain.subarray(0, plain.length - 90), "x", current),
      /TIFF file is damaged/,
    );
  });

  it("of several pages shows the first and says so", async () => {
    const pages = await Promise.all(
      ["#c82828", "#2040c0"].map((colour) => plainPicture(9, 9, colour).png().toBuffer()),
    );
    const file = await sharp(pages, { join: { animated: true } })
      .tiff()
      .toBuffer();
    const { notes } = await preparePicture(file, "x.tiff", current);
    assert.deepEqual(notes, ["The file holds 2 pages; only the first was looked at."]);
  });
});
