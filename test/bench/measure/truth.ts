import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import type { Rgb } from "../../../src/image/palette.js";
import type { Box } from "../../../src/report.js";
import { type Cause, causesOf } from "./causes.js";
import { inkOf } from "./ink.js";
import { fattenLetters, hideLetters, type PageControl, readControls, readRuns, tint } from "./inPage.js";
import { isOutlined } from "./outline.js";
import type { FieldPage } from "./pages.js";
import type { Shot } from "./shots.js";

/** A word as it can be seen. Its box is in pixels of the picture. */
export interface TruthWord {
  text: string;
  box: Box;
  /** Where its letters are, more closely than by the box of its font. */
  letters: Box;
  /** Contrast with the worst and the best of the grounds behind it. */
  worst: number;
  best: number;
}

/** Words on one line that have one colour. */
export interface TruthRun {
  words: TruthWord[];
  worst: number;
  best: number;
  /** 3 for large text, else 4.5. */
  needed: 3 | 4.5;
  /** CSS pixels. */
  fontSize: number;
  bold: boolean;
  /** WCAG asks no contrast of it, for this reason. */
  exempt: "disabled" | "inert" | "logo" | undefined;
  /** A shadow gives it an outline, or takes it away: what its contrast is can be argued about. */
  shadowed: boolean;
  causes: Cause[];
}

export interface TruthControl extends PageControl {
  /** `box` and `target` are in pixels of the picture; these are the box's, in CSS pixels. */
  width: number;
  height: number;
  /** Whether an outline or a fill shows where it ends. */
  outlined: boolean;
}

/** A picture of a page, and what is true of it. */
export interface Truth {
  page: string;
  half: FieldPage["half"];
  shot: Shot;
  png: Buffer;
  runs: TruthRun[];
  controls: TruthControl[];
}

const taken = async (tab: Page): Promise<{ png: Buffer; pixels: Rgb }> => {
  const png = await tab.screenshot({ fullPage: true });
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { png, pixels: { data, width: info.width, height: info.height } };
};

/** A place on the page, in pixels of its picture. */
export const inPixels = ({ x, y, width, height }: Box, ratio: number): Box => ({
  x: x * ratio,
  y: y * ratio,
  width: width * ratio,
  height: height * ratio,
});

/** Opens a page as a shot asks. */
export async function openPage(browser: Browser, page: FieldPage, shot: Shot): Promise<Page> {
  const tab = await browser.newPage({
    viewport: { width: shot.width, height: shot.height },
    deviceScaleFactor: shot.ratio,
    colorScheme: shot.scheme,
    isMobile: shot.phone,
  });
  const folder = await mkdtemp(join(tmpdir(), "truth-"));
  try {
    const file = join(folder, "page.html");
    await writeFile(file, page.html(shot.scheme));
    await tab.goto(pathToFileURL(file).href);
    await tab.evaluate(() => document.fonts.ready);
    await tab.mouse.move(0, 0);
    return tab;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Takes a page and asks it for its own truth. Its letters are taken out, for the ground that they stand on, and
 * painted fat, for their colour: so opacity, layers above and gradients are in both as Chromium draws them.
 */
export async function collectTruth(browser: Browser, page: FieldPage, shot: Shot): Promise<Truth> {
  const tab = await openPage(browser, page, shot);
  try {
    await tab.evaluate(tint);
    const shown = await taken(tab);
    const runs = await tab.evaluate(readRuns);
    const controls = await tab.evaluate(readControls);
    await tab.evaluate(hideLetters);
    const ground = await taken(tab);
    await tab.evaluate(fattenLetters);
    const fat = await taken(tab);
    const layers = { shown: shown.pixels, ground: ground.pixels, fat: fat.pixels };
    const seen = runs.flatMap((run) => {
      const words = run.words.flatMap(({ text, box }) => {
        const ink = inkOf(layers, inPixels(box, shot.ratio), run.alpha);
        return ink ? [{ text, box: inPixels(box, shot.ratio), ...ink }] : [];
      });
      if (words.length === 0) return [];
      const needed: 3 | 4.5 = run.fontSize >= 24 || (run.bold && run.fontSize >= 18.66) ? 3 : 4.5;
      const worst = Math.min(...words.map((word) => word.worst));
      const best = Math.max(...words.map((word) => word.best));
      return [{ ...run, words, needed, worst, best }];
    });
    return {
      page: page.name,
      half: page.half,
      shot,
      png: shown.png,
      runs: seen.map((run) => ({ ...run, causes: causesOf(run, seen, ground.pixels, shot) })),
      controls: controls.map((control) => ({
        ...control,
        box: inPixels(control.box, shot.ratio),
        target: inPixels(control.target, shot.ratio),
        width: control.box.width,
        height: control.box.height,
        outlined: isOutlined(ground.pixels, inPixels(control.box, shot.ratio), shot.ratio),
      })),
    };
  } finally {
    await tab.close();
  }
}
