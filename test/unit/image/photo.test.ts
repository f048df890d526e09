import assert from "node:assert/strict";
import sharp from "sharp";
import type { Rgb } from "../../../src/image/palette.js";
import { findBoard } from "../../../src/image/photo/board.js";
import { flattenIllumination } from "../../../src/image/photo/light.js";
import { improvePhoto } from "../../../src/image/photo/photo.js";
import type { Quad } from "../../../src/image/photo/quad.js";
import { projected, projectionTo, rectifiedSize, rectify } from "../../../src/image/photo/rectify.js";
import { preparePicture } from "../../../src/image/prepare.js";
import { pixelsOf } from "../../support/measured.js";
import { current, fixture, sample } from "../../support/pictures.js";

const [width, height] = [900, 700];

/** A board with these corners, on a darker wall, with a drawing on it. */
async function board(
  corners: Quad,
  { wall = "#6d675f", ink = "#203060", ground = "#f4f4f0" } = {},
): Promise<Rgb> {
  const points = corners.map(({ x, y }) => `${x},${y}`).join(" ");
  const middle = {
    x: corners.reduce((sum, { x }) => sum + x / 4, 0),
    y: corners.reduce((sum, { y }) => sum + y / 4, 0),
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${wall}"/><polygon points="${points}" fill="${ground}"/>
    <g stroke="${ink}" stroke-width="4" fill="none">
      <rect x="${middle.x - 120}" y="${middle.y - 80}" width="100" height="60"/>
      <rect x="${middle.x + 20}" y="${middle.y + 20}" width="100" height="60"/>
      <path d="M${middle.x - 20} ${middle.y - 50} L${middle.x + 70} ${middle.y + 20}"/></g></svg>`;
  const { data } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .blur(0.8)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width, height };
}

/** Light that falls off to the right, as a shadow. */
function shaded({ data, ...size }: Rgb): Rgb {
  const dark = data.map((level, index) => {
    const x = Math.floor(index / 3) % size.width;
    return level * (1 - 0.55 * (x / size.width));
  });
  return { data: dark, ...size };
}

const skewed: Quad = [
  { x: 120, y: 60 },
  { x: 800, y: 110 },
  { x: 840, y: 600 },
  { x: 70, y: 660 },
];

const near = (found: Quad | undefined, wanted: Quad, most: number) => {
  assert.ok(found);
  for (const [index, { x, y }] of wanted.entries())
    assert.ok(
      Math.hypot((found[index]?.x ?? 1e9) - x, (found[index]?.y ?? 1e9) - y) <= most,
      `corner ${index}: ${JSON.stringify(found[index])} for ${x}, ${y}`,
    );
};

describe("a board in a photo", () => {
  it("is found by its corners, to the pixel, in light and in shadow", async () => {
    near(findBoard(await board(skewed)), skewed, 3);
    near(findBoard(shaded(await board(skewed))), skewed, 4);
  });

  it("is left alone where it is not clear", async () => {
    const outside: Quad = [
      { x: -60, y: -40 },
      { x: 960, y: -30 },
      { x: 980, y: 760 },
      { x: -80, y: 740 },
    ];
    assert.equal(findBoard(await board(outside)), undefined);
    assert.equal(findBoard(await board(skewed, { wall: "#f0f0ee" })), undefined);
    const small: Quad = [
      { x: 400, y: 300 },
      { x: 600, y: 310 },
      { x: 590, y: 430 },
      { x: 410, y: 420 },
    ];
    assert.equal(findBoard(await board(small)), undefined);
  });

  it("is straightened by a projection that meets its corners", () => {
    const size = rectifiedSize(skewed, { width, height });
    const projection = projectionTo(size, skewed);
    const corners = [
      { x: 0, y: 0 },
      { x: size.width, y: 0 },
      { x: size.width, y: size.height },
      { x: 0, y: size.height },
    ].map((corner) => projected(projection, corner));
    near(corners as unknown as Quad, skewed, 1e-6);
  });

  it("is a rectangle without wall once it is straight", async () => {
    const straight = rectify(await board(skewed), skewed);
    for (const [x, y] of [
      [3, 3],
      [straight.width - 4, 3],
      [straight.width - 4, straight.height - 4],
      [3, straight.height - 4],
    ] as const)
      assert.ok((straight.data[(y * straight.width + x) * 3] ?? 0) > 225, `${x}, ${y}`);
  });
});

describe("light", () => {
  it("becomes even, and strokes in the shadow as dark as those in the light", async () => {
    const all: Quad = [
      { x: -9, y: -9 },
      { x: 909, y: -9 },
      { x: 909, y: 709 },
      { x: -9, y: 709 },
    ];
    const before = shaded(await board(all));
    const after = flattenIllumination(before);
    assert.ok(after);
    const grounds = [50, 300, 600, 850].map((x) => after.data[(30 * width + x) * 3] ?? 0);
    assert.ok(Math.min(...grounds) > 240, String(grounds));
    const darkest = (from: number, to: number) => {
      let least = 255;
      for (let x = from; x < to; x++) least = Math.min(least, after.data[(300 * width + x) * 3] ?? 255);
      return least;
    };
    assert.ok(darkest(300, 450) < 90);
  });

  it("leaves a chalkboard alone", async () => {
    const all: Quad = [
      { x: -9, y: -9 },
      { x: 909, y: -9 },
      { x: 909, y: 709 },
      { x: -9, y: 709 },
    ];
    assert.equal(flattenIllumination(await board(all, { ground: "#20382c", ink: "#e8e8e0" })), undefined);
  });
});

describe("improving a photo", () => {
  it("never touches a screenshot", async () => {
    for (const name of ["checkout.png", "crash.png"])
      assert.equal(improvePhoto(await pixelsOf(sample(name))), undefined);
    assert.equal(improvePhoto(await pixelsOf(fixture("dashboard.png"))), undefined);
    const jpeg = await sharp(fixture("dashboard.png")).jpeg({ quality: 60 }).toBuffer();
    assert.equal(improvePhoto(await pixelsOf(jpeg)), undefined);
  });

  it("keeps the photo to be compared, says what was done, and prepares the result", async () => {
    const picture = await preparePicture(sample("whiteboard.jpg"), "whiteboard.jpg", current, {
      improve: true,
    });
    assert.deepEqual([picture.width, picture.height], [1518, 1113]);
    assert.deepEqual(picture.notes, [
      "The photo was straightened and evened out in its light before it was read; places are those in the result.",
    ]);
    const taken = await sharp(picture.photo).metadata();
    assert.deepEqual([taken.width, taken.height], [1568, 1176]);
    const covered = await preparePicture(sample("whiteboard.jpg"), "whiteboard.jpg", current, {
      improve: true,
      look: async () => true,
    });
    assert.equal(covered.photo, undefined);
  });

  it("turns a photo upright first, in each of EXIF's orientations", async () => {
    const sizes = new Set<string>();
    for (let index = 1; index <= 8; index++) {
      const { width: w, height: h } = await preparePicture(
        fixture(`orientation-${index}.jpg`),
        "x",
        current,
        {
          improve: true,
        },
      );
      sizes.add(w > h ? "wide" : "high");
    }
    assert.deepEqual([...sizes], ["wide"]);
  });
});
