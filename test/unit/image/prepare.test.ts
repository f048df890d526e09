import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import sharp from "sharp";
import { standsOnGround } from "../../../src/image/flatten.js";
import { openPicture } from "../../../src/image/open.js";
import { preparePicture, readPixels } from "../../../src/image/prepare.js";
import { allVisualTokens, orderOfParts } from "../../../src/image/prepared.js";
import { refused } from "../../support/expect.js";
import {
  type Colour,
  current,
  difference,
  fixture,
  older,
  pixel,
  plainPicture,
  sample,
} from "../../support/pictures.js";
import { blackPng } from "../../support/png.js";

const red: Colour = [0xc0, 0x20, 0x20];
const green: Colour = [0x20, 0xa0, 0x40];
const blue: Colour = [0x20, 0x40, 0xc0];

async function looksLike(
  bytes: Uint8Array,
  x: number,
  y: number,
  colour: Colour,
  tolerance = 12,
): Promise<void> {
  const found = await pixel(bytes, x, y);
  assert.ok(difference(found, colour) <= tolerance, `at ${x},${y}: ${found} is not ${colour}`);
}

describe("preparing a picture", () => {
  for (const name of [
    "flag.jpg",
    "flag.png",
    "flag.webp",
    "flag.avif",
    "flag.tiff",
    "flag.svg",
    "flag.bmp",
    "flag.heic",
  ]) {
    it(`reads ${name} as what it shows`, async () => {
      const { parts, width, height } = await preparePicture(fixture(name), name, current);
      assert.deepEqual([width, height, parts.length], [80, 60, 1]);
      await looksLike(parts[0].bytes, 30, 40, red);
      await looksLike(parts[0].bytes, 60, 40, blue);
      await looksLike(parts[0].bytes, 5, 5, green);
    });
  }

  it("goes by the bytes, not by the name", async () => {
    const { format } = await preparePicture(fixture("flag.webp"), "flag.png", current);
    assert.equal(format, "webp");
  });

  it("reads the first frame of an animation and says so", async () => {
    const { parts, notes } = await preparePicture(fixture("three-frames.gif"), "three-frames.gif", current);
    await looksLike(parts[0].bytes, 40, 30, red);
    assert.deepEqual(notes, ["The file holds 3 frames; only the first was looked at."]);
  });

  it("hashes the original bytes", async () => {
    const bytes = fixture("flag.png");
    const { sha256 } = await preparePicture(bytes, "flag.png", current);
    assert.equal(sha256, createHash("sha256").update(bytes).digest("hex"));
  });

  for (let orientation = 1; orientation <= 8; orientation++) {
    it(`turns EXIF orientation ${orientation} upright and loses the position`, async () => {
      const name = `orientation-${orientation}.jpg`;
      const { parts, width, height } = await preparePicture(fixture(name), name, current);
      assert.deepEqual([width, height], [240, 180]);
      const metadata = await sharp(parts[0].bytes).metadata();
      assert.equal(metadata.exif, undefined);
      assert.equal(metadata.orientation, undefined);
      const upright = (await preparePicture(fixture("orientation-1.jpg"), "1", current)).parts[0].bytes;
      const [a, b] = await Promise.all(
        [parts[0].bytes, upright].map((bytes) => sharp(bytes).greyscale().raw().toBuffer()),
      );
      const off = a?.reduce((sum, value, index) => sum + Math.abs(value - (b?.[index] ?? 0)), 0) ?? 0;
      assert.ok(off / (240 * 180) < 6, `mean difference ${off / (240 * 180)}`);
    });
  }

  it("leaves a picture that fits at its size", async () => {
    const { parts } = await preparePicture(fixture("dashboard.png"), "dashboard.png", current);
    assert.deepEqual([parts[0].width, parts[0].height, parts[0].visualTokens], [1920, 1080, 69 * 39]);
    assert.deepEqual(parts[0].scale, { x: 1, y: 1 });
  });

  it("shrinks to an older model's limits, and the scale leads back", async () => {
    const { parts } = await preparePicture(fixture("dashboard.png"), "dashboard.png", older);
    const [part] = parts;
    assert.ok(part.visualTokens <= 1568 && part.width <= 1568);
    assert.ok(Math.abs(part.width / part.scale.x - 1920) < 1e-9);
    assert.ok(Math.abs(part.height / part.scale.y - 1080) < 1e-9);
  });

  it("never enlarges", async () => {
    const { parts } = await preparePicture(await plainPicture(10, 7).png().toBuffer(), "tiny.png", current);
    assert.deepEqual([parts[0].width, parts[0].height], [10, 7]);
  });

  it("sends screens as palette PNG, crisp and with exact grounds, and photographs as JPEG", async () => {
    const screen = await preparePicture(sample("checkout.png"), "checkout.png", current);
    assert.equal(screen.parts[0].mediaType, "image/png");
    assert.deepEqual(await pixel(screen.parts[0].bytes, 700, 700), [255, 255, 255]);
    assert.deepEqual(await pixel(screen.parts[0].bytes, 600, 10), [0xf6, 0xf8, 0xfa]);
    const photo = await preparePicture(sample("whiteboard.jpg"), "whiteboard.jpg", current);
    assert.equal(photo.parts[0].mediaType, "image/jpeg");
  });

  it("stays under 5 MB of base64 with the noisiest picture", async () => {
    const noise = sharp({
      create: {
        width: 2576,
        height: 1449,
        channels: 3,
        background: "#808080",
        noise: { type: "gaussian", mean: 128, sigma: 90 },
      },
    });
    const { parts } = await preparePicture(await noise.png().toBuffer(), "noise.png", current);
    assert.ok(parts[0].bytes.length * (4 / 3) <= 5 * 1024 * 1024);
  });

  describe("alpha", () => {
    const artwork = (fill: string) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="20" fill="${fill}"/></svg>`,
      );

    it("lies on white under dark content", async () => {
      const png = await sharp(artwork("#222")).png().toBuffer();
      const { parts } = await preparePicture(png, "dark.png", current);
      assert.deepEqual(await pixel(parts[0].bytes, 1, 1), [255, 255, 255]);
    });

    it("lies on a dark ground under light content", async () => {
      const png = await sharp(artwork("#fff")).png().toBuffer();
      const { parts } = await preparePicture(png, "light.png", current);
      assert.deepEqual(await pixel(parts[0].bytes, 1, 1), [30, 30, 30]);
      assert.deepEqual(await pixel(parts[0].bytes, 32, 32), [255, 255, 255]);
    });

    it("is said, with the ground that it was put on", async () => {
      for (const [fill, ground] of [
        ["#222", "white"],
        ["#fff", "dark grey"],
      ] as const) {
        const { notes } = await preparePicture(await sharp(artwork(fill)).png().toBuffer(), "x.png", current);
        assert.match(
          notes.join(),
          new RegExp(`^Parts of the picture are transparent: they were put on ${ground},`),
        );
      }
      const opaque = await plainPicture(40, 40).ensureAlpha().png().toBuffer();
      assert.deepEqual((await preparePicture(opaque, "x.png", current)).notes, []);
    });

    it("tells what stands on the ground, and what on a card upon it", async () => {
      const card = Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60"><rect x="10" y="10" width="80" height="20" rx="4" fill="#246"/><rect x="12" y="40" width="30" height="8" fill="#222"/></svg>',
      );
      const picture = await openPicture(await sharp(card).png().toBuffer());
      const flat = await readPixels(picture, picture);
      assert.equal(standsOnGround(flat, { x: 10, y: 10, width: 80, height: 20 }), false);
      assert.equal(standsOnGround(flat, { x: 8, y: 38, width: 38, height: 12 }), true);
      const opaque = await openPicture(await plainPicture(40, 40).png().toBuffer());
      assert.equal(
        standsOnGround(await readPixels(opaque, opaque), { x: 0, y: 0, width: 40, height: 40 }),
        false,
      );
    });
  });

  it("turns CMYK and 16 bits into 8-bit sRGB", async () => {
    const cmyk = await plainPicture(40, 40, "#c02020").toColourspace("cmyk").jpeg().toBuffer();
    const deep = await plainPicture(40, 40, "#c02020").toColourspace("rgb16").png().toBuffer();
    for (const bytes of [cmyk, deep]) {
      const { parts } = await preparePicture(bytes, "x", current);
      const { space, depth, channels } = await sharp(parts[0].bytes).metadata();
      assert.deepEqual([space, depth, channels], ["srgb", "uchar", 3]);
      await looksLike(parts[0].bytes, 20, 20, red, 30);
    }
    const grey = await plainPicture(40, 40, "#777777").greyscale().png().toBuffer();
    await looksLike(
      (await preparePicture(grey, "grey", current)).parts[0].bytes,
      20,
      20,
      [0x77, 0x77, 0x77],
      2,
    );
  });

  it("cuts a tall page into overlapping parts that cover it", async () => {
    // The red of a row grows down the page: a part's place is read from its pixels.
    const [width, height] = [600, 6000];
    const data = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y++)
      data.fill(Buffer.from([Math.floor((y / height) * 256), 40, 90]), y * width * 3, (y + 1) * width * 3);
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const { parts, overview, notes } = await preparePicture(png, "tall.png", current);
    assert.ok(parts.length > 2);
    assert.equal(overview, undefined, "of a page, the parts tell all");
    assert.match(notes[0] ?? "", new RegExp(`in ${parts.length} overlapping parts`));
    let covered = 0;
    for (const part of parts) {
      assert.ok(part.visualTokens <= current.visualTokens);
      assert.equal(part.scale.x, 1);
      assert.ok(part.offset.y <= covered, "no gap");
      assert.ok(part === parts[0] || covered - part.offset.y >= 50, "an overlap");
      covered = part.offset.y + part.height;
      const [red] = await pixel(part.bytes, 10, 0);
      assert.ok(
        Math.abs((red / 256) * height - part.offset.y) <= 9 * (height / 256),
        "the part shows its place",
      );
    }
    assert.equal(covered, height);
  });

  it("shows a drawing that is cut into parts once more, whole and small", async () => {
    const [width, height] = [400, 6000];
    const data = Buffer.alloc(width * height * 3, 255);
    // At both ends, too, so that neither is a blank margin.
    for (const [from, to] of [
      [0, 20],
      [2000, 3000],
      [5980, 6000],
    ] as const)
      data.fill(Buffer.from(red), width * 3 * from, width * 3 * to);
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const prepared = await preparePicture(png, "tall.png", current, { improve: true });
    const { overview, parts } = prepared;
    assert.ok(parts.length > 1 && overview);
    assert.ok(overview.visualTokens <= 500);
    assert.equal(
      allVisualTokens(prepared),
      parts.reduce((sum, part) => sum + part.visualTokens, overview.visualTokens),
    );
    await looksLike(overview.bytes, 5, Math.round(2500 * overview.scale.y), red);
    await looksLike(overview.bytes, 5, Math.round(3500 * overview.scale.y), [255, 255, 255]);
  });

  it("cuts a wide picture into overlapping parts that cover it, from left to right", async () => {
    const [width, height] = [6000, 400];
    const row = Buffer.alloc(width * 3);
    for (let x = 0; x < width; x++) row.set([Math.floor((x / width) * 256), 40, 90], x * 3);
    const png = await sharp(Buffer.concat(Array(height).fill(row)), { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const { parts, notes } = await preparePicture(png, "wide.png", current);
    assert.ok(parts.length > 2);
    assert.match(
      notes[0] ?? "",
      new RegExp(`is wide and was looked at in ${parts.length} overlapping parts`),
    );
    let covered = 0;
    for (const part of parts) {
      assert.deepEqual([part.height, part.scale.x, part.offset.y], [height, 1, 0]);
      assert.ok(part.offset.x <= covered, "no gap");
      covered = part.offset.x + part.width;
      const [red] = await pixel(part.bytes, 0, 10);
      assert.ok(
        Math.abs((red / 256) * width - part.offset.x) <= 9 * (width / 256),
        "the part shows its place",
      );
    }
    assert.equal(covered, width);
    assert.equal(orderOfParts(parts), "from left to right");
  });

  it("sends what fits whole, however narrow it is", async () => {
    const { parts } = await preparePicture(await plainPicture(60, 900).png().toBuffer(), "x.png", current);
    assert.deepEqual([parts.length, parts[0].width, parts[0].height], [1, 60, 900]);
  });

  it("halves a picture that is too large to decode at once, and says so", async () => {
    // A whole page at twice the density.
    let seen: unknown[] = [];
    const { width, height, parts, notes } = await preparePicture(
      blackPng(2880, 20_000),
      "page.png",
      current,
      {
        look: async (original, shrunkBy) => {
          seen = [original.width, original.height, shrunkBy];
          return false;
        },
      },
    );
    assert.deepEqual(seen, [1440, 10_000, 2]);
    assert.deepEqual([width, height], [1440, 10_000]);
    assert.ok(parts.length > 2);
    assert.match(notes[0] ?? "", /has 2880 × 20000 px and was shrunk to 1440 × 10000 px/);
    const unseen = await preparePicture(blackPng(2880, 20_000), "page.png", current);
    assert.deepEqual([unseen.width, unseen.parts[1]?.offset], [1440, parts[1]?.offset]);
  });

  it("gives signs of life between its steps", async () => {
    const steps: string[] = [];
    const onStep = (step: string) => void steps.push(step);
    await preparePicture(fixture("flag.png"), "flag.png", current, { onStep });
    assert.deepEqual(steps, ["decode", "look at", "shrink", "encode"]);
  });

  it("keeps to 20 parts for the tallest page", async () => {
    const { parts } = await preparePicture(
      await plainPicture(200, 40_000).png().toBuffer(),
      "scroll.png",
      older,
    );
    assert.equal(parts.length, 20);
    for (const part of parts)
      assert.ok(part.visualTokens <= older.visualTokens && part.height <= older.longEdge);
  });

  it("reads a JPEG with stray bytes between its parts, as everything else does", async () => {
    const whole = fixture("flag.jpg");
    // Before the second marker, after the first table.
    const second = 4 + whole.readUInt16BE(4);
    const stray = Buffer.concat([whole.subarray(0, second), Buffer.from([0, 0]), whole.subarray(second)]);
    const { parts } = await preparePicture(stray, "stray.jpg", current);
    await looksLike(parts[0].bytes, 30, 40, red);
  });

  it("reads an animation whose later frames are cut off", async () => {
    const whole = fixture("three-frames.gif");
    const { parts } = await preparePicture(whole.subarray(0, whole.length - 40), "cut.gif", current);
    await looksLike(parts[0].bytes, 40, 30, red);
  });

  describe("refuses", () => {
    const prepare = (bytes: Uint8Array) => () => preparePicture(bytes, "x", current);

    it("an empty file", () => refused(prepare(Buffer.alloc(0)), /^The file is empty\./));
    it("a PDF that is cut short", () =>
      refused(prepare(Buffer.from("%PDF-1.7\n")), /PDF is damaged or cut short/));
    it("a text file", () => refused(prepare(Buffer.from("hello, I am no picture")), /is a text file/));
    it("a truncated JPEG", () =>
      refused(prepare(sample("whiteboard.jpg").subarray(0, 40_000)), /JPEG file is damaged or cut short/));
    it("a truncated PNG", () =>
      refused(prepare(sample("checkout.png").subarray(0, 20_000)), /PNG file is damaged/));
    it("a truncated HEIC", () =>
      refused(prepare(fixture("flag.heic").subarray(0, 500)), /HEIC file is damaged/));
    it("a truncated BMP", () => refused(prepare(fixture("flag.bmp").subarray(0, 60)), /BMP file is damaged/));
    it("a BMP that claims a billion pixels", () => {
      const bytes = Buffer.from(fixture("flag.bmp"));
      bytes.writeInt32LE(100_000, 18);
      bytes.writeInt32LE(100_000, 22);
      return refused(prepare(bytes), /too large: 100000 × 100000 px/);
    });
    it("more pixels than can be decoded", async () => {
      const bomb = blackPng(20_000, 20_000, false);
      await refused(prepare(bomb), /too large: 20000 × 20000 px are 400 megapixels.*at most 268 megapixels/);
    });
    it("more than 100 MB", () => refused(prepare(Buffer.alloc(101 * 1024 * 1024)), /too large: 101 MB/));
  });
});
