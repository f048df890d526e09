import type { Finding } from "../../report.js";

type Numbered = Pick<Finding, "key" | "marks" | "criterion">;

/**
 * Numbers findings for as long as their panel is open: one that was seen keeps its number, whatever is decided, added or
 * taken away. One that says of the same marks what an earlier one said, such as Claude of what was measured, takes over
 * its number.
 */
export class FindingNumbers {
  private readonly known = new Map<string, Numbered & { number: number }>();
  private last = 0;

  /** The findings in the order of their numbers. */
  number<T extends Numbered>(findings: readonly T[]): Array<T & { number: number }> {
    const taken = new Set<number>();
    const [seen, fresh]: [T[], T[]] = [[], []];
    for (const finding of findings) {
      const number = this.known.get(finding.key)?.number;
      // One that is back may find its number taken over.
      if (number === undefined || taken.has(number)) fresh.push(finding);
      else {
        taken.add(number);
        seen.push(finding);
      }
    }
    for (const { key, marks, criterion } of fresh) {
      const before = [...this.known.values()].find(
        (one) => !taken.has(one.number) && isAboutTheSame(one, { key, marks, criterion }),
      );
      const number = before?.number ?? ++this.last;
      taken.add(number);
      this.known.set(key, { key, marks, criterion, number });
    }
    return findings
      .map((finding) => ({ ...finding, number: this.known.get(finding.key)?.number ?? 0 }))
      .sort((a, b) => a.number - b.number);
  }
}

/**
 * What is known of a picture: what was measured, and what is arriving. A measured finding all of whose marks an arriving
 * one names is left out, as it will be when all has arrived.
 */
export function withArriving(measured: readonly Finding[], arriving: readonly Finding[]): Finding[] {
  const names = (one: Finding, id: string) =>
    arriving.some(
      ({ criterion, marks }) => criterion?.number === one.criterion?.number && marks.includes(id),
    );
  const keys = new Set(arriving.map(({ key }) => key));
  const others = measured.filter(
    (one) => !keys.has(one.key) && (one.marks.length === 0 || !one.marks.every((id) => names(one, id))),
  );
  return [...others, ...arriving];
}

const isAboutTheSame = (one: Numbered, other: Numbered): boolean =>
  one.criterion?.number === other.criterion?.number && one.marks.some((id) => other.marks.includes(id));
