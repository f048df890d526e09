import assert from "node:assert/strict";
import sharp from "sharp";
import { openPicture } from "../../../src/image/open.js";
import { preparePicture, readPixels } from "../../../src/image/prepare.js";
import { refused } from "../../support/expect.js";
import { bytes, iccOf, irot, ispe, nclx, onlyItem, writeHeif } from "../../support/heif.js";
import { type Colour, current, difference, fixture, plainPicture } from "../../support/pictures.js";

const flag = onlyItem(fixture("flag.heic"));
const withMore = (...properties: Buffer[]) => ({ ...flag, properties: [...flag.properties, ...properties] });

async function at(file: Buffer, x: number, y: number): Promise<Colour> {
  const picture = await openPicture(file);
  const { data, width } = await readPixels(picture, picture);
  const place = (y * width + x) * 3;
  return [data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0];
}

const near = (found: Colour, colour: Colour, tolerance = 8) =>
  assert.ok(difference(found, colour) <= tolerance, `${found} is not ${colour}`);

const p3Profile = async (): Promise<Buffer> => {
  const { icc } = await sharp(await plainPicture(1, 1).withIccProfile("p3").png().toBuffer()).metadata();
  assert.ok(icc);
  return icc;
};

describe("HEIC", () => {
  it("shows its main picture, and says that there are others", async () => {
    const file = writeHeif([flag, withMore(irot(1))], 2);
    const { width, height, parts, notes } = await preparePicture(file, "x.heic", current);
    assert.deepEqual([width, height, parts[0].width, parts[0].height], [64, 80, 64, 80]);
    assert.deepEqual(notes, ["The file holds 2 pictures; only the main one was looked at."]);
    const first = await preparePicture(writeHeif([flag, withMore(irot(1))], 1), "x.heic", current);
    assert.deepEqual([first.width, first.height], [80, 64]);
  });

  it("counts no thumbnail as a picture", async () => {
    const file = writeHeif([flag, { ...flag, refersTo: { as: "thmb", items: [1] } }]);
    assert.deepEqual((await preparePicture(file, "x.heic", current)).notes, []);
  });

  it("shows a grid whole, and not one of its tiles", async () => {
    const grid = {
      type: "grid",
      data: bytes([0, 2], [0, 1], [1, 1], [160, 2], [60, 2]),
      properties: [ispe(160, 60)],
      refersTo: { as: "dimg", items: [1, 2] },
    };
    const file = writeHeif([{ ...flag, hidden: true }, { ...flag, hidden: true }, grid], 3);
    const { width, height, notes } = await preparePicture(file, "x.heic", current);
    assert.deepEqual([width, height, notes], [160, 60, []]);
    near(await at(file, 110, 40), [0xc0, 0x20, 0x20], 14);
  });

  it("is turned upright", async () => {
    // A quarter turn anticlockwise brings the right edge to the top.
    const [x, y] = [60, 40];
    near(await at(writeHeif([withMore(irot(1))]), y, 79 - x), await at(writeHeif([flag]), x, y), 2);
  });

  it("is shown in the colours of its profile", async () => {
    const plain = await at(writeHeif([flag]), 30, 40);
    const p3 = await at(writeHeif([withMore(iccOf(await p3Profile()))]), 30, 40);
    // The red of Display P3 is beyond that of sRGB.
    assert.ok(p3[0] > plain[0] + 8 && p3[1] < plain[1] - 8, `${plain} → ${p3}`);
    near(await at(writeHeif([withMore(nclx(12, 13, 6, true))]), 30, 40), p3, 4);
  });

  it("tells its size by its first bytes", async () => {
    const { width, height } = await openPicture(fixture("flag.heic").subarray(0, 600));
    assert.deepEqual([width, height], [80, 60]);
  });

  it("is known by the codec of its picture where its brand does not say", async () => {
    const file = writeHeif([flag], 1, "mif1");
    near(await at(file, 30, 40), [0xc0, 0x20, 0x20], 14);
  });

  it("of another codec is refused for that", () =>
    refused(
      () => openPicture(writeHeif([{ ...flag, type: "vvc1" }], 1, "mif1")),
      /The file is an HEIF picture coded as VVC/,
    ));
});

describe("AVIF", () => {
  const still = async () => onlyItem(await plainPicture(64, 64, "#c82828").avif({ quality: 95 }).toBuffer());

  it("of greys in the range of television is shown from black to white", async () => {
    const file = fixture("grey-limited.avif");
    const found = await Promise.all([0, 16, 64, 128, 200, 235].map((x) => at(file, x, 8)));
    // As Chromium shows it.
    for (const [place, grey] of [0, 0, 56, 130, 214, 255].entries())
      near(found[place] ?? [0, 0, 0], [grey, grey, grey], 1);
  });

  it("of colours by numbers is shown in them", async () => {
    const item = await still();
    const plain = await at(writeHeif([item], 1, "avif"), 30, 30);
    near(plain, [0xc8, 0x28, 0x28], 4);
    const p3 = writeHeif([{ ...item, properties: [...item.properties, nclx(12, 13, 6, true)] }], 1, "avif");
    near(await at(p3, 30, 30), [219, 0, 25], 6);
  });

  it("of HDR is shown as an ordinary screen would, and says so", async () => {
    const white = onlyItem(await plainPicture(64, 64, "#949494").avif({ quality: 95 }).toBuffer());
    const file = writeHeif(
      [{ ...white, properties: [...white.properties, nclx(9, 16, 9, true)] }],
      1,
      "avif",
    );
    near(await at(file, 30, 30), [255, 255, 255], 3);
    assert.match((await openPicture(file)).notes.join(), /is HDR \(PQ\) .* not what was measured/);
  });

  it("with the brand of an animation shows its picture, and without one is refused for it", async () => {
    const file = writeHeif([await still()], 1, "avis");
    near(await at(file, 30, 30), [0xc8, 0x28, 0x28], 4);
    const animated = Buffer.concat([file, bytes([8, 4]), Buffer.from("moov")]);
    assert.match((await openPicture(animated)).notes.join(), /is an animation; only its first picture/);
    const head = file.subarray(0, file.readUInt32BE(0));
    await refused(
      () => openPicture(Buffer.concat([head, bytes([8, 4]), Buffer.from("moov")])),
      /an animated AVIF without a still picture, which is not read here/,
    );
  });
});
