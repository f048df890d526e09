import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { pages } from "./pages.js";
import { openPage } from "./truth.js";

/** What measuring a dense screen of 1920×1080 takes, in a process of its own: cold, warm, and its memory. */
export async function takenBy(browser: Browser): Promise<Record<string, string>> {
  const page = pages.find(({ name }) => name === "halfmoon/dashboard");
  if (!page) throw new Error("The page for timing is gone");
  const shot = {
    name: "1920×1080",
    width: 1920,
    height: 1080,
    ratio: 1,
    phone: false,
    scheme: "light",
    subpixel: false,
    formats: [],
  } as const;
  const folder = await mkdtemp(join(tmpdir(), "measure-"));
  try {
    const picture = join(folder, "page.png");
    const tab = await openPage(browser, page, { ...shot, formats: [] });
    await tab.screenshot({ path: picture });
    await tab.close();
    const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1] ?? "", picture]);
    const { cold, warm, megabytes } = JSON.parse(stdout);
    return {
      "1920×1080, cold": `${(cold / 1000).toFixed(1)} s`,
      "1920×1080, warm": `${(warm / 1000).toFixed(1)} s`,
      "peak memory": `${megabytes.toFixed(0)} MB`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
