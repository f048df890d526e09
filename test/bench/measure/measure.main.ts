import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { openPicture } from "../../../src/image/open.js";
import { readPixels } from "../../../src/image/prepare.js";
import { type MeasureOptions, measure } from "../../../src/measure/measure.js";
import { startOcr } from "../../../src/measure/ocr.js";
import { launchChromium } from "../../support/chromium.js";
import { pages } from "./pages.js";
import { emptyScore, type Score, scoreControls, scoreTexts } from "./score.js";
import { collectTruth } from "./truth.js";

/**
 * Measures pages whose truth is known: `npm run bench:measure`, with `-- --json` for one result a line. Given a
 * picture, it measures that alone, twice, and says what it took: so that memory and a cold start are a process's own.
 */
const ocr = { worker: resolve("dist/ocrWorker.js"), folders: ["dist/languages"], languages: ["eng"] };
const asJson = process.argv.includes("--json");
const alone = process.argv.find((argument) => argument.endsWith(".png"));

async function optionsOf(): Promise<MeasureOptions> {
  return {
    read: (await startOcr(ocr)).read,
    pixelRatio: undefined,
    jpegQuality: undefined,
    findSecrets: true,
  };
}

async function pixelsOf(bytes: Buffer) {
  const picture = await openPicture(bytes);
  return readPixels(picture, picture);
}

async function measureAlone(file: string): Promise<void> {
  const bytes = await readFile(file);
  const start = performance.now();
  const [options, pixels] = await Promise.all([optionsOf(), pixelsOf(bytes)]);
  await measure(pixels, options);
  const cold = performance.now() - start;
  const again = performance.now();
  await measure(await pixelsOf(bytes), options);
  const warm = performance.now() - again;
  process.stdout.write(JSON.stringify({ cold, warm, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

async function takenBy(browser: Browser): Promise<{ cold: number; warm: number; megabytes: number }> {
  const folder = await mkdtemp(join(tmpdir(), "measure-"));
  try {
    const page = pages.find(({ name }) => name === "bootstrap-dashboard");
    if (!page) throw new Error("The page for timing is gone");
    const tab = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    const html = join(folder, "page.html");
    await writeFile(html, page.html("light"));
    await tab.goto(`file://${html}`);
    const picture = join(folder, "page.png");
    await tab.screenshot({ path: picture });
    await tab.close();
    const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1] ?? "", picture]);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)}%`;

function rowOf(score: Score): Record<string, string> {
  return {
    "words located (≥ 95%)": percent(score.located, score.words),
    "words read right": percent(score.readRight, score.words),
    "texts failing / passing": `${score.failing} / ${score.passing}`,
    "mean error of the ratio (≤ 3%)": `${(100 * mean(score.errors)).toFixed(2)}%`,
    "failures measured as failing, of all (≥ 90%)": percent(score.failingMeasured, score.failing),
    "… of those measured (≥ 95%)": percent(
      score.failingMeasured,
      score.failingMeasured + score.failingCalledPassing,
    ),
    "failures called passing (≤ 1%)": percent(score.failingCalledPassing, score.failing),
    "precision of failing (≥ 95%)": percent(score.trueAlarms, score.alarms),
    "left unmeasured (≤ 10%)": percent(score.unmeasured, score.failing + score.passing),
    "texts where axe is wrong": String(score.axeWrong),
    "controls < 24×24: precision": percent(score.smallRight, score.smallMarked),
    "controls < 24×24: recall": percent(score.smallFound, score.small),
  };
}

async function main(): Promise<void> {
  const browser = await launchChromium();
  const scores = new Map<string, Score>();
  const add = (column: string, score: (into: Score) => void) => {
    const into = scores.get(column) ?? emptyScore();
    scores.set(column, into);
    score(into);
  };
  const options = await optionsOf();
  const taken = await takenBy(browser);
  for (const page of pages) {
    for (const scheme of ["light", "dark"] as const) {
      for (const ratio of [1, 2] as const) {
        const truth = await collectTruth(browser, page, scheme, ratio);
        for (const format of ["PNG", "JPEG"] as const) {
          const bytes =
            format === "PNG" ? truth.png : await sharp(truth.png).jpeg({ quality: 85 }).toBuffer();
          const { texts, controls } = await measure(await pixelsOf(bytes), options);
          for (const column of ["whole set", page.heldOut ? "held out" : "tuned on", `${format} ${ratio}×`]) {
            add(column, (score) => {
              scoreTexts(score, truth, texts);
              scoreControls(score, truth, controls);
            });
          }
        }
      }
    }
    if (!asJson) process.stderr.write(`${page.name}\n`);
  }
  await browser.close();
  const columns = Object.fromEntries([...scores].map(([column, score]) => [column, rowOf(score)]));
  const time = {
    "1920×1080, cold": `${(taken.cold / 1000).toFixed(1)} s`,
    "1920×1080, warm": `${(taken.warm / 1000).toFixed(1)} s`,
    "peak memory": `${taken.megabytes.toFixed(0)} MB`,
  };
  if (asJson) return console.log(JSON.stringify({ ...columns, time }));
  for (const [column, row] of Object.entries(columns)) {
    console.log(`\n${column}`);
    for (const [name, value] of Object.entries(row)) console.log(`  ${name.padEnd(46)} ${value}`);
  }
  console.log("");
  for (const [name, value] of Object.entries(time)) console.log(`${name.padEnd(48)} ${value}`);
}

await (alone ? measureAlone(alone) : main());
process.exit();
