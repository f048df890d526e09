import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { measure } from "../../../src/measure/measure.js";
import { pages } from "./pages.js";
import { pixelsOf, startMeasuring } from "./picture.js";
import { plainShot } from "./shots.js";
import { openPage } from "./truth.js";

/** What measuring a picture takes, from a cold start and again. Milliseconds, and the process's memory at most. */
export async function timePicture(file: string): Promise<{ cold: number; warm: number; megabytes: number }> {
  const bytes = await readFile(file);
  const start = performance.now();
  const [options, pixels] = await Promise.all([startMeasuring(), pixelsOf(bytes)]);
  await measure(pixels, options);
  const cold = performance.now() - start;
  const again = performance.now();
  await measure(await pixelsOf(bytes), options);
  const warm = performance.now() - again;
  return { cold, warm, megabytes: process.resourceUsage().maxRSS / 1024 };
}

/** The same for a dense screen of 1920×1080, in a process of its own, as it is shown. */
export async function timeDenseScreen(browser: Browser): Promise<string> {
  const page = pages.find(({ name }) => name === "halfmoon/dashboard");
  if (!page) throw new Error("The page for timing is gone");
  const folder = await mkdtemp(join(tmpdir(), "measure-"));
  try {
    const picture = join(folder, "page.png");
    const tab = await openPage(browser, page, { ...plainShot, width: 1920, height: 1080 });
    await tab.screenshot({ path: picture });
    await tab.close();
    const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1] ?? "", picture]);
    const { cold, warm, megabytes } = JSON.parse(stdout);
    return `1920×1080: ${(cold / 1000).toFixed(1)} s cold, ${(warm / 1000).toFixed(1)} s warm, ${megabytes.toFixed(0)} MB at most`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
