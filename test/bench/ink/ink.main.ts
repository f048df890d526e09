import { parseArgs } from "node:util";
import { evidenceOf } from "../../../src/workflows/diagram/evidence.js";
import { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";
import { launchChromium } from "../../support/chromium.js";
import { endOcr, pixelsOf } from "../../support/measured.js";
import { harderPictures } from "../diagrams/harderPictures.js";
import { type Corruption, corruptions, noSamples, pictureOf, type Samples, sampleInk } from "./corrupt.js";
import { handDrawnInk, type KnownInk, measuredInk, renderedInk } from "./families.js";

/**
 * `npm run bench:ink -- [--drawings DIR] [--flowcharts DIR] [--own N] [--half first|second] [--kept DIR]`: how well
 * right elements of diagrams are told from corrupted ones by the ink. The first half of the pictures is for tuning, the
 * second for proof.
 */
const { values } = parseArgs({
  options: {
    drawings: { type: "string" },
    flowcharts: { type: "string" },
    own: { type: "string", default: "20" },
    half: { type: "string" },
    kept: { type: "string" },
  },
});
const parser = new MermaidParser("./dist/mermaidWorker.js");
const browser = await launchChromium();

async function* own(count: number): AsyncGenerator<KnownInk> {
  for await (const { name, graph, drawing } of harderPictures(browser, count)) {
    const pixels = await pixelsOf(drawing);
    yield { name, graph, size: pixels, measurement: await measuredInk(name, pixels, keptFor("own")) };
  }
}

const keptFor = (family: string): string | undefined =>
  values.kept === undefined ? undefined : `${values.kept}/${family}`;

const families: Array<[name: string, marks: number, items: AsyncGenerator<KnownInk>]> = [];
if (Number(values.own) > 0) families.push(["own, drawn by code", 0.9, own(Number(values.own))]);
if (values.flowcharts !== undefined)
  families.push(["flowcharts, rendered", 0.9, renderedInk(values.flowcharts, parser, keptFor("flowcharts"))]);
if (values.drawings !== undefined)
  families.push(["drawn by hand", 0.8, handDrawnInk(values.drawings, keptFor("drawings"))]);

const rows: Array<Record<string, string | number>> = [];
const times: Array<Record<string, string | number>> = [];
for (const [family, mark, items] of families) {
  const halves = { first: noSamples(), second: noSamples() };
  const taken: number[] = [];
  let index = 0;
  for await (const known of items) {
    const half = index++ % 2 === 0 ? "first" : "second";
    if (values.half !== undefined && values.half !== half) continue;
    const start = performance.now();
    evidenceOf(known.graph, { picture: pictureOf(known.size), measurement: known.measurement });
    taken.push(performance.now() - start);
    sampleInk(known, index, halves[half]);
  }
  for (const [half, samples] of Object.entries(halves)) {
    if (values.half !== undefined && values.half !== half) continue;
    rows.push({ family, half, ...areas(samples), mark: `≥ ${mark.toFixed(2)}` });
  }
  const sorted = taken.sort((a, b) => a - b);
  times.push({
    family,
    pictures: sorted.length,
    "median, ms": Math.round(sorted[sorted.length >> 1] ?? Number.NaN),
    "slowest, ms (≤ 1000)": Math.round(sorted.at(-1) ?? Number.NaN),
  });
}
console.log("\nRight elements told from corrupted ones: area under the curve");
console.table(rows);
console.log("\nWeighing one picture");
console.table(times);
parser.dispose();
await browser.close();
await endOcr();

function areas(samples: Samples): Record<Corruption | "all", string> {
  const each = corruptions.map((corruption): [Corruption, string] => {
    const { right, wrong } = samples[corruption];
    return [corruption, areaUnderCurve(right, wrong).toFixed(3)];
  });
  const pooled = (side: "right" | "wrong") => corruptions.flatMap((corruption) => samples[corruption][side]);
  return {
    all: areaUnderCurve(pooled("right"), pooled("wrong")).toFixed(3),
    ...(Object.fromEntries(each) as Record<Corruption, string>),
  };
}

/** How often a right one is surer than a wrong one; half where they are alike. */
function areaUnderCurve(right: readonly number[], wrong: readonly number[]): number {
  let sum = 0;
  for (const one of right) for (const other of wrong) sum += one > other ? 1 : one === other ? 0.5 : 0;
  return sum / (right.length * wrong.length);
}
