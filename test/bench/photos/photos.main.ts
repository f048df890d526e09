import { launchChromium } from "../../support/vscode.js";
import { knownBoards } from "./boards.js";
import { handDrawn } from "./handDrawn.js";
import { straightening } from "./straightening.js";

/**
 * `npm run bench:photos -- [DIR]`: what is done to photos. Boards and sheets are drawn and photographed; with a
 * folder of pictures that have a BPMN model beside each, those as well.
 */
const boards = 60;
const [folder] = process.argv.slice(2);
const browser = await launchChromium();
const results = {
  "boards, photographed": await straightening(knownBoards(browser, boards)),
  ...(folder === undefined ? {} : { "drawings by hand": await straightening(handDrawn(folder)) }),
};
await browser.close();
console.log("\nstraightening");
console.table(
  Object.fromEntries(
    Object.entries(results).map(([name, { cut, ...row }]) => [name, { ...row, cut: cut.length }]),
  ),
);
for (const { cut } of Object.values(results)) for (const name of cut) console.log(`cut: ${name}`);
