import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchBoth } from "../measure/browsers.js";
import { keptTruth } from "../measure/keptTruth.js";
import { bugPage, bugs } from "./bugs.js";
import { screens } from "./screens.js";

/**
 * Draws the pictures that prompts are tried on: DIR/screens/NAME.png with what is true of each in DIR/truth.json, and
 * DIR/bugs/NAME.png.
 */
async function draw(folder: string): Promise<void> {
  await mkdir(join(folder, "screens"), { recursive: true });
  await mkdir(join(folder, "bugs"), { recursive: true });
  const browsers = await launchBoth();
  const truths: Record<string, object> = {};
  for (const { name, page, shot } of screens) {
    const { png, ...truth } = await keptTruth(browsers, page, shot);
    await writeFile(join(folder, "screens", `${name}.png`), png);
    truths[name] = truth;
  }
  await writeFile(join(folder, "truth.json"), JSON.stringify(truths));
  for (const bug of bugs) {
    const tab = await browsers.greyscale.newPage({
      viewport: { width: bug.width, height: bug.height },
      deviceScaleFactor: bug.ratio,
    });
    await tab.setContent(bugPage(bug));
    await writeFile(join(folder, "bugs", `${bug.name}.png`), await tab.screenshot());
    await tab.close();
  }
  await browsers.close();
}

const folder = process.argv[2];
if (!folder) throw new Error("Usage: draw.main.js DIR");
await draw(folder);
