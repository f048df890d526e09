import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browsers } from "./browsers.js";
import type { FieldPage } from "./pages.js";
import type { Shot } from "./shots.js";
import { collectTruth, type Truth } from "./truth.js";

const folder = "node_modules/.cache/measure-truth";
const sources = "test/bench/measure";

/** What the truth depends on besides the page: this code, and the packages' versions. */
async function digestOfCode(): Promise<string> {
  const hash = createHash("sha256").update(await readFile("package-lock.json"));
  for (const name of (await readdir(sources)).sort())
    if (/^(inPage|ink|outline|causes|truth|browsers)\.ts$/.test(name))
      hash.update(await readFile(join(sources, name)));
  return hash.digest("hex");
}

let code: Promise<string> | undefined;

/** The truth of a page, as it was kept when the page was last taken in the same way. */
export async function keptTruth(browsers: Browsers, page: FieldPage, shot: Shot): Promise<Truth> {
  code ??= digestOfCode();
  const key = createHash("sha256")
    .update(JSON.stringify([await code, page.html(shot.scheme), shot]))
    .digest("hex")
    .slice(0, 24);
  const place = join(folder, key);
  try {
    const truth: Omit<Truth, "png"> = JSON.parse(await readFile(`${place}.json`, "utf8"));
    return { ...truth, png: await readFile(`${place}.png`) };
  } catch {
    const { png, ...truth } = await collectTruth(
      shot.subpixel ? browsers.subpixel : browsers.greyscale,
      page,
      shot,
    );
    await mkdir(folder, { recursive: true });
    await writeFile(`${place}.png`, png);
    await writeFile(`${place}.json`, JSON.stringify(truth));
    return { ...truth, png };
  }
}
