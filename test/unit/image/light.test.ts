import assert from "node:assert/strict";
import sharp from "sharp";
import type { Rgb } from "../../../src/image/palette.js";
import { gridDepth } from "../../../src/image/photo/grid.js";
import { flattenIllumination } from "../../../src/image/photo/light.js";
import { improvePhoto } from "../../../src/image/photo/photo.js";
import { rectifiedSize } from "../../../src/image/photo/rectify.js";
import { isScreen } from "../../../src/image/photo/screen.js";
import { pixelsOf } from "../../support/measured.js";
import { fixture, sample } from "../../support/pictures.js";

const [width, height] = [720, 540];
const text = "The order was placed";

/** What is drawn on paper in a light that falls off to the right. */
async function sheet(inside: string, ground = "#f2f1ec"): Promise<Rgb> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="light"><stop stop-opacity="0"/><stop offset="1" stop-opacity="0.3"/></linearGradient>
    <rect width="100%" height="100%" fill="${ground}"/>${inside}<rect width="100%" height="100%" fill="url(#light)"/></svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().blur(0.6).raw().toBuffer();
  return { data: new Uint8Array(data), width, height };
}

const lines = (colour: string, apart = 24) =>
  `<path d="${Array.from({ length: 31 }, (_, index) => `M${index * apart + 7.5} 0 v540 M0 ${index * apart + 5.5} h720`).join("")}" stroke="${colour}" stroke-width="1.5"/>`;
const box = (colour: string) =>
  `<rect x="150" y="120" width="300" height="200" fill="none" stroke="${colour}" stroke-width="3"/>
   <text x="170" y="230" font-family="DejaVu Sans" font-size="26" fill="${colour}">${text}</text>`;

/** How much darker than white the darkest of a row's pixels are, from one place to another. */
function darkest({ data }: Rgb, y: number, from: number, to: number): number {
  let least = 255;
  for (let x = from; x < to; x++) least = Math.min(least, data[(y * width + x) * 3 + 1] ?? 255);
  return 255 - least;
}

const colourAt = ({ data }: Rgb, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

describe("D7: squared paper", () => {
  it("stays as faint as it is, while what is drawn on it becomes dark", async () => {
    const before = await sheet(`${lines("#b4c3d2")}${box("#5a6072")}`);
    const after = flattenIllumination(before);
    assert.ok(after);
    // Between the box's sides only the grid is crossed; at its left side the ink.
    const [grid, ink] = [darkest(after, 96, 470, 700), darkest(after, 250, 140, 160)];
    assert.ok(grid < 90, `the grid is ${grid}`);
    assert.ok(ink > 150, `the ink is ${ink}`);
  });

  it("is known by lines that stand evenly both ways, which text and boxes do not", async () => {
    const depthsOf = async (inside: string) => {
      const { data } = await sheet(inside, "#fff");
      return gridDepth(
        Uint8Array.from({ length: width * height }, (_, index) => Math.max(0, 235 - (data[index * 3] ?? 0))),
        { width, height },
      );
    };
    assert.ok((await depthsOf(lines("#999"))) !== undefined);
    assert.ok((await depthsOf(lines("#999", 15))) !== undefined);
    const paragraphs = Array.from(
      { length: 18 },
      (_, index) =>
        `<text x="20" y="${index * 29 + 30}" font-family="DejaVu Sans" font-size="20">${text}, ${text} and paid</text>`,
    ).join("");
    assert.equal(await depthsOf(paragraphs), undefined);
    assert.equal(await depthsOf(box("#222")), undefined);
  });
});

describe("D7: strokes", () => {
  it("of faint pencil are brought out", async () => {
    const before = await sheet(box("#cfcfca"));
    const after = flattenIllumination(before);
    assert.ok(after);
    const paper = (picture: Rgb) => darkest(picture, 60, 140, 160);
    const [was, is] = [before, after].map((picture) => darkest(picture, 250, 140, 160) - paper(picture));
    assert.ok((is ?? 0) > (was ?? 0) * 2.5 && (is ?? 0) > 70, `${was} became ${is}`);
  });

  it("that are wide and of a strong colour keep it, and tint nothing around them", async () => {
    const after = flattenIllumination(
      await sheet(`${box("#333")}<path d="M560 60 v420" stroke="#e02020" stroke-width="140"/>`),
    );
    assert.ok(after);
    for (const x of [466, 478, 642, 654]) {
      const [red = 0, green = 0, blue = 0] = colourAt(after, x, 270);
      assert.ok(
        Math.max(red, green, blue) - Math.min(red, green, blue) < 12,
        `${x}: ${red}, ${green}, ${blue}`,
      );
    }
    const [red = 0, green = 0] = colourAt(after, 560, 270);
    assert.ok(red - green > 120, `${red}, ${green}`);
  });
});

describe("D7: photos and screens", () => {
  it("are told apart: a photo whose noise was taken away is none of a screen", async () => {
    const smooth = await sharp(sample("whiteboard.jpg")).median(3).blur(1.2).jpeg({ quality: 40 }).toBuffer();
    const pixels = await pixelsOf(smooth);
    assert.equal(isScreen(pixels), false);
    assert.ok(improvePhoto(pixels)?.board);
  });

  it("screens are screens at every quality, reduced and enlarged", async () => {
    for (const screen of [sample("checkout.png"), sample("crash.png"), fixture("dashboard.png")])
      for (const changed of [
        sharp(screen),
        sharp(screen).jpeg({ quality: 85 }),
        sharp(screen).jpeg({ quality: 40 }),
        sharp(screen).resize(900).jpeg({ quality: 60 }),
        sharp(screen).resize(2400).jpeg({ quality: 80 }),
      ])
        assert.equal(improvePhoto(await pixelsOf(await changed.toBuffer())), undefined);
  });
});

describe("D7: a wide board seen from the side", () => {
  it("keeps its shape, to a tenth with the lenses that phones have", () => {
    for (const lens of [0.65, 0.75, 0.9])
      for (const [aside, above] of [
        [0, 0],
        [30, 0],
        [-40, 8],
        [0, 30],
      ] as const) {
        const picture = { width: 4000, height: 3000 };
        const [turn, tilt] = [(aside * Math.PI) / 180, (above * Math.PI) / 180];
        const corner = (x: number, y: number) => {
          const deep = -x * Math.sin(turn);
          const [high, far] = [
            y * Math.cos(tilt) - deep * Math.sin(tilt),
            y * Math.sin(tilt) + deep * Math.cos(tilt) + 4 * lens,
          ];
          const by = (lens * picture.width) / far;
          return { x: picture.width / 2 + x * Math.cos(turn) * by, y: picture.height / 2 + high * by };
        };
        const size = rectifiedSize(
          [corner(-1.2, -0.6), corner(1.2, -0.6), corner(1.2, 0.6), corner(-1.2, 0.6)],
          picture,
        );
        const shape = size.width / size.height;
        assert.ok(Math.abs(shape - 2) < 0.2, `${lens}, ${aside}°, ${above}°: ${shape}`);
      }
  });
});
