import type { Rgb } from "../../../src/image/palette.js";
import { type Colour, contrastRatio } from "../../../src/measure/colour.js";
import type { Box } from "../../../src/report.js";
import type { TruthWord } from "./truth.js";

/** The same page three times: as it is, without letters, and with opaque fat ones. */
export interface Layers {
  shown: Rgb;
  ground: Rgb;
  fat: Rgb;
}

/** What differs by less from its ground is not seen. Levels of 255. */
const leastSeen = 6;

/**
 * The contrast of a word, at the middle of its strokes.
 *
 * @param box in pixels of the picture
 * @param alpha how opaque its letters are
 * @returns undefined when nothing of the word can be seen
 */
export function inkOf(
  { shown, ground, fat }: Layers,
  box: Box,
  alpha: number,
): Pick<TruthWord, "worst" | "best" | "letters"> | undefined {
  const left = Math.max(0, Math.round(box.x));
  const right = Math.min(shown.width, Math.round(box.x + box.width));
  const top = Math.max(0, Math.round(box.y));
  const bottom = Math.min(shown.height, Math.round(box.y + box.height));
  const difference = (over: Rgb, x: number, y: number) => {
    const [one, other] = [colourAt(over, x, y), colourAt(ground, x, y)];
    return Math.max(Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1]), Math.abs(one[2] - other[2]));
  };
  // An underline or a shadow is not in the fat letters: it counts for nothing.
  const strength = (x: number, y: number) => {
    const seen = difference(shown, x, y);
    return seen < leastSeen || difference(fat, x, y) < seen / 2 ? 0 : seen;
  };
  let strongest = 0;
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) strongest = Math.max(strongest, strength(x, y));
  if (strongest < leastSeen) return undefined;
  const ratios: number[] = [];
  const letters = { left: right, right: left, top: bottom, bottom: top };
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const share = strength(x, y) / strongest;
      if (share < 0.4) continue;
      letters.left = Math.min(letters.left, x);
      letters.right = Math.max(letters.right, x + 1);
      letters.top = Math.min(letters.top, y);
      letters.bottom = Math.max(letters.bottom, y + 1);
      if (share < 0.7) continue;
      const [behind, opaque] = [colourAt(ground, x, y), colourAt(fat, x, y)];
      ratios.push(contrastRatio(mixed(opaque, behind, alpha), behind));
    }
  }
  ratios.sort((a, b) => a - b);
  const quantile = (q: number) => ratios[Math.min(ratios.length - 1, Math.floor(ratios.length * q))] ?? 1;
  return {
    worst: quantile(0.1),
    best: quantile(0.9),
    letters: {
      x: letters.left,
      y: letters.top,
      width: letters.right - letters.left,
      height: letters.bottom - letters.top,
    },
  };
}

const mixed = (front: Colour, behind: Colour, alpha: number): Colour => [
  Math.round(front[0] * alpha + behind[0] * (1 - alpha)),
  Math.round(front[1] * alpha + behind[1] * (1 - alpha)),
  Math.round(front[2] * alpha + behind[2] * (1 - alpha)),
];

/** The colour of the nearest pixel that there is. */
export function colourAt({ data, width, height }: Rgb, x: number, y: number): Colour {
  const index = (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 3;
  return [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0];
}
