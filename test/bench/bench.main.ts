import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { encode } from "../../src/image/encode.js";
import { fitWithin, visualTokens } from "../../src/image/limits.js";
import { openPicture } from "../../src/image/open.js";
import { preparePicture, readPixels } from "../../src/image/prepare.js";
import { limitsFor } from "../../src/providers/anthropic/limits.js";
import { launchChromium } from "../support/chromium.js";
import { serving } from "./agents.js";
import { PageReader } from "./diagrams/reading.js";
import { emitting, redrawing } from "./diagrams/speed.js";
import { type Legibility, legibility, screens } from "./photos/legibility.js";
import { growth, indexing } from "./volume/volume.js";

/** Speed as ratios within one run, since machines are noisy: `npm run bench`, `npm run bench -- --json`. */
const rounds = 15;

type Result = Record<string, number | string>;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Medians in milliseconds, taken in turns so that noise meets all alike. */
async function compare<Name extends string>(
  steps: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(steps) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -2; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      await steps[name]();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

const round2 = (value: number) => Math.round(value * 100) / 100;

const bareSharp = (bytes: Buffer) =>
  sharp(bytes)
    .rotate()
    .resize(1568, 1568, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer();

async function photo(width: number, height: number): Promise<Buffer> {
  return sharp(readFileSync("media/samples/whiteboard.jpg"))
    .resize(width, height, { fit: "fill" })
    .jpeg({ quality: 90 })
    .toBuffer();
}

async function preparing(): Promise<Result[]> {
  const pictures: Array<[string, Buffer]> = [
    ["1920×1080 PNG", readFileSync("test/fixtures/pictures/dashboard.png")],
    ["12 MP JPEG", await photo(4000, 3000)],
  ];
  const results: Result[] = [];
  for (const [name, bytes] of pictures) {
    const opened = await openPicture(bytes);
    const size = fitWithin(opened, { longEdge: 1568, visualTokens: Number.POSITIVE_INFINITY });
    const raw = { width: size.width, height: size.height, channels: 3 as const };
    const pixels = await readPixels(opened, size);
    const times = await compare({
      bareDecode: () =>
        sharp(bytes).rotate().resize(size.width, size.height, { fit: "fill" }).raw().toBuffer(),
      decode: async () => readPixels(await openPicture(bytes), size),
      jpeg85: () => sharp(pixels.data, { raw }).jpeg({ quality: 85 }).toBuffer(),
      encode: () => encode(pixels),
      bare: () => bareSharp(bytes),
      prepare: () => preparePicture(bytes, name, { longEdge: 1568, visualTokens: Number.POSITIVE_INFINITY }),
    });
    const [jpeg, ours] = [
      await sharp(pixels.data, { raw }).jpeg({ quality: 85 }).toBuffer(),
      await encode(pixels),
    ];
    results.push({
      picture: name,
      "decode to raw / bare sharp (≤ 1.2)": round2(times.decode / times.bareDecode),
      "encode / JPEG 85, time (≤ 1.8)": round2(times.encode / times.jpeg85),
      "encode / JPEG 85, bytes (≤ 0.8)": round2(ours.bytes.length / jpeg.length),
      "prepare in all / bare sharp to JPEG 85": round2(times.prepare / times.bare),
    });
  }
  return results;
}

async function sizes(): Promise<Result[]> {
  const six: Array<[number, number]> = [
    [800, 600],
    [1280, 800],
    [1920, 1080],
    [2560, 1440],
    [2880, 1800],
    [3840, 2160],
  ];
  const results: Result[] = [];
  for (const [width, height] of six) {
    const bytes = await sharp(readFileSync("test/fixtures/pictures/dashboard.png"))
      .resize(width, height, { fit: "fill" })
      .png()
      .toBuffer();
    const recipe = await bareSharp(bytes);
    const { width: w = 0, height: h = 0 } = await sharp(recipe).metadata();
    const row: Result = {
      picture: `${width}×${height}`,
      "tokens, recipe": visualTokens({ width: w, height: h }),
      "bytes, recipe": recipe.length,
    };
    const { parts } = await preparePicture(bytes, "x", limitsFor("claude-sonnet-5-5"));
    row.tokens = parts.reduce((sum, part) => sum + part.visualTokens, 0);
    row.bytes = parts.reduce((sum, part) => sum + part.bytes.length, 0);
    results.push(row);
  }
  return results;
}

/** Loading and activating the bundle with a stand-in for `vscode`, in a fresh process. Milliseconds. */
function activation(): Result {
  const times = Array.from({ length: 7 }, () =>
    Number(execFileSync(process.execPath, ["dist/test/bench/activation.main.js"], { encoding: "utf8" })),
  );
  return { "activation, ms (≤ 30)": round2(median(times)) };
}

/** Visual tokens and words read by OCR, at one size for all and at the size that letters ask for. */
async function reading(): Promise<Legibility[]> {
  const browser = await launchChromium();
  const reader = await PageReader.start();
  const rows = await legibility(screens(browser), reader);
  await reader.end();
  await browser.close();
  return rows;
}

const results = {
  preparing: await preparing(),
  sizes: await sizes(),
  reading: await reading(),
  activation: [activation()],
  emitting: emitting(),
  redrawing: await redrawing(),
  growth: await growth(),
  indexing: await indexing(),
  agents: [await serving()],
};
if (process.argv.includes("--json")) console.log(JSON.stringify(results, null, 2));
else
  for (const [name, rows] of Object.entries(results)) {
    console.log(`\n${name}`);
    console.table(rows);
  }
