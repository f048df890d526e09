import { overlapOf } from "./boxes.js";
import type { Letter } from "./letters.js";
import type { Segment } from "./segments.js";

/** How large letters are. Pixels of the picture. */
export interface LetterSize {
  /** Of capitals, or of small letters where there is no capital. */
  height: number;
  /** The font's size. */
  em: number;
  /** The font's size lies between these. */
  least: number;
  most: number;
  /** Mean thickness of the strokes, as a share of the font's size. */
  weight: number;
}

/** The height of letters as a share of the font's size: usual, and the least and the most of common fonts. */
interface Share {
  usual: number;
  least: number;
  most: number;
}
const tallLetters: Share = { usual: 0.73, least: 0.685, most: 0.765 };
const middlingLetters: Share = { usual: 0.66, least: 0.57, most: 0.72 };
const smallLetters: Share = { usual: 0.54, least: 0.45, most: 0.57 };
/** Of signs that are built from parts above each other, as those of Chinese, Japanese, Korean and Thai. */
const builtSigns: Share = { usual: 0.88, least: 0.7, most: 1.05 };
const below: Share = { usual: 0.2, least: 0.19, most: 0.24 };
const none: Share = { usual: 0, least: 0, most: 0 };
/** An edge is known to this. Pixels. */
const edge = 0.5;

/** From how thick strokes on a text is surely bold, and up to where it surely is not. Shares of the font's size. */
export const boldStrokes = { surely: 0.165, usually: 0.157, perhaps: 0.15 } as const;

/**
 * The size of the letters, from the height that they fill, and from which letters they are where that is known.
 *
 * @param text as it was read, or "" where it was not
 */
export function letterSize(text: string, segment: Segment): LetterSize {
  const whole = segment.ink ? segment.ink.bottom - segment.ink.top : segment.height;
  const stroke = segment.ink?.stroke ?? 0;
  const { above, depth, capital } = text === "" ? ofShape(segment) : ofText(text);
  const em = whole / (above.usual + depth.usual);
  return {
    height: em * (capital ? 0.72 : 0.53),
    em,
    least: Math.max(1, (whole - edge) / (above.most + depth.most)),
    most: (whole + edge) / (above.least + depth.least),
    weight: stroke / em,
  };
}

interface Extent {
  above: Share;
  depth: Share;
  capital: boolean;
}

function ofText(text: string): Extent {
  const tall = /[\p{Lu}\p{N}bdfhklß!?()[\]{}/|@#$%&]/u.test(text);
  const middling = !tall && /[tij]/.test(text);
  const deep = /[gjpqyçQ,;()[\]{}|@$]/u.test(text);
  return {
    above: tall ? tallLetters : middling ? middlingLetters : smallLetters,
    depth: deep ? below : none,
    capital: tall,
  };
}

/** Which letters they may be, by whether some are higher than others and some reach below the line. */
function ofShape({ letters, height, y }: Segment): Extent {
  if (isBuilt(letters, height)) return { above: builtSigns, depth: none, capital: true };
  const whole = letters.filter((letter) => letter.height >= height * 0.4);
  const bottoms = whole.map((letter) => letter.y + letter.height).sort((a, b) => a - b);
  const line = bottoms[bottoms.length >> 1] ?? y + height;
  const deep = y + height - line > Math.max(1, height * 0.12);
  const onLine = whole
    .filter((letter) => Math.abs(letter.y + letter.height - line) <= Math.max(1, height * 0.08))
    .map((letter) => letter.height)
    .sort((a, b) => a - b);
  const [low, high] = [onLine[0] ?? height, onLine.at(-1) ?? height];
  const mixed = onLine.length >= 3 && low < high * 0.85;
  return {
    above: mixed ? tallLetters : { ...tallLetters, least: smallLetters.least },
    depth: deep ? below : none,
    capital: true,
  };
}

/** Whether many of the parts stand above or below another one. The dot of an i is too small to count. */
function isBuilt(letters: readonly Letter[], height: number): boolean {
  const parts = letters.filter((part) => part.height >= height * 0.18);
  const stacked = parts.filter((part, index) =>
    parts.slice(index + 1, index + 4).some((other) => {
      const { across, down } = overlapOf(part, other);
      return across >= Math.min(part.width, other.width) * 0.6 && down <= 0;
    }),
  );
  return stacked.length > 0 && stacked.length >= parts.length * 0.2;
}
