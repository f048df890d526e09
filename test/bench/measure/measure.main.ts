import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launchBoth } from "./browsers.js";
import { cropOf, worstOf, writeCrops } from "./crops.js";
import { measureDefects } from "./defects/measureDefects.js";
import { defectsTable } from "./defects/score.js";
import { measureField } from "./field.js";
import { keptReading } from "./keptReading.js";
import type { Half } from "./packages.js";
import { pages } from "./pages.js";
import { startMeasuring } from "./picture.js";
import { shotsOf } from "./shots.js";
import { causesTable, tableOf, valuesOf } from "./table.js";
import { timeDenseScreen, timePicture } from "./timing.js";

const usage = `npm run bench:measure -- [options]
Measures pages whose truth is known. Half of their packages are held out: while the way of measuring is changed,
use --tuning, which neither runs nor shows them.
  --tuning        only the pages that may be looked at while tuning
  --held-out      only the other half: its score, never its pictures
  --pages NAME    only pages whose name contains this, as "halfmoon" or "infima/docs"
  --shots NAME    only pictures taken in such a way, as "phone" or "dark"
  --format F      PNG or JPEG only
  --unread        without reading words: quicker, but nothing that needs them is found
  --limit N       only the first N pages
  --misses        print every miss (of the tuning half)
  --save          write the pictures (of the tuning half) to dist/measure-pages
  --defects       only the pages with injected display defects
  --json          the table for a machine
Ctrl+C prints the table of what has been measured by then.
A picture's path instead: measures it twice, and says what it took.`;

const { values: chosen, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tuning: { type: "boolean", default: false },
    "held-out": { type: "boolean", default: false },
    pages: { type: "string" },
    shots: { type: "string", default: "" },
    format: { type: "string", default: "" },
    unread: { type: "boolean", default: false },
    limit: { type: "string" },
    misses: { type: "boolean", default: false },
    save: { type: "boolean", default: false },
    defects: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const halves: Half[] = chosen.tuning ? ["tuning"] : chosen["held-out"] ? ["heldOut"] : ["tuning", "heldOut"];
const isWhole = chosen.pages === undefined && chosen.limit === undefined && chosen.shots === "";

async function save(name: string, ending: string, bytes: Buffer): Promise<void> {
  if (!chosen.save) return;
  await mkdir("dist/measure-pages", { recursive: true });
  await writeFile(`dist/measure-pages/${name.replaceAll(/[ ,/]+/g, "-")}.${ending}`, bytes);
}

const wantedPages = () =>
  pages
    .map((page, index) => ({ page, shots: shotsOf(index) }))
    .filter(({ page }) => page.name.includes(chosen.pages ?? "") && halves.includes(page.half))
    .slice(0, Number(chosen.limit ?? pages.length))
    .map(({ page, shots }) => ({
      page,
      shots: shots
        .filter(({ name }) => name.includes(chosen.shots))
        .map((shot) => ({
          ...shot,
          formats: shot.formats.filter((format) => format.includes(chosen.format)),
        })),
    }));

const stopped = new AbortController();

async function main(): Promise<void> {
  process.once("SIGINT", () => stopped.abort());
  const browsers = await launchBoth();
  const started = await startMeasuring(!chosen.unread);
  const { read, keep } = keptReading(started.read);
  const options = chosen.unread ? started : { ...started, read };
  if (!chosen.defects) {
    const { columns, misses } = await measureField(
      browsers,
      options,
      wantedPages(),
      async ({ name, page, format, bytes }, found) => {
        if (!chosen.json) process.stderr.write(`${name}\n`);
        if (page.half !== "tuning") return;
        await save(name, format.toLowerCase(), bytes);
        if (!chosen.misses) return;
        for (const { what, box } of found)
          console.log(`${name} @${Math.round(box.x)},${Math.round(box.y)} ${what}`);
      },
      stopped.signal,
    );
    const crops = await Promise.all(
      worstOf(misses).map(async (miss) => ({ ...miss, png: await cropOf(miss.png, miss.box) })),
    );
    await writeCrops("dist/measure-misses.html", crops);
    if (chosen.json) console.log(JSON.stringify(valuesOf(columns)));
    else {
      console.log(tableOf(columns));
      for (const half of halves) {
        const score = columns.get(half);
        if (score) console.log(`\nFailing runs by cause, ${half}, PNG\n${causesTable(score)}`);
      }
      console.log("\nThe worst misses of the tuning half: dist/measure-misses.html");
    }
  }
  if (chosen.defects || (isWhole && !chosen.json)) {
    const scores = await measureDefects(
      browsers.greyscale,
      options,
      halves,
      async (name, half, png, misses) => {
        if (half !== "tuning") return;
        await save(name, "png", png);
        if (chosen.misses) for (const miss of misses) console.log(`${name}: ${miss}`);
      },
    );
    console.log(`\n${defectsTable(scores)}`);
  }
  if (isWhole && !chosen.defects && !chosen.json)
    console.log(`\n${await timeDenseScreen(browsers.greyscale)}`);
  if (!chosen.unread) await keep();
  await browsers.close();
}

const alone = positionals[0];
if (chosen.help) console.log(usage);
else if (alone) console.log(JSON.stringify(await timePicture(alone)));
else await main();
process.exit();
