import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { launchChromium } from "../../support/chromium.js";
import { findChromium } from "../../support/findChromium.mjs";

/** A browser that draws letters in greyscale, and one that draws red, green and blue apart, as ClearType does. */
export interface Browsers {
  greyscale: Browser;
  subpixel: Browser;
  close(): Promise<void>;
}

const fontSettings = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include>
<match target="font"><edit name="antialias" mode="assign"><bool>true</bool></edit><edit name="rgba" mode="assign"><const>rgb</const></edit><edit name="lcdfilter" mode="assign"><const>lcddefault</const></edit></match>
<match target="pattern"><edit name="antialias" mode="assign"><bool>true</bool></edit><edit name="rgba" mode="assign"><const>rgb</const></edit></match></fontconfig>`;

/** Subpixel letters are asked of fontconfig: they are drawn on Linux. */
export async function launchBoth(): Promise<Browsers> {
  const folder = await mkdtemp(join(tmpdir(), "fonts-"));
  const settings = join(folder, "fonts.conf");
  await writeFile(settings, fontSettings);
  const found = findChromium();
  if (found.from !== "machine") throw new Error("Subpixel letters are drawn by an installed Chromium alone.");
  const greyscale = await launchChromium(true, false);
  const subpixel = await chromium.launch({
    executablePath: found.path,
    handleSIGINT: false,
    env: { ...process.env, FONTCONFIG_FILE: settings },
    args: ["--no-sandbox", "--disable-gpu", "--enable-lcd-text"],
  });
  return {
    greyscale,
    subpixel,
    async close() {
      await Promise.all([greyscale.close(), subpixel.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
