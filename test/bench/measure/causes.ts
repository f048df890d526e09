import type { Rgb } from "../../../src/image/palette.js";
import { overlapOf } from "../../../src/measure/boxes.js";
import { contrastRatio } from "../../../src/measure/colour.js";
import type { Box } from "../../../src/report.js";
import { colourAt } from "./ink.js";
import type { Shot } from "./shots.js";
import type { TruthRun } from "./truth.js";

/** What makes a run of text hard to measure. A run may have several; `plain` has none. */
export const causes = [
  "plain",
  "pale beside dark",
  "two colours in a word",
  "tight box",
  "tight lines",
  "over photo or gradient",
  "not Latin",
  "single sign",
  "near the size of large text",
  "small (below 12 px)",
  "within 2% of the threshold",
  "subpixel",
] as const;
export type Cause = (typeof causes)[number];

type Run = Omit<TruthRun, "causes">;

/**
 * @param all every run of the picture
 * @param ground the picture without letters
 */
export function causesOf(run: Run, all: readonly Run[], ground: Rgb, shot: Shot): Cause[] {
  const text = run.words.map((word) => word.text).join("");
  const box = lettersOf(run);
  const em = run.fontSize * shot.ratio;
  const others = all.filter((other) => other !== run).map((other) => ({ ...other, box: lettersOf(other) }));
  const beside = others.filter((other) => {
    const { across, down } = overlapOf(box, other.box);
    return down > Math.min(box.height, other.box.height) * 0.4 && -across < em;
  });
  const found: Cause[] = [];
  if (beside.some(({ best }) => best > run.worst * 1.6)) found.push("pale beside dark");
  if (beside.some((other) => -overlapOf(box, other.box).across < em * 0.12 && other.best !== run.best))
    found.push("two colours in a word");
  if (run.words.some(({ letters }) => hasEdgeAround(ground, letters, shot.ratio))) found.push("tight box");
  const above = others.some((other) => {
    const { across, down } = overlapOf(box, other.box);
    return across > 0 && down <= 0 && -down < em * 0.12;
  });
  if (above) found.push("tight lines");
  if (run.best > run.worst * 1.25) found.push("over photo or gradient");
  if (/[^\P{L}\p{Script=Latin}]/u.test(text)) found.push("not Latin");
  if ([...text].length === 1) found.push("single sign");
  const large = run.bold ? 18.66 : 24;
  if (Math.abs(run.fontSize - large) <= large * 0.06) found.push("near the size of large text");
  if (run.fontSize < 12) found.push("small (below 12 px)");
  if (Math.abs(run.worst - run.needed) <= run.needed * 0.02) found.push("within 2% of the threshold");
  if (shot.subpixel) found.push("subpixel");
  return found.length === 0 ? ["plain"] : found;
}

function lettersOf({ words }: Run): Box {
  const left = Math.min(...words.map(({ letters }) => letters.x));
  const top = Math.min(...words.map(({ letters }) => letters.y));
  const right = Math.max(...words.map(({ letters }) => letters.x + letters.width));
  const bottom = Math.max(...words.map(({ letters }) => letters.y + letters.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether a border or the end of a fill comes closer than 3 CSS pixels to the letters, above or below. */
function hasEdgeAround(ground: Rgb, { x, y, width, height }: Box, ratio: number): boolean {
  const reach = 3 * ratio;
  for (let offset = x; offset < x + width; offset += 4) {
    const middle = colourAt(ground, offset, Math.round(y + height / 2));
    for (const row of [y - reach, y + height - 1 + reach])
      if (contrastRatio(colourAt(ground, offset, row), middle) > 1.1) return true;
  }
  return false;
}
