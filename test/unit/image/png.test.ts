import assert from "node:assert/strict";
import sharp from "sharp";
import { openPicture } from "../../../src/image/open.js";
import { preparePicture, readPixels } from "../../../src/image/prepare.js";
import { type Colour, current, difference, plainPicture } from "../../support/pictures.js";
import { actl, chrm, cicp, gama, withChunks } from "../../support/png.js";

const plain = (colour: Colour) => plainPicture(8, 8, `rgb(${colour.join()})`).png().toBuffer();

async function first(png: Buffer): Promise<Colour> {
  const picture = await openPicture(png);
  const { data } = await readPixels(picture, picture);
  return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
}

/** Chunks before the pixels, a colour as it is stored, and as Chromium shows it. */
const shown: Array<[name: string, chunks: Buffer[], stored: Colour, colour: Colour]> = [
  ["nothing", [], [0, 90, 200], [0, 90, 200]],
  ["Display P3", [cicp(12, 13)], [0, 90, 200], [0, 92, 207]],
  ["Display P3 (a red)", [cicp(12, 13)], [200, 0, 0], [219, 0, 0]],
  ["sRGB", [cicp(1, 13), gama(1)], [0, 90, 200], [0, 90, 200]],
  ["a gamma of 1", [gama(1)], [0, 90, 200], [0, 160, 229]],
  ["a gamma of 1 (a grey)", [gama(1)], [30, 30, 30], [96, 96, 96]],
  ["the usual gamma", [gama(0.45455)], [0, 90, 200], [0, 90, 200]],
  [
    "the usual chromaticities",
    [gama(0.45455), chrm(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)],
    [0, 90, 200],
    [0, 90, 200],
  ],
  [
    "chromaticities of Display P3",
    [gama(0.45455), chrm(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)],
    [200, 0, 0],
    [219, 0, 0],
  ],
  [
    "chromaticities that make no colours",
    [gama(0.45455), chrm(0, 0, 0, 0, 0, 0, 0, 0)],
    [200, 9, 0],
    [200, 9, 0],
  ],
];

describe("PNG", () => {
  for (const [name, chunks, stored, colour] of shown) {
    it(`that states ${name} is shown as Chromium shows it`, async () => {
      const found = await first(withChunks(await plain(stored), ...chunks));
      assert.ok(difference(found, colour) <= 1, `${found} is not ${colour}`);
    });
  }

  it("goes by its cICP rather than by its profile", async () => {
    const p3 = await sharp(await plain([200, 0, 0]))
      .withIccProfile("p3")
      .png()
      .toBuffer();
    assert.ok(difference(await first(p3), [200, 0, 0]) <= 2);
    // What is stored of that red is less of a red where it is taken as sRGB.
    const both = await first(withChunks(p3, cicp(1, 13)));
    assert.ok(both[0] < 190 && both[1] > 30, `${both}`);
  });

  for (const [name, transfer, code] of [
    ["PQ", 16, 0x9496],
    ["HLG", 18, 0xbfff],
  ] as const) {
    it(`of HDR (${name}) shows a white page white, and says that it was converted`, async () => {
      const data = new Uint16Array(8 * 8 * 3).fill(code);
      const deep = await sharp(data, { raw: { width: 8, height: 8, channels: 3 } })
        .toColourspace("rgb16")
        .png()
        .toBuffer();
      assert.equal((await sharp(deep).metadata()).depth, "ushort");
      const hdr = withChunks(deep, cicp(9, transfer));
      const found = await first(hdr);
      assert.ok(difference(found, [255, 255, 255]) <= 3, `${found}`);
      assert.match((await openPicture(hdr)).notes.join(), new RegExp(`is HDR \\(${name}\\)`));
    });
  }

  it("that is animated shows its first frame, and says so", async () => {
    const { notes } = await preparePicture(withChunks(await plain([1, 2, 3]), actl(7)), "x.png", current);
    assert.deepEqual(notes, ["The file holds 7 frames; only the first was looked at."]);
  });
});
