import { around, overlapOf } from "../../measure/boxes.js";
import type { Box } from "../../report.js";
import { comparable, runsOf, type Witness, witness } from "./witness.js";
import type { Word } from "./words.js";

/** A row of a table as it is claimed: its printed cells, and its place in pixels of the original. */
export interface ClaimedRow {
  cells: readonly string[];
  box: Box | undefined;
}

/** From left to right. Pixels of the original. */
interface Span {
  from: number;
  to: number;
}

/**
 * Holds the rows of a table against the words that OCR reads. Cells that are found tell where their columns and rows
 * are, and so where the others have to be.
 *
 * @returns a witness for each cell of each row
 */
export function witnessRows(
  rows: readonly ClaimedRow[],
  words: readonly Word[],
  unread: readonly Box[],
): Witness[][] {
  if (!areStacked(rows))
    return rows.map(({ cells, box }) =>
      cells.map((text) =>
        text.trim() === "" ? { evidence: "seen" } : witness({ text, box }, words, unread),
      ),
    );
  const found = rows.map(({ cells, box }) => (box ? cellsInOrder(cells, inRow(words, box)) : []));
  const columns = columnsOf(found);
  return rows.map(({ cells, box }, row) => {
    const own = (found[row] ?? []).map((cell, column) => (isIn(cell, columns[column]) ? cell : undefined));
    const band = bandOf(own, box);
    return cells.map((text, column): Witness => {
      const cell = own[column];
      if (cell) return { evidence: "confirmed", box: cell };
      const place = cellBox(columns[column] ?? gapAt(column, own, box), band);
      if (text.trim() === "" || !place) return { evidence: "seen", ...(box ? { box } : {}) };
      return witness({ text, box: place }, words, unread);
    });
  });
}

/** Whether the rows stand one below the other, as in a table; those of a chart stand side by side. */
function areStacked(rows: readonly ClaimedRow[]): boolean {
  const boxes = rows.flatMap(({ box }) => box ?? []);
  const pairs = boxes.slice(1).map((box, index) => overlapOf(box, boxes[index] ?? box));
  return pairs.filter(({ across, down }) => down > 0 && across < down).length <= pairs.length / 2;
}

const isIn = (cell: Box | undefined, column: Span | undefined): boolean =>
  cell !== undefined && column !== undefined && cell.x < column.to && cell.x + cell.width > column.from;

/** The room between a cell's neighbours; undefined where one of them is not known. */
function gapAt(column: number, own: ReadonlyArray<Box | undefined>, row: Box | undefined): Span | undefined {
  const before = column === 0 ? row && { x: row.x, width: 0 } : own[column - 1];
  const after = column === own.length - 1 ? row && { x: row.x + row.width } : own[column + 1];
  if (!before || !after || before.x + before.width >= after.x) return undefined;
  return { from: before.x + before.width, to: after.x };
}

/** The cells of a row whose words follow each other from left to right: where each of them stands. */
function cellsInOrder(cells: readonly string[], words: readonly Word[]): Array<Box | undefined> {
  let right = Number.NEGATIVE_INFINITY;
  return cells.map((text) => {
    const wanted = comparable(text);
    if (wanted === "") return undefined;
    const boxes = runsOf(wanted, words).map((run) => around(run.map(({ box }) => box)));
    const next = boxes.filter(({ x }) => x >= right).sort((a, b) => a.x - b.x)[0];
    if (next) right = next.x + next.width;
    return next;
  });
}

/** The words in a row's box, which may be off by a little to each side. */
const inRow = (words: readonly Word[], { x, y, width, height }: Box): Word[] =>
  words.filter(({ box }) => {
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const isBeside = middle.x < x - height || middle.x > x + width + height;
    return !isBeside && middle.y >= y - height * 0.15 && middle.y <= y + height * 1.15;
  });

/** Where each column is, from the cells of it that were found. Those that stand far off the others do not count. */
function columnsOf(found: ReadonlyArray<ReadonlyArray<Box | undefined>>): Array<Span | undefined> {
  const count = Math.max(0, ...found.map((row) => row.length));
  const spans = Array.from({ length: count }, (_, column): Span | undefined => {
    const boxes = found.flatMap((row) => row[column] ?? []);
    const middle = medianOf(boxes.map(({ x, width }) => x + width / 2));
    const reach = Math.max(0, ...boxes.map(({ width }) => width));
    const near = boxes.filter(({ x, width }) => Math.abs(x + width / 2 - middle) <= reach);
    if (near.length === 0) return undefined;
    return {
      from: Math.min(...near.map(({ x }) => x)),
      to: Math.max(...near.map(({ x, width }) => x + width)),
    };
  });
  // A column has the room up to its neighbours.
  return spans.map((span, column) => {
    if (!span) return undefined;
    const before = spans.slice(0, column).findLast((other) => other !== undefined && other.to <= span.from);
    const after = spans.slice(column + 1).find((other) => other !== undefined && other.from >= span.to);
    return {
      from: before ? Math.max(before.to, span.from - (span.from - before.to) / 2) : span.from,
      to: after ? Math.min(after.from, span.to + (after.from - span.to) / 2) : span.to,
    };
  });
}

/** From top to bottom: as the found cells of the row stand, else as is claimed. */
function bandOf(found: ReadonlyArray<Box | undefined>, claimed: Box | undefined): Span | undefined {
  const boxes = found.flatMap((box) => box ?? []);
  if (boxes.length === 0) return claimed && { from: claimed.y, to: claimed.y + claimed.height };
  const { y, height } = around(boxes);
  return { from: y, to: y + height };
}

function cellBox(column: Span | undefined, band: Span | undefined): Box | undefined {
  if (!column || !band) return undefined;
  return { x: column.from, y: band.from, width: column.to - column.from, height: band.to - band.from };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
