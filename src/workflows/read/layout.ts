import type { Box, TextMark } from "../../report.js";

/** A line of words as it stands in the picture. */
export interface TextLine {
  text: string;
  /** Pixels of the original. */
  box: Box;
  /** Of its letters. Pixels of the original. */
  letterHeight: number;
  /** The ids of the marks that it was joined from. */
  marks: string[];
  /** The OCR's, from 0 to 100: of its least certain mark. */
  confidence: number;
}

/** Lines that belong together: one paragraph, list, table cell or piece of code. */
export type TextBlock = readonly [TextLine, ...TextLine[]];

/** Words on one line are at most this far apart, as a share of their letters' height. */
const wordGap = 2.2;
/** Lines of one block are at most this far apart, as a share of their letters' height. */
const lineGap = 1.6;
/** Letters of one block differ in height by at most this share. */
const likeHeight = 0.3;

/**
 * The blocks of text of a picture, in the order in which a person reads them: what stands above first, columns from
 * left to right, each to its end (a recursive XY cut).
 *
 * @param texts marks, with boxes in pixels of the original
 */
export function blocksOf(texts: readonly TextMark[]): TextBlock[] {
  return inReadingOrder(joinLines(linesOf(texts.filter(({ text }) => text.trim() !== ""))));
}

/** Marks side by side on one line, joined from left to right. */
function linesOf(marks: readonly TextMark[]): TextLine[] {
  const rows: TextMark[][] = [];
  for (const mark of [...marks].sort((a, b) => a.box.x - b.box.x)) {
    const row = rows.find((others) => {
      const last = others.at(-1);
      return last !== undefined && continuesLine(last, mark);
    });
    if (row) row.push(mark);
    else rows.push([mark]);
  }
  return rows.map(lineOf).sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
}

function continuesLine(left: TextMark, right: TextMark): boolean {
  const gap = right.box.x - left.box.x - left.box.width;
  const height = Math.min(letterHeightOf(left), letterHeightOf(right));
  return sharedHeight(left.box, right.box) > 0.5 && gap < wordGap * height && gap > -height;
}

function lineOf(row: readonly TextMark[]): TextLine {
  const boxes = row.map(({ box }) => box);
  return {
    text: row.map(({ text }) => text.trim()).join(" "),
    box: around(boxes),
    letterHeight: Math.max(...row.map(letterHeightOf)),
    marks: row.map(({ id }) => id),
    confidence: Math.min(...row.map(({ confidence }) => confidence)),
  };
}

const letterHeightOf = ({ letterHeight, box }: TextMark): number =>
  Math.max(1, letterHeight || box.height * 0.7);

/** Lines below each other that belong together. */
function joinLines(lines: readonly TextLine[]): TextBlock[] {
  const blocks: [TextLine, ...TextLine[]][] = [];
  for (const line of lines) {
    const above = blocks
      .filter((block) => continuesBlock(block, line))
      .sort((a, b) => bottomOf(b.at(-1)) - bottomOf(a.at(-1)))[0];
    if (above) above.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

/** @param block whose whole width counts: a bracket alone on its line stands under the widest line above it */
function continuesBlock(block: TextBlock, below: TextLine): boolean {
  const above = block.at(-1) ?? block[0];
  const height = Math.min(above.letterHeight, below.letterHeight);
  const gap = below.box.y - above.box.y - above.box.height;
  if (gap > lineGap * height || gap < -height) return false;
  if (
    Math.abs(above.letterHeight - below.letterHeight) >
    likeHeight * Math.max(above.letterHeight, below.letterHeight)
  )
    return false;
  const all = around(block.map(({ box }) => box));
  const left = Math.max(all.x, below.box.x);
  const right = Math.min(all.x + all.width, below.box.x + below.box.width);
  return right - left > 0.3 * Math.min(all.width, below.box.width);
}

const bottomOf = (line: TextLine | undefined): number => (line ? line.box.y + line.box.height : 0);

/** Cuts along the widest white space, across or down, until nothing can be cut. */
function inReadingOrder(blocks: readonly TextBlock[]): TextBlock[] {
  if (blocks.length < 2) return [...blocks];
  const placed = blocks.map((block) => ({ block, box: around(block.map(({ box }) => box)) }));
  const unit = median(blocks.flat().map(({ letterHeight }) => letterHeight));
  const down = widestGap(placed.map(({ box }) => [box.y, box.y + box.height]));
  const across = widestGap(placed.map(({ box }) => [box.x, box.x + box.width]));
  // A gap between columns means more than one of the same width between paragraphs.
  const isAcross = across && across.width > unit && (!down || across.width * 1.5 >= down.width);
  const cut = isAcross ? across : down;
  if (!cut) return placed.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x).map(({ block }) => block);
  const start = (box: Box) => (isAcross ? box.x : box.y);
  const first = placed.filter(({ box }) => start(box) < cut.at).map(({ block }) => block);
  const second = placed.filter(({ box }) => start(box) >= cut.at).map(({ block }) => block);
  const rows = isAcross ? tableRows(first.flat(), second.flat()) : undefined;
  if (rows) return [rows];
  return [...inReadingOrder(first), ...inReadingOrder(second)];
}

/** Entries of a column of numbers, prices or states are at most this long, on average. */
const shortEntry = 14;

/**
 * Two columns as the rows of a table, a tab between their cells: where short entries on the right, mostly numbers, each
 * stand beside a line on the left. Two menus or two columns of prose stay apart.
 */
function tableRows(left: readonly TextLine[], right: readonly TextLine[]): TextBlock | undefined {
  const isShort = right.reduce((sum, { text }) => sum + text.length, 0) <= shortEntry * right.length;
  const areNumbers = right.filter(({ text }) => /\d/.test(text)).length * 2 >= right.length;
  if (!isShort || !areNumbers || right.length < 2) return undefined;
  const beside = (line: TextLine) => left.find(({ box }) => sharedHeight(box, line.box) > 0.5);
  if (!right.every(beside)) return undefined;
  const [first, ...rest] = left
    .toSorted((a, b) => a.box.y - b.box.y)
    .map((line) => {
      const cell = right.find((other) => beside(other) === line);
      return cell ? row(line, cell) : line;
    });
  return first && [first, ...rest];
}

const row = (left: TextLine, right: TextLine): TextLine => ({
  text: `${left.text}\t${right.text}`,
  box: around([left.box, right.box]),
  letterHeight: Math.max(left.letterHeight, right.letterHeight),
  marks: [...left.marks, ...right.marks],
  confidence: Math.min(left.confidence, right.confidence),
});

/** The widest stretch that no interval covers, between the first and the last. */
function widestGap(
  intervals: ReadonlyArray<readonly [number, number]>,
): { at: number; width: number } | undefined {
  let end = Number.POSITIVE_INFINITY;
  let widest: { at: number; width: number } | undefined;
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    if (from > end && (!widest || from - end > widest.width)) widest = { at: from, width: from - end };
    end = end === Number.POSITIVE_INFINITY ? to : Math.max(end, to);
  }
  return widest;
}

/** How much of the lower one's height two boxes share. */
function sharedHeight(a: Box, b: Box): number {
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return shared / Math.min(a.height, b.height);
}

function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
