import type { Box } from "../../report.js";
import { around, overlapOf } from "../boxes.js";
import type { Letter } from "../letters.js";
import type { DisplayDefect } from "../measurement.js";
import type { Segment } from "../segments.js";
import type { Scene } from "./scene.js";

/** How far the baselines of two lines may be apart that are drawn over each other, in heights of capitals. */
const pitch = { least: 0.4, most: 1.2 };
/** So many letters of a line have to stand on its baseline. */
const fewest = 3;

/** Marks that are lower beside letters are parts of them. */
const wholeLetter = 0.5;

/** Lines of text whose letters reach into each other. */
export function findOverlapping({ segments, ratio }: Scene): DisplayDefect[] {
  const found: DisplayDefect[] = [];
  const texts = segments.filter(({ letters, height }) => letters.length >= fewest && height >= 6 * ratio);
  for (const group of touching(texts)) {
    const lines = baselinesOf(group.flatMap(({ letters }) => letters));
    const [upper, lower] = lines;
    if (!upper || !lower) continue;
    const capital = Math.max(upper.capital, lower.capital);
    const apart = lower.baseline - upper.baseline;
    if (apart < pitch.least * capital || apart > pitch.most * capital) continue;
    if (overlapOf(upper.box, lower.box).across < 3 * capital) continue;
    found.push({ kind: "overlapping", box: around(group), by: apart / ratio });
  }
  return found;
}

/** Segments whose boxes reach into each other, and each that is alone. */
function touching(segments: readonly Segment[]): Segment[][] {
  const groups: Segment[][] = [];
  for (const segment of segments) {
    const near = groups.filter((group) =>
      group.some((other) => {
        const { across, down } = overlapOf(segment, other);
        return across > 0 && down > 0;
      }),
    );
    const joined = [segment, ...near.flat()];
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups;
}

interface Baseline {
  baseline: number;
  /** The height of its higher letters. */
  capital: number;
  box: Box;
}

/** The two lines that most letters stand on, the upper one first. */
function baselinesOf(letters: readonly Letter[]): Baseline[] {
  const sorted = letters.map(({ height }) => height).sort((a, b) => a - b);
  // Dots, accents and commas stand on no line.
  const lowest = (sorted[Math.floor(sorted.length * 0.8)] ?? 0) * wholeLetter;
  const bottoms = new Map<number, Letter[]>();
  for (const letter of letters) {
    if (letter.height < lowest) continue;
    const bottom = letter.y + letter.height;
    bottoms.set(bottom, [...(bottoms.get(bottom) ?? []), letter]);
  }
  const lineOf = (bottom: number): Baseline => {
    const on = [bottom - 1, bottom, bottom + 1].flatMap((index) => bottoms.get(index) ?? []);
    const heights = on.map(({ height }) => height).sort((a, b) => a - b);
    return { baseline: bottom, capital: heights[Math.floor(heights.length * 0.8)] ?? 0, box: around(on) };
  };
  const byCount = [...bottoms].sort(([, one], [, other]) => other.length - one.length);
  const first = byCount[0];
  if (!first || first[1].length < fewest) return [];
  const line = lineOf(first[0]);
  const second = byCount.find(
    ([bottom, on]) => on.length >= fewest && Math.abs(bottom - first[0]) > pitch.least * line.capital,
  );
  if (!second) return [];
  return [line, lineOf(second[0])].sort((one, other) => one.baseline - other.baseline);
}
