import { similarity } from "../../text/similarity.js";

/** Less alike than this, two labels are two things. */
const leastAlike = 0.5;

/** More are not compared; an honest drawing has a tenth of them. */
const mostPairs = 250_000;

/**
 * Pairs what is alike in two lists, the most alike first, each at most once.
 *
 * @param likeness from 0 to 1
 * @returns the places in the one list, by those in the other
 */
export function paired<One, Other>(
  ones: readonly One[],
  others: readonly Other[],
  likeness: (one: One, other: Other) => number,
): Map<number, number> {
  if (ones.length * others.length > mostPairs) return new Map();
  const pairs = ones
    .flatMap((one, index) => others.map((other, to) => ({ at: index, to, likeness: likeness(one, other) })))
    .filter((pair) => pair.likeness >= leastAlike)
    .sort((a, b) => b.likeness - a.likeness);
  const found = new Map<number, number>();
  const taken = new Set<number>();
  for (const { at, to } of pairs) {
    if (found.has(at) || taken.has(to)) continue;
    found.set(at, to);
    taken.add(to);
  }
  return found;
}

/** What a label begins with tells it from others. */
const mostLabelLetters = 64;

/** How alike two nodes are by their labels; what keeps its id too is preferred to what only reads the same. */
export const nodeLikeness = (
  one: { id: string; label: string },
  other: { id: string; label: string },
): number =>
  similarity(one.label.slice(0, mostLabelLetters), other.label.slice(0, mostLabelLetters)) -
  (one.id === other.id ? 0 : 0.001);
