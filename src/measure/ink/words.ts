import type { Box, TextMark } from "../../report.js";
import { similarity } from "../../text/similarity.js";

/** Signs that OCR takes for one another, each group as one of them. */
const alike: ReadonlyArray<[RegExp, string]> = [
  [/[|!1ijt]/g, "l"],
  [/[0qgc]/g, "o"],
  [/[5$]/g, "s"],
  [/[8]/g, "b"],
  [/rn|nn/g, "m"],
  [/vv|u/g, "w"],
  [/[^\p{L}\p{N}]/gu, ""],
];

const folded = (text: string): string =>
  alike.reduce((so, [signs, one]) => so.replace(signs, one), text.normalize("NFKD").toLowerCase());

/**
 * How well a label agrees with what was read at its place, with what OCR confuses tolerated.
 *
 * @returns from 0 to 1
 */
export function agreement(label: string, read: string): number {
  const words = label
    .split(/\s+/)
    .map(folded)
    .filter((word) => word !== "");
  const found = read
    .split(/\s+/)
    .map(folded)
    .filter((word) => word !== "");
  if (words.length === 0 || found.length === 0) return 0;
  const whole = similarity(words.join(""), found.join(""));
  // Words in another order, or beside others that belong to something else.
  const length = words.reduce((sum, word) => sum + word.length, 0);
  const each = words.reduce((sum, word) => {
    const best = Math.max(...found.map((other) => similarity(word, other)));
    return sum + word.length * (best > 0.5 ? best : 0);
  }, 0);
  return Math.max(whole, each / length);
}

/** What was read inside a place, row by row. */
export const textsIn = (box: Box, texts: readonly TextMark[]): TextMark[] =>
  texts.filter(({ text, box: { x, y, width, height } }) => {
    const [middle, centre] = [x + width / 2, y + height / 2];
    const isInside =
      middle > box.x && middle < box.x + box.width && centre > box.y && centre < box.y + box.height;
    return isInside && text.trim() !== "";
  });

export const readIn = (texts: readonly TextMark[]): string => texts.map(({ text }) => text).join(" ");

/** How much of what was read is letters, as OCR is sure of them: below 1 there is nothing to go by. */
export const lettersRead = (texts: readonly TextMark[]): number =>
  texts.reduce(
    (sum, { text, confidence }) => sum + ((text.match(/[\p{L}\p{N}]/gu) ?? []).length * confidence) / 100,
    0,
  );
