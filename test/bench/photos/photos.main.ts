import { parseArgs } from "node:util";
import { launchChromium } from "../../support/chromium.js";
import { PageReader } from "../diagrams/reading.js";
import { knownBoards } from "./boards.js";
import { handDrawn } from "./handDrawn.js";
import { flowcharts, legibility, screens } from "./legibility.js";
import { straightening } from "./straightening.js";

/**
 * `npm run bench:photos -- [--drawings DIR] [--flowcharts DIR]`: what straightening does to boards that are drawn and
 * photographed here, and to a folder of photos that have a BPMN model beside each; then what screenshots, and a folder
 * of flowcharts with their Mermaid text, cost and how much is read of them at the size that they are sent.
 */
const { values } = parseArgs({
  options: { drawings: { type: "string" }, flowcharts: { type: "string" } },
});
const boards = 60;
const browser = await launchChromium();
const results = {
  "boards, photographed": await straightening(knownBoards(browser, boards)),
  ...(values.drawings === undefined
    ? {}
    : { "drawings by hand": await straightening(handDrawn(values.drawings)) }),
};
console.log("\nstraightening");
console.table(
  Object.fromEntries(
    Object.entries(results).map(([name, { cut, ...row }]) => [name, { ...row, cut: cut.length }]),
  ),
);
for (const { cut } of Object.values(results)) for (const name of cut) console.log(`cut: ${name}`);

const reader = await PageReader.start();
console.log("\nlegibility");
console.table([
  ...(await legibility(screens(browser), reader)),
  ...(values.flowcharts === undefined ? [] : await legibility(flowcharts(values.flowcharts), reader)),
]);
await reader.end();
await browser.close();
