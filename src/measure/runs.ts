import type { Box } from "../report.js";
import { around, overlapOf } from "./boxes.js";
import { differenceOf } from "./colour.js";
import { sameColour } from "./grounds.js";
import type { Letter } from "./letters.js";

/** Letters of one colour on one ground that stand side by side. Pixels of the picture. */
export interface Run extends Box {
  /** From left to right. */
  letters: Letter[];
}

/** How far two letters of one colour may seem apart. */
interface Likeness {
  /** Cosine of the angle between the ways from ground to ink. */
  way: number;
  /** The weaker strength as a share of the stronger: a stroke thinner than a pixel never shows its colour in full. */
  strength: number;
}
const likeness: Record<"exact" | "lossy", Likeness> = {
  exact: { way: 0.95, strength: 0.7 },
  lossy: { way: 0.8, strength: 0.5 },
};
/** Patches with fewer pixels, such as dots, tell little about their colour. */
export const telling = 8;

/**
 * Joins letters into runs of one colour.
 *
 * @param lossy whether the picture has been through JPEG or its like
 */
export function joinRuns(letters: readonly Letter[], lossy: boolean): Run[] {
  const like = likeness[lossy ? "lossy" : "exact"];
  const large = letters.filter(({ pixels }) => pixels >= telling);
  const small = letters.filter(({ pixels }) => pixels < telling);
  const groups = joinNeighbours(
    large,
    (left, right) => isNext(left, right) && (areAlike(left, right, like) || shareInk(left, right)),
  );
  // A dot may have the colour of either side: it joins runs, and never joins two to one.
  const runs = takeIn([...groups.map(runOf), ...small.map((letter) => runOf([letter]))], like);
  // With its points, a run may reach as far as the next one.
  return joinNeighbours(runs, (left, right) => isNext(left, right) && endsAreAlike(left, right, like)).map(
    (group) => runOf(group.flatMap(({ letters }) => letters)),
  );
}

/** Whether the last letter of one run that tells its colour has that of the first of the other. */
function endsAreAlike(left: Run, right: Run, like: Likeness): boolean {
  const last = left.letters.findLast(({ pixels }) => pixels >= telling);
  const first = right.letters.find(({ pixels }) => pixels >= telling);
  return last !== undefined && first !== undefined && areAlike(last, first, like);
}

export const runOf = (letters: Letter[]): Run => ({
  ...around(letters),
  letters: [...letters].sort((a, b) => a.x - b.x),
});

function areAlike(one: Letter, other: Letter, like: Likeness): boolean {
  if (differenceOf(one.ground, other.ground) > sameColour) return false;
  const unsure = Math.min(one.pixels, other.pixels) < telling;
  const cosine = one.way[0] * other.way[0] + one.way[1] * other.way[1] + one.way[2] * other.way[2];
  if (cosine < (unsure ? like.way - 0.06 : like.way)) return false;
  const [weak, strong] = one.strength < other.strength ? [one, other] : [other, one];
  if (weak.strength >= strong.strength * (unsure ? like.strength * 0.65 : like.strength)) return true;
  // An upright stroke between two columns of pixels shows half of its colour in each, and all of it in their sum.
  const upright = weak.width <= Math.max(3, weak.height * 0.3);
  return (
    upright && weak.strength >= strong.strength * 0.45 && strong.stem > 0 && weak.stem >= strong.stem * 0.75
  );
}

/** Whether two letters of one word have one colour, although the ground changes beneath them, as a picture does. */
function shareInk(left: Letter, right: Letter): boolean {
  const { across } = overlapOf(left, right);
  return (
    -across <= Math.min(left.height, right.height) * 0.3 && differenceOf(left.ink, right.ink) <= sameColour
  );
}

/**
 * A point or a comma stands at most so far from the letter beside it, as a share of that one's height: in code, where
 * each sign has a cell of its own, as far as half of a cell.
 */
export const pointReach = 0.75;

/** Whether two letters may be neighbours in a line. */
function isNext(left: Box, right: Box): boolean {
  const { across, down } = overlapOf(left, right);
  const [low, high] = [Math.min(left.height, right.height), Math.max(left.height, right.height)];
  if (down < low * 0.5) return false;
  if (low < high * 0.4) return -across <= high * pointReach;
  // Two words stand about a third of their height apart.
  return -across <= Math.max(low, high * 0.6) && high <= low * 2.4;
}

const cell = 32;
/** Nothing joins over a wider gap. Pixels. */
const widestGap = 210;

/** Groups what belongs together, pair by pair; only neighbours are asked about. */
export function joinNeighbours<T extends Box>(
  items: readonly T[],
  belong: (left: T, right: T) => boolean,
): T[][] {
  const sorted = [...items].sort((a, b) => a.x - b.x);
  const parents = sorted.map((_, position) => position);
  const find = (position: number): number => {
    let root = position;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[position] = root;
    return root;
  };
  const rows = new Map<number, number[]>();
  for (const [position, item] of sorted.entries()) {
    for (let row = Math.floor(item.y / cell); row <= Math.floor((item.y + item.height - 1) / cell); row++) {
      const before = rows.get(row) ?? [];
      for (let place = before.length - 1; place >= 0; place--) {
        const index = before[place] ?? 0;
        const other = sorted[index];
        if (!other) continue;
        if (item.x - other.x - other.width > widestGap) {
          if (before.length > 64) before.splice(place, 1);
          continue;
        }
        if (find(index) !== find(position) && belong(other, item)) parents[find(position)] = find(index);
      }
      before.push(position);
      rows.set(row, before);
    }
  }
  const groups = new Map<number, T[]>();
  for (const [position, item] of sorted.entries()) {
    const group = groups.get(find(position));
    if (group) group.push(item);
    else groups.set(find(position), [item]);
  }
  return [...groups.values()];
}

/** Dots of an i, quotes, accents and the parts of a sign stand above and below their run: they join it. */
function takeIn(runs: readonly Run[], like: Likeness): Run[] {
  const sorted = [...runs].sort((a, b) => b.width * b.height - a.width * a.height);
  const kept: Run[] = [];
  const nearby = new Map<number, number[]>();
  for (const run of sorted) {
    const rows = pixelRowsOf(run);
    let [place, least] = [kept.length, Number.POSITIVE_INFINITY];
    for (const index of new Set(rows.flatMap((row) => nearby.get(row) ?? []))) {
      const other = kept[index];
      if (!other || !liesOn(run, other)) continue;
      const { across, down } = overlapOf(run, other);
      const away = Math.max(0, -across, -down);
      if (away < least && mayBelong(run, other, like)) [place, least] = [index, away];
    }
    const other = kept[place];
    kept[place] = other ? runOf([...other.letters, ...run.letters]) : run;
    for (const row of rows) {
      const there = nearby.get(row);
      if (!there) nearby.set(row, [place]);
      else if (!there.includes(place)) there.push(place);
    }
  }
  return kept;
}

/** Whether one of the letters near to it has the run's colour. */
function mayBelong(run: Run, other: Run, like: Likeness): boolean {
  const [first] = run.letters;
  if (!first) return false;
  const middle = run.x + run.width / 2;
  const nearest = other.letters.reduce((best, letter) =>
    Math.abs(letter.x + letter.width / 2 - middle) < Math.abs(best.x + best.width / 2 - middle)
      ? letter
      : best,
  );
  return areAlike(first, nearest, like);
}

function liesOn(run: Box, other: Box): boolean {
  const reach = run.height < other.height * 0.6 ? other.height * 0.4 : 0;
  const beside =
    run.width < other.height * 0.4 && run.height < other.height * 0.6 ? other.height * pointReach : 0;
  const within = {
    x: other.x - beside,
    y: other.y - reach,
    width: other.width + 2 * beside,
    height: other.height + 2 * reach,
  };
  const { across, down } = overlapOf(run, within);
  return across >= run.width * 0.5 && down >= run.height * 0.6;
}

/** The rows of cells that a box and its surroundings touch. */
function pixelRowsOf({ y, height }: Box): number[] {
  const [first, last] = [Math.floor(y / cell) - 1, Math.floor((y + height) / cell) + 1];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
