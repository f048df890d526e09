import assert from "node:assert/strict";
import fc from "fast-check";
import sharp from "sharp";
import type { Rgb } from "../../../src/image/palette.js";
import { findBoard } from "../../../src/image/photo/board.js";
import { isPlausible, type Point, type Quad } from "../../../src/image/photo/quad.js";

const [width, height] = [640, 480];

/** A drawn picture, as soft and as noisy as a phone's. */
async function photoOf(inside: string): Promise<Rgb> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().blur(0.7).raw().toBuffer();
  // The same noise in every run.
  let seed = 1;
  const noisy = Uint8Array.from(data, (level) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return Math.min(255, Math.max(0, level + ((seed >> 16) % 9) - 4));
  });
  return { data: noisy, width, height };
}

const all = (fill: string) => `<rect width="100%" height="100%" fill="${fill}"/>`;
const polygon = (corners: readonly Point[], fill: string) =>
  `<polygon points="${corners.map(({ x, y }) => `${x},${y}`).join(" ")}" fill="${fill}"/>`;
const strokes = (path: string, wide = 3) =>
  `<path d="${path}" fill="none" stroke="#203060" stroke-width="${wide}"/>`;

const upright: Quad = [
  { x: 90, y: 60 },
  { x: 560, y: 80 },
  { x: 545, y: 420 },
  { x: 75, y: 410 },
];
const boxes = "M150 130 h120 v70 h-120 z M360 250 h120 v70 h-120 z M270 165 L420 250";

const isFound = (quad: Quad | undefined, wanted: Quad, most = 5) =>
  quad?.every((corner, index) => {
    const { x, y } = wanted[index] ?? corner;
    return Math.hypot(corner.x - x, corner.y - y) <= most;
  }) ?? false;

describe("D1: no stroke is cut", () => {
  it("by the lines of pools and of squared paper, wherever they run", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          left: fc.integer({ min: 15, max: 90 }),
          top: fc.integer({ min: 15, max: 90 }),
          wide: fc.integer({ min: 2, max: 7 }),
          grid: fc.constantFrom("#9db6cf", "#666", "none"),
          shade: fc.integer({ min: 0, max: 60 }),
        }),
        async ({ left, top, wide, grid, shade }) => {
          const [right, bottom] = [width - left - 10, height - top - 20];
          const lines = Array.from(
            { length: 40 },
            (_, index) => `M0 ${index * 16} h640 M${index * 16} 0 v480`,
          ).join("");
          const photo = await photoOf(`${all("#f2f2ee")}<path d="${lines}" stroke="${grid}" fill="none"/>
            ${strokes(`M${left} ${top} H${right} V${bottom} H${left} z M${left} 240 H${right} M${left + 30} ${top} V${bottom}`, wide)}
            ${strokes("M200 10 h80 v40 M300 120 h80 v50 h-80 z M340 170 V470")}
            <linearGradient id="s"><stop offset="0.3" stop-opacity="0"/><stop offset="1" stop-opacity="${shade / 100}"/></linearGradient>
            <rect width="100%" height="100%" fill="url(#s)"/>`);
          assert.equal(findBoard(photo), undefined);
        },
      ),
      { numRuns: 12 },
    );
  });

  it("where one runs from the bright ground to the dark", async () => {
    const sheet = `${all("#948f88")}${polygon(upright, "#f4f4f0")}${strokes(boxes)}`;
    assert.ok(isFound(findBoard(await photoOf(sheet)), upright));
    const crossed = `${sheet}${strokes("M420 285 H620")}`;
    assert.equal(findBoard(await photoOf(crossed)), undefined);
  });

  it("where others stand outside, on what may be the same sheet in shadow", async () => {
    const sheet = `${all("#a8a6a0")}${polygon(upright, "#f4f4f0")}${strokes(boxes)}`;
    assert.ok(isFound(findBoard(await photoOf(sheet)), upright));
    const beside = `${sheet}${strokes("M585 150 h45 v60 h-45 z M590 180 h30")}`;
    assert.equal(findBoard(await photoOf(beside)), undefined);
  });

  it("by a row of notes beside the bright ground", async () => {
    const notes = [20, 180, 340, 500]
      .map((x) => `<rect x="${x}" y="20" width="120" height="90" fill="#f5a6b8"/>`)
      .join("");
    const photo = await photoOf(
      `${all("#222")}${polygon(
        [
          { x: -9, y: -9 },
          { x: 660, y: -9 },
          { x: 630, y: 400 },
          { x: 12, y: 410 },
        ],
        "#f4f4f0",
      )}${notes}${strokes(boxes)}`,
    );
    const quad = findBoard(photo);
    assert.ok(quad === undefined || quad[0].y < 15, JSON.stringify(quad));
  });
});

describe("a board", () => {
  it("is found on a desk, on pale walls and behind its frame", async () => {
    const grain = Array.from({ length: 80 }, (_, index) => `M${index * 8} 0 l14 480`).join("");
    for (const [name, wall] of Object.entries({
      "dark desk": `${all("#3a2f28")}<path d="${grain}" stroke="#4d3f35" stroke-width="3"/>`,
      "light desk": `${all("#c9a878")}<path d="${grain}" stroke="#b08f60" stroke-width="3"/>`,
      "pale wall": all("#d8d6cf"),
      "dark frame": `${all("#d0cec8")}<polygon points="90,60 560,80 545,420 75,410" stroke="#333" stroke-width="14" stroke-linejoin="miter"/>`,
      "bright frame": `${all("#8d8a85")}<polygon points="90,60 560,80 545,420 75,410" stroke="#c4c6c8" stroke-width="12"/>`,
    })) {
      const quad = findBoard(await photoOf(`${wall}${polygon(upright, "#f4f4f0")}${strokes(boxes)}`));
      assert.ok(isFound(quad, upright, 12), `${name}: ${JSON.stringify(quad)}`);
    }
  });

  it("that goes on beyond the picture ends at its edge", async () => {
    const corners: Quad = [
      { x: 110, y: 70 },
      { x: 700, y: 95 },
      { x: 700, y: 400 },
      { x: 90, y: 420 },
    ];
    const quad = findBoard(await photoOf(`${all("#55504a")}${polygon(corners, "#f4f4f0")}${strokes(boxes)}`));
    assert.ok(quad);
    assert.ok(
      isFound([quad[0], quad[3], quad[3], quad[0]], [corners[0], corners[3], corners[3], corners[0]]),
    );
    assert.ok(quad[1].x >= width - 2 && quad[2].x >= width - 2, JSON.stringify(quad));
  });

  it("D2: has its corners where their names say, or is none", () => {
    const [a, b, c, d] = upright;
    const orders = [a, b, c, d].flatMap((first) =>
      [a, b, c, d]
        .filter((corner) => corner !== first)
        .flatMap((second) =>
          [a, b, c, d]
            .filter((corner) => corner !== first && corner !== second)
            .map((third): Quad => {
              const last = [a, b, c, d].find((corner) => ![first, second, third].includes(corner));
              return [first, second, third, last ?? first];
            }),
        ),
    );
    assert.equal(orders.length, 24);
    assert.deepEqual(
      orders.filter((quad) => isPlausible(quad, { width, height }, 0.1)),
      [upright],
    );
  });
});
