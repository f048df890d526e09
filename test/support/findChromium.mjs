// @ts-check
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

/**
 * Finds the Chromium that tests run in. Plain JavaScript, so that `npm test` can ask before anything is built.
 */

const { env, platform, arch } = process;

/** Where installers put Chrome, Chromium and, on Windows, Edge, which is a Chromium too. */
function installedPlaces() {
  if (platform === "darwin")
    return ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].flatMap(
      (root) => root ?? [],
    );
    return [
      ["Google", "Chrome", "Application", "chrome.exe"],
      ["Microsoft", "Edge", "Application", "msedge.exe"],
    ].flatMap((path) => roots.map((root) => join(root, ...path)));
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Whether the Chromium that npm carries runs here: it is built for Linux on x64 with glibc. */
function npmHasOne() {
  if (platform !== "linux" || arch !== "x64") return false;
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  if (header.glibcVersionRuntime === undefined) return false;
  try {
    createRequire(import.meta.url).resolve("@sparticuz/chromium");
    return true;
  } catch {
    return false;
  }
}

/**
 * An installed Chromium, by CHROMIUM or where installers put it; otherwise "npm", for the one that npm carries.
 *
 * @returns {{ from: "machine", path: string } | { from: "npm" }}
 * @throws {Error} when there is none: a run never skips in silence
 */
export function findChromium() {
  if (env.CHROMIUM !== undefined && env.CHROMIUM !== "") {
    if (existsSync(env.CHROMIUM)) return { from: "machine", path: env.CHROMIUM };
    throw new Error(`CHROMIUM is set to ${env.CHROMIUM}, where there is no file.`);
  }
  const path = installedPlaces().find((place) => existsSync(place));
  if (path !== undefined) return { from: "machine", path };
  if (npmHasOne()) return { from: "npm" };
  throw new Error(
    `The tests need Chrome or Chromium, and none was found on this ${platform} (${arch}). Install it, or set CHROMIUM to its path.`,
  );
}

if (import.meta.filename === process.argv[1]) {
  try {
    findChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
