import type { Rgb } from "../image/palette.js";
import type { Box, TextMark } from "../report.js";
import { overlapOf } from "./boxes.js";
import { type Colour, contrastRatio, differenceOf, hex, toOklab } from "./colour.js";
import { deltaE } from "./colourVision.js";
import { type Ink, inkOn } from "./ink.js";
import type { TintedText } from "./measurement.js";
import { joinNeighbours } from "./runs.js";
import type { Segment } from "./segments.js";
import { lettersIn } from "./text.js";
import { baselineOf, isUnderlined } from "./underlines.js";

/** Lengths as shares of the font's size. */
const shares = {
  /** Words of one sentence stand no further apart; items of a menu do. */
  wordSpace: 0.6,
  /** The lines of a paragraph have no wider gap between their letters. */
  lineSpace: 1.3,
} as const;
/** Fonts of one size and weight differ by no more: shares of the font's size and of the stroke. */
const alike = { size: 1.15, stroke: 1.35 } as const;
/** Headlines are larger. CSS px. */
const largestProse = 23;
/** A sentence has at least so many words on a line, and so many of them in its main ink. */
const sentence = { words: 4, plain: 3 } as const;
/** Two inks that differ by no more are one, as far as thin letters show. ΔE OK. */
const sameInk = 0.1;
/** A tint is so much more of a colour than the other words. OKLab chroma. */
const leastTint = 0.06;
/** Grounds that differ by more are two. Levels of 255. */
const sameGround = 6;

/** A text with its colour. */
interface Piece extends Box {
  mark: TextMark;
  segment: Segment;
  ink: Ink;
  colour: Colour;
  words: number;
  /** The font's size. Pixels of the picture. */
  em: number;
}

/** What tinted words are looked for in. Places are in pixels of the picture. */
export interface Tinting {
  pixels: Rgb;
  /** Pixels of the picture for each CSS pixel. */
  ratio: number;
  segments: readonly Segment[];
  texts: readonly TextMark[];
}

/**
 * Words in the midst of a sentence that differ from it in their colour alone, neither underlined nor bold nor larger,
 * as links may. In doubt nothing is said: code, menus, labels and headlines have tints for other reasons.
 */
export function findTinted({ pixels, ratio, segments, texts }: Tinting): TintedText[] {
  const pieces = piecesOf(segments, texts, ratio);
  const lines = joinNeighbours(pieces, standTogether);
  return lines.flatMap((line) => {
    const inks = inksOf(line);
    const [main] = inks;
    if (inks.length !== 2 || !main || !isSentence(line, main)) return [];
    // Code has further colours on the lines around.
    const paragraph = [...line, ...pieces.filter((other) => line.some((own) => isLineBeside(own, other)))];
    if (inksOf(paragraph).length > 2) return [];
    return line.flatMap((piece) => {
      const beside = plainBeside(piece, line, main);
      if (!beside || !isTint(piece.colour, beside.colour)) return [];
      const { ground } = piece.ink;
      // An underline may touch the letters above it: where they end is told by the words beside them.
      const baseline = baselineOf(beside.segment);
      if (lettersIn(piece.mark.text) < 3 || isUnderlined(pixels, piece, { ground, baseline, em: piece.em }))
        return [];
      return [tintedText(piece, beside, wordsOf(line, main))];
    });
  });
}

function piecesOf(segments: readonly Segment[], texts: readonly TextMark[], ratio: number): Piece[] {
  const boxKey = ({ x, y, width, height }: Box) => `${x} ${y} ${width} ${height}`;
  const marks = new Map(texts.map((mark) => [boxKey(mark.box), mark]));
  return segments.flatMap((segment) => {
    const { ink } = segment;
    const mark = marks.get(boxKey(segment));
    if (!mark || !ink) return [];
    const words = mark.text.split(/\s+/).filter((word) => lettersIn(word) > 1).length;
    return [
      { ...mark.box, mark, segment, ink, colour: inkOn(ink.ground, ink), words, em: mark.fontSize * ratio },
    ];
  });
}

function standTogether(left: Piece, right: Piece): boolean {
  const { across, down } = overlapOf(left, right);
  const em = Math.min(left.em, right.em);
  return down >= Math.min(left.height, right.height) * 0.5 && -across <= em * shares.wordSpace;
}

/** The colours of some texts, that of the most words first, each with the text that shows it the surest. */
function inksOf(pieces: readonly Piece[]): Piece[] {
  const inks: Array<{ first: Piece; words: number }> = [];
  for (const piece of pieces.toSorted((one, other) => other.words - one.words)) {
    // A comma or a bullet hardly shows its colour.
    if (lettersIn(piece.mark.text) < 2) continue;
    const same = inks.find(({ first }) => deltaE(first.colour, piece.colour) <= sameInk);
    if (same) same.words += piece.words;
    else inks.push({ first: piece, words: piece.words });
  }
  return inks.sort((one, other) => other.words - one.words).map(({ first }) => first);
}

const isOf = (piece: Piece, ink: Piece): boolean => deltaE(piece.colour, ink.colour) <= sameInk;

/** How many words have that ink. */
const wordsOf = (pieces: readonly Piece[], ink: Piece): number =>
  pieces.reduce((sum, piece) => sum + (isOf(piece, ink) ? piece.words : 0), 0);

/** What stands between the links of a path or a row of links. */
const divider = /^[/|›»>·•→]|[/|›»>·•→]$/;

const isSentence = (line: readonly Piece[], main: Piece): boolean =>
  !line.some(({ mark }) => divider.test(mark.text)) &&
  line.reduce((sum, { words }) => sum + words, 0) >= sentence.words &&
  wordsOf(line, main) >= sentence.plain;

/** Whether a text stands on the line above or below another, in a font of its size. */
function isLineBeside(one: Piece, other: Piece): boolean {
  const { across, down } = overlapOf(one, other);
  return (
    across > 0 && down < 0 && -down <= one.em * shares.lineSpace && areNear(one.em, other.em, alike.size)
  );
}

/** The words of the main ink next to a text of another one, if they have its ground, size and weight. */
function plainBeside(piece: Piece, line: readonly Piece[], main: Piece): Piece | undefined {
  if (isOf(piece, main)) return undefined;
  const next = line
    .filter((other) => isOf(other, main) && other.words > 0 && standTogether(piece, other))
    .toSorted((one, other) => other.words - one.words)[0];
  if (!next || !isProse(piece) || !isProse(next)) return undefined;
  if (differenceOf(piece.ink.ground, next.ink.ground) > sameGround) return undefined;
  const isLike =
    areNear(piece.em, next.em, alike.size) && areNear(piece.ink.stroke, next.ink.stroke, alike.stroke);
  return isLike ? next : undefined;
}

const isProse = ({ ink, mark }: Piece): boolean => ink.even && !mark.bold && mark.fontSize <= largestProse;

const areNear = (one: number, other: number, most: number): boolean =>
  Math.max(one, other) <= Math.min(one, other) * most;

function isTint(colour: Colour, plain: Colour): boolean {
  const [tint, beside] = [toOklab(colour), toOklab(plain)];
  return Math.hypot(tint.a, tint.b) >= Math.hypot(beside.a, beside.b) + leastTint;
}

function tintedText(piece: Piece, beside: Piece, plainWords: number): TintedText {
  const rangeOf = ({ ink }: Piece) => [
    inkOn(ink.ground, ink, 1 - ink.below),
    inkOn(ink.ground, ink, 1 + ink.above),
  ];
  const ratios = rangeOf(piece).flatMap((one) => rangeOf(beside).map((other) => contrastRatio(one, other)));
  const contrast = contrastRatio(piece.colour, beside.colour);
  return {
    text: piece.mark.id,
    box: piece.mark.box,
    colour: hex(piece.colour),
    beside: { text: beside.mark.id, colour: hex(beside.colour), words: plainWords },
    contrast,
    most: Math.max(contrast, ...ratios),
  };
}
