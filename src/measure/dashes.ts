import type { Letter } from "./letters.js";

/** Dashes and dots of a line are at most so long. Pixels. */
const longest = 40;
/** So many of them at one distance are a line; what is typed has fewer. */
const fewest = 6;
/** The next one begins within so many of a dash's lengths. */
const widestGap = 2.5;
/** Edges lie up to so far from where they should be. Pixels. */
const off = 1;

/** Where lines cross, their dashes touch: such crumbs are so many times as long and as thick as a dash. */
const crumbs = { length: 2.2, thickness: 3 };

/** A dash as it lies on its line: from where to where along it, and across it. */
interface Dash {
  letter: Letter;
  from: number;
  to: number;
  middle: number;
  thickness: number;
}

type Direction = (letter: Letter) => Dash;

const along: Direction = (letter) => ({
  letter,
  from: letter.x,
  to: letter.x + letter.width,
  middle: letter.y + letter.height / 2,
  thickness: letter.height,
});

const down: Direction = (letter) => ({
  letter,
  from: letter.y,
  to: letter.y + letter.height,
  middle: letter.x + letter.width / 2,
  thickness: letter.width,
});

/** Parts letters from the dashes and dots of straight lines, and from the crumbs where two such lines cross. */
export function withoutDashes(letters: readonly Letter[]): Letter[] {
  const dropped = new Set<Letter>();
  const small = letters.filter(({ width, height }) => Math.max(width, height) <= longest);
  for (const direction of [along, down]) {
    const rows = rowsOf(small.map(direction));
    for (const [key, row] of rows) {
      for (const chain of chainsOf(row)) {
        const [first, last] = [chain[0], chain.at(-1)];
        if (!first || !last) continue;
        for (const { letter } of chain) dropped.add(letter);
        const length = first.to - first.from;
        const beyond = length * (1 + widestGap) * 2;
        const aside = Math.ceil(first.thickness * crumbs.thickness);
        for (let place = key - aside; place <= key + aside; place++) {
          for (const dash of rows.get(place) ?? []) {
            const isCrumb =
              dash.to - dash.from <= length * crumbs.length &&
              dash.thickness <= first.thickness * crumbs.thickness;
            if (isCrumb && dash.to >= first.from - beyond && dash.from <= last.to + beyond)
              dropped.add(dash.letter);
          }
        }
      }
    }
  }
  return dropped.size === 0 ? [...letters] : letters.filter((letter) => !dropped.has(letter));
}

/** What lies on one line, in order; what lies between two of them is on both. */
function rowsOf(dashes: readonly Dash[]): Map<number, Dash[]> {
  const rows = new Map<number, Dash[]>();
  for (const dash of dashes) {
    for (const row of new Set([Math.floor(dash.middle - off / 2), Math.floor(dash.middle + off / 2)])) {
      const there = rows.get(row);
      if (there) there.push(dash);
      else rows.set(row, [dash]);
    }
  }
  for (const row of rows.values()) row.sort((one, other) => one.from - other.from);
  return rows;
}

/** The dashes of one size that follow each other at one distance. */
function chainsOf(row: readonly Dash[]): Dash[][] {
  const chains: Dash[][] = [];
  let chain: Dash[] = [];
  for (const dash of row) {
    const [last, before] = [chain.at(-1), chain.at(-2)];
    const follows =
      last &&
      areAlike(last, dash) &&
      dash.from > last.to &&
      dash.from - last.to <= (last.to - last.from) * widestGap &&
      (!before || Math.abs(dash.from - last.from - (last.from - before.from)) <= off);
    if (follows) {
      chain.push(dash);
      continue;
    }
    if (chain.length >= fewest) chains.push(chain);
    chain = [dash];
  }
  if (chain.length >= fewest) chains.push(chain);
  return chains;
}

const areAlike = (one: Dash, other: Dash): boolean =>
  isPart(one) &&
  isPart(other) &&
  Math.abs(one.to - one.from - (other.to - other.from)) <= off &&
  Math.abs(one.thickness - other.thickness) <= off;

/** Dots are at most so thick, dashes so much; larger dots stand for the letters of a password. Pixels. */
const thickest = { dot: 4, dash: 9 };

/** Whether this may be a dash or dot of such a line: it fills its box, and does not stand upright on it as an l does. */
function isPart({ letter: { width, height, pixels }, from, to, thickness }: Dash): boolean {
  if (pixels < width * height * 0.7) return false;
  const length = to - from;
  return length >= thickness * 1.5
    ? thickness <= thickest.dash
    : thickness <= Math.min(thickest.dot, length + off);
}
