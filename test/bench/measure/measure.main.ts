import { mkdir, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { openPicture } from "../../../src/image/open.js";
import { readPixels } from "../../../src/image/prepare.js";
import { type MeasureOptions, measure } from "../../../src/measure/measure.js";
import { startOcr } from "../../../src/measure/ocr.js";
import { launchBoth } from "./browsers.js";
import { type Crop, cropOf, worstOf, writeCrops } from "./crops.js";
import { pages } from "./pages.js";
import { addPicture, emptyScore, type Miss, type Score } from "./score.js";
import { type Shot, shotsOf } from "./shots.js";
import { causesTable, tableOf, valuesOf } from "./table.js";
import { takenBy } from "./time.js";
import { collectTruth } from "./truth.js";

const usage = `npm run bench:measure -- [options]
  --tuning        only the pages that may be looked at while tuning
  --pages NAME    only pages whose name contains this
  --limit N       only the first N pages
  --shots NAME    only pictures taken in such a way, as "phone"
  --format F      PNG or JPEG only
  --save          write the pictures (of the tuning half) to dist/measure-pages
  --misses        print every miss (of the tuning half)
  --json          the table for a machine
A picture's path measures that alone, twice, and says what it took.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tuning: { type: "boolean", default: false },
    pages: { type: "string" },
    limit: { type: "string" },
    shots: { type: "string", default: "" },
    format: { type: "string", default: "" },
    save: { type: "boolean", default: false },
    misses: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const ocr = { worker: resolve("dist/ocrWorker.js"), folders: ["dist/languages"], languages: ["eng"] };

const optionsOf = async (): Promise<MeasureOptions> => ({
  read: (await startOcr(ocr)).read,
  pixelRatio: undefined,
  jpegQuality: undefined,
  findSecrets: true,
});

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
  console.log(JSON.stringify({ cold, warm, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

/** Which columns a picture counts in. */
const columnsOf = (half: string, shot: Shot, format: "PNG" | "JPEG"): string[] =>
  format === "JPEG" ? [`${half} JPEG`] : [half, ...(half === "tuning" || !values.tuning ? [shot.name] : [])];

async function save(picture: string, format: string, bytes: Buffer): Promise<void> {
  await mkdir("dist/measure-pages", { recursive: true });
  await writeFile(`dist/measure-pages/${picture.replaceAll(/[ ,/]+/g, "-")}.${format.toLowerCase()}`, bytes);
}

async function main(): Promise<void> {
  const wanted = pages
    .map((page, at) => ({ page, shots: shotsOf(at) }))
    .filter(
      ({ page }) => page.name.includes(values.pages ?? "") && (page.half === "tuning" || !values.tuning),
    )
    .slice(0, Number(values.limit ?? Number.POSITIVE_INFINITY));
  const columns = new Map<string, Score>();
  const scoreOf = (column: string): Score => {
    const score = columns.get(column) ?? emptyScore();
    columns.set(column, score);
    return score;
  };
  for (const half of values.tuning ? ["tuning"] : ["tuning", "heldOut"])
    for (const column of [half, `${half} JPEG`]) scoreOf(column);
  const misses: Array<Miss & { picture: string; source: Buffer }> = [];
  const browsers = await launchBoth();
  const options = await optionsOf();
  for (const { page, shots } of wanted) {
    for (const shot of shots.filter(({ name }) => name.includes(values.shots))) {
      const truth = await collectTruth(shot.subpixel ? browsers.subpixel : browsers.greyscale, page, shot);
      for (const format of shot.formats.filter((one) => one.includes(values.format))) {
        const bytes = format === "PNG" ? truth.png : await sharp(truth.png).jpeg({ quality: 85 }).toBuffer();
        const jpegQuality = format === "JPEG" ? 85 : undefined;
        const measured = await measure(await pixelsOf(bytes), { ...options, jpegQuality });
        const picture = `${page.name}, ${shot.name}, ${format}`;
        if (values.save && page.half === "tuning") await save(picture, format, bytes);
        for (const [at, column] of columnsOf(page.half, shot, format).entries()) {
          const found = addPicture(scoreOf(column), truth, measured);
          if (at > 0 || page.half !== "tuning") continue;
          misses.push(...found.map((miss) => ({ ...miss, picture, source: truth.png })));
          if (values.misses)
            for (const { what, box } of found)
              console.log(`${picture} @${Math.round(box.x)},${Math.round(box.y)} ${what}`);
        }
      }
    }
    if (!values.json) process.stderr.write(`${page.name}\n`);
  }
  const time = values.pages || values.limit ? undefined : await takenBy(browsers.greyscale);
  await browsers.close();
  const crops: Crop[] = await Promise.all(
    worstOf(misses).map(async (miss) => ({ ...miss, png: await cropOf(miss.source, miss.box) })),
  );
  await writeCrops("dist/measure-misses.html", crops);
  if (values.json) return console.log(JSON.stringify({ ...valuesOf(columns), time }));
  console.log(tableOf(columns));
  for (const half of ["tuning", "heldOut"]) {
    const score = columns.get(half);
    if (score) console.log(`\nFailing runs by cause, ${half}, PNG\n${causesTable(score)}`);
  }
  for (const [name, value] of Object.entries(time ?? {})) console.log(`${name.padEnd(48)} ${value}`);
  console.log("\nThe worst misses of the tuning half: dist/measure-misses.html");
}

const alone = positionals[0];
if (values.help) console.log(usage);
else await (alone ? measureAlone(alone) : main());
process.exit();
