import type { Aligned } from "./comparison.js";

/** A step is looked for so far from where the lines' signatures put it. */
const furthest = 60;

/**
 * Moves each step between two stretches to where the fewest pixels are left unexplained. Where that is the same for
 * many lines, as between two elements, it stands in the middle of them.
 *
 * @param differing how many pixels of a line of after differ from a line of before
 */
export function refineSteps(
  aligned: readonly Aligned[],
  differing: (before: number, after: number) => number,
): Aligned[] {
  const refined = aligned.map((stretch) => ({ ...stretch }));
  for (let index = 1; index < refined.length; index++) {
    const [one, other] = [refined[index - 1], refined[index]];
    if (one && other) refine(one, other, differing);
  }
  return refined.filter(({ length }) => length > 0);
}

function refine(one: Aligned, other: Aligned, differing: (before: number, after: number) => number): void {
  const back = Math.min(furthest, one.length);
  const ahead = Math.min(furthest, other.length);
  // Step by step: the next line goes from one stretch to the other.
  let cost = 0;
  let [least, best] = [0, [0]];
  const weigh = (step: number) => {
    if (cost < least) [least, best] = [cost, [step]];
    else if (cost === least) best.push(step);
  };
  const end = { before: one.before + one.length, after: one.after + one.length };
  for (let step = 0; step < ahead; step++) {
    cost += differing(end.before + step, end.after + step);
    cost -= differing(other.before + step, other.after + step);
    weigh(step + 1);
  }
  cost = 0;
  for (let step = 1; step <= back; step++) {
    cost -= differing(end.before - step, end.after - step);
    cost += differing(other.before - step, other.after - step);
    weigh(-step);
  }
  const chosen = middleOfLongest(best.sort((a, b) => a - b));
  one.length += chosen;
  other.before += chosen;
  other.after += chosen;
  other.length -= chosen;
}

/** The middle of the longest run of numbers that follow each other. */
function middleOfLongest(numbers: readonly number[]): number {
  let [start, longest, from] = [numbers[0] ?? 0, 0, numbers[0] ?? 0];
  for (const [index, number] of numbers.entries()) {
    if (index > 0 && number !== (numbers[index - 1] ?? 0) + 1) from = number;
    if (number - from > longest) [start, longest] = [from, number - from];
  }
  return start + Math.floor(longest / 2);
}
