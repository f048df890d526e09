import type { Browser } from "playwright-core";
import { type MeasureOptions, measure } from "../../../../src/measure/measure.js";
import type { Half } from "../packages.js";
import { pixelsOf } from "../picture.js";
import { plainShot } from "../shots.js";
import { inPixels, openPage } from "../truth.js";
import { injectDefects } from "./inject.js";
import { cleanPages } from "./page.js";
import { addDefects, type DefectScores, differencesOf, noScores } from "./score.js";

/** A page as it is, and damaged in several ways. */
const rounds = [undefined, 0, 1, 2, 3, 4];

/**
 * Measures pages that are damaged on purpose, and their clean copies.
 *
 * @param onPicture is told of each picture, and of what was missed in it
 */
export async function measureDefects(
  browser: Browser,
  options: MeasureOptions,
  halves: readonly Half[],
  onPicture: (name: string, half: Half, png: Buffer, misses: readonly string[]) => Promise<void>,
): Promise<Map<Half, DefectScores>> {
  const columns = new Map(halves.map((half) => [half, noScores()]));
  for (const page of cleanPages) {
    const scores = columns.get(page.half);
    if (!scores) continue;
    for (const round of rounds) {
      const ratio = round === 2 ? 2 : 1;
      const tab = await openPage(browser, page, { ...plainShot, ratio });
      const injected = round === undefined ? [] : await tab.evaluate(injectDefects, round);
      const png = await tab.screenshot({ fullPage: true });
      await tab.close();
      const truth = injected.map(({ kind, box }) => ({ kind, box: inPixels(box, ratio) }));
      const { defects = [] } = await measure(await pixelsOf(png), { ...options, pixelRatio: ratio });
      addDefects(scores, truth, defects);
      await onPicture(`${page.name}, ${round ?? "clean"}`, page.half, png, differencesOf(truth, defects));
    }
  }
  return columns;
}
