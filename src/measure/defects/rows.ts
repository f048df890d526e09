import type { Box } from "../../report.js";
import { differenceOf } from "../colour.js";
import type { DisplayDefect } from "../measurement.js";
import type { Outline } from "../outlines.js";
import type { Scene } from "./scene.js";

/** CSS pixels. */
const sizes = { smallest: 16, nearest: 0.75, furthest: 2, widestGap: 64 };
/** So many have to agree before one more is called different. */
const fewestAlike = 3;

/** A side of a box along a row, or along a column: what is said of rows holds for columns with x and y exchanged. */
interface Item {
  box: Box;
  /** Where it starts and how long it is along the row. */
  along: number;
  length: number;
  /** Where it starts and how long it is across the row. */
  across: number;
  breadth: number;
}

const inRow = (box: Box): Item => ({
  box,
  along: box.x,
  length: box.width,
  across: box.y,
  breadth: box.height,
});
const inColumn = (box: Box): Item => ({
  box,
  along: box.y,
  length: box.height,
  across: box.x,
  breadth: box.width,
});

/** Boxes of one row or column that stand off its line by a pixel or two, or are so much larger or smaller. */
export function findUneven({ outlines, ratio }: Scene): DisplayDefect[] {
  const boxes = outlines.filter(({ inner }) => Math.min(inner.width, inner.height) >= sizes.smallest * ratio);
  return [inRow, inColumn].flatMap((turn) =>
    alignedRows(boxes, turn, ratio).flatMap((row) => [
      ...misaligned(row, ratio),
      ...outOfStep(row, ratio),
      ...nearlyEqual(row, ratio),
    ]),
  );
}

/** Boxes of one look, side by side, whose sizes and places differ by next to nothing across the row. */
function alignedRows(boxes: readonly Outline[], turn: (box: Box) => Item, ratio: number): Item[][] {
  const rows: Array<{ look: Outline; items: Item[] }> = [];
  const off = sizes.furthest * ratio;
  const sorted = boxes
    .map((look) => ({ look, item: turn(look.box) }))
    .sort((one, other) => one.item.along - other.item.along);
  for (const { look, item } of sorted) {
    const row = rows.find(({ look: other, items }) => {
      const [first, last] = [items[0], items.at(-1)];
      if (!first || !last || !lookAlike(look, other)) return false;
      const gap = item.along - last.along - last.length;
      return (
        Math.abs(item.across - first.across) <= off &&
        Math.abs(item.breadth - first.breadth) <= off &&
        gap >= 0 &&
        gap <= sizes.widestGap * ratio
      );
    });
    if (row) row.items.push(item);
    else rows.push({ look, items: [item] });
  }
  return rows.map(({ items }) => items).filter((items) => items.length > fewestAlike);
}

const lookAlike = (one: Outline, other: Outline): boolean =>
  differenceOf(one.fill, other.fill) <= 4 &&
  differenceOf(one.ground, other.ground) <= 4 &&
  (one.border === undefined) === (other.border === undefined);

/** The one whose number is another than that of all others, and by how much; undefined where there is none. */
function oddOne(row: readonly Item[], of: (item: Item) => number): { item: Item; by: number } | undefined {
  const counts = new Map<number, number>();
  for (const item of row) counts.set(of(item), (counts.get(of(item)) ?? 0) + 1);
  if (counts.size !== 2) return undefined;
  const usual = [...counts].find(([, count]) => count === row.length - 1)?.[0];
  const item = row.find((one) => of(one) !== usual);
  return usual === undefined || !item ? undefined : { item, by: of(item) - usual };
}

/** A pixel of a dense screen may come of rounding. */
const isSlight = (by: number, ratio: number): boolean =>
  Math.abs(by) >= sizes.nearest * ratio && Math.abs(by) <= sizes.furthest * ratio;

function misaligned(row: readonly Item[], ratio: number): DisplayDefect[] {
  const odd = oddOne(row, ({ across }) => across);
  // What is larger or smaller as well is centred on the line of the others.
  const breadth = oddOne(row, (item) => item.breadth);
  if (!odd || !isSlight(odd.by, ratio) || breadth?.item === odd.item) return [];
  return [{ kind: "misaligned", box: odd.item.box, by: odd.by / ratio, of: row.length }];
}

/** One that stands nearer to its neighbour before than to the one behind, in a row that is even otherwise. */
function outOfStep(row: readonly Item[], ratio: number): DisplayDefect[] {
  const gaps = row
    .slice(1)
    .map((item, index) => item.along - (row[index]?.along ?? 0) - (row[index]?.length ?? 0));
  const odd = row.flatMap((item, index): DisplayDefect[] => {
    const [before, behind] = [gaps[index - 1], gaps[index]];
    if (before === undefined || behind === undefined) return [];
    const rest = gaps.filter((_, place) => place !== index && place !== index - 1);
    const [usual] = rest;
    if (usual === undefined || rest.length < 2 || rest.some((gap) => gap !== usual)) return [];
    const by = before - usual;
    // Sizes that are no whole pixels give gaps that differ by a pixel, but never one more and one less.
    if (by === 0 || behind - usual !== -by || !isSlight(by, ratio)) return [];
    return [{ kind: "misaligned", box: item.box, by: by / ratio, of: row.length }];
  });
  return odd.length === 1 ? odd : [];
}

function nearlyEqual(row: readonly Item[], ratio: number): DisplayDefect[] {
  const longer = oddOne(row, ({ length }) => length);
  // Along the row, a pixel more or less comes of sizes that are no whole pixels.
  const least = 1;
  const broader = oddOne(row, ({ breadth }) => breadth);
  return [
    ...(longer && Math.abs(longer.by) > least && isSlight(longer.by, ratio) ? [longer] : []),
    ...(broader && isSlight(broader.by, ratio) ? [broader] : []),
  ].map(({ item, by }) => ({ kind: "nearlyEqual", box: item.box, by: by / ratio, of: row.length }));
}
