/** More letters than this are not compared: the time grows with their product. */
const mostLetters = 1_000;

/**
 * How alike two texts are, from 0 to 1: one less the Levenshtein distance, as a share of the longer one. Case and
 * white space do not count.
 */
export function similarity(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = [letters(one), letters(other)];
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 1;
  const shortest = Math.min(a.length, b.length);
  if (shortest > mostLetters) {
    const beginning = similarity(a.slice(0, mostLetters).join(""), b.slice(0, mostLetters).join(""));
    return (beginning * shortest) / longest;
  }
  if (longest > 20 * mostLetters) return shortest / longest;
  let row = b.map((_, index) => index + 1);
  for (const [i, letter] of a.entries()) {
    let left = i + 1;
    let corner = i;
    row = row.map((above, j) => {
      const cost = Math.min(above + 1, left + 1, corner + (letter === b[j] ? 0 : 1));
      corner = above;
      left = cost;
      return cost;
    });
  }
  return 1 - (row.at(-1) ?? a.length) / longest;
}

const letters = (text: string): string[] => [...text.normalize("NFC").toLowerCase().replace(/\s+/g, "")];
