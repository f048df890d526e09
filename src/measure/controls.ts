import type { Rgb } from "../image/palette.js";
import type { ControlMark } from "../report.js";
import { gapBetween } from "./boxes.js";
import { contrastRatio } from "./colour.js";
import { kindOf } from "./controlKinds.js";
import { labelledTarget } from "./controlTargets.js";
import {
  isCell,
  isInline,
  isLetter,
  isRow,
  isSection,
  isWithin,
  outermost,
  standsFree,
} from "./noControls.js";
import type { Outline } from "./outlines.js";

/**
 * The outlines that look like something to press or to fill in. What is doubtful, such as a badge, a row of a
 * table, a card or a window's own buttons, is none.
 *
 * @param all the outlines of the picture
 * @param ratio pixels of the original for each CSS pixel
 * @returns in pixels of the original, except for `width` and `height`, in CSS pixels
 */
export function findControls(pixels: Rgb, all: readonly Outline[], ratio: number): Omit<ControlMark, "id">[] {
  const likely = outermost(all.filter((outline) => !isCell(outline, all, ratio)));
  const found = likely
    .filter((outline) => !isLetter(pixels, outline))
    .flatMap((outline) => {
      const kind = kindOf(outline, ratio);
      if (!kind) return [];
      const isSquare = kind === "radio" || kind === "checkbox";
      if (isSquare && !standsFree(pixels, outline, ratio)) return [];
      const isPart =
        isRow(outline, all, ratio) || isSection(outline, all, ratio) || isInline(pixels, outline, all, ratio);
      return !isSquare && isPart ? [] : [{ kind, outline }];
    })
    // The magnifying glass in a field is no radio button.
    .filter(({ outline: { box } }, index, those) =>
      those.every(({ outline: other }, place) => place === index || !isWithin(box, other.box)),
    );
  return found.map(({ kind, outline: { box, border, fill, ground } }) => ({
    kind,
    box,
    width: box.width / ratio,
    height: box.height / ratio,
    ...(kind === "checkbox" || kind === "radio" || kind === "switch"
      ? labelledTarget(pixels, box, ground, ratio)
      : {}),
    boundary: Math.max(contrastRatio(fill, ground), border ? contrastRatio(border, ground) : 1),
    gap:
      Math.min(
        ...found
          .filter(({ outline }) => outline.box !== box)
          .map(({ outline }) => gapBetween(box, outline.box)),
        9999,
      ) / ratio,
  }));
}
