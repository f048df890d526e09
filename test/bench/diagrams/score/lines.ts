import { similarity } from "../../../../src/text/similarity.js";
import type { Edge, Graph } from "../../../../src/workflows/diagram/schema.js";
import type { Tally } from "./rates.js";

/** The tallies that lines are counted in. */
export interface LineTallies {
  edges: Tally;
  labels: Tally;
  kinds: Tally;
  attributes: Tally;
}

/** A line as it is drawn, whichever end it was written from. */
interface Drawn {
  ends: [DrawnEnd, DrawnEnd];
  label: string;
  line: Edge["line"];
}

interface DrawnEnd {
  /** The true id of what the line ends at; of what was not there, a name of its own. */
  at: string;
  head: Edge["endHead"];
  count: Edge["endCount"];
}

/**
 * Counts lines: each that joins the same two. Which way it was written does not count, what is drawn at its ends does.
 *
 * @param trueId the true id of what was read under an id
 */
export function scoreLines(
  truth: Graph,
  read: Graph,
  trueId: (id: string) => string,
  { edges, labels, kinds, attributes }: LineTallies,
): void {
  const left = read.edges.map((edge) => drawn(edge, trueId));
  for (const line of truth.edges.map((edge) => drawn(edge, (id) => id))) {
    const candidates = left.flatMap((other, index) => {
      const ways = [other, turned(other)].filter((one) => sameEnds(line, one));
      const best = ways
        .map((one) => ({ at: index, one, likeness: likeness(line, one) }))
        .sort((a, b) => b.likeness - a.likeness)[0];
      return best ? [best] : [];
    });
    const best = candidates.sort((a, b) => b.likeness - a.likeness)[0];
    if (!best) {
      edges.missed();
      kinds.missed();
      if (line.label !== "") labels.missed();
      attributes.missed(countsOf(line));
      continue;
    }
    left.splice(best.at, 1);
    // Half for what it joins, half for where it points to.
    edges.both((1 + headsAlike(line, best.one)) / 2);
    kinds.both((line.line === best.one.line ? 0.5 : 0) + 0.5 * shapesAlike(line, best.one));
    if (line.label !== "" || best.one.label !== "") labels.both(similarity(line.label, best.one.label));
    for (const [index, end] of line.ends.entries()) {
      const other = best.one.ends[index === 0 ? 0 : 1];
      if (end.count !== "none" && other.count !== "none") attributes.both(end.count === other.count ? 1 : 0);
      else if (end.count !== "none") attributes.missed();
      else if (other.count !== "none") attributes.invented();
    }
  }
  for (const line of left) {
    edges.invented();
    kinds.invented();
    if (line.label !== "") labels.invented();
    attributes.invented(countsOf(line));
  }
}

const drawn = (edge: Edge, idOf: (id: string) => string): Drawn => ({
  ends: [
    { at: idOf(edge.from), head: edge.startHead, count: edge.startCount },
    { at: idOf(edge.to), head: edge.endHead, count: edge.endCount },
  ],
  label: edge.label.trim(),
  line: edge.line,
});

const turned = ({ ends: [one, other], ...line }: Drawn): Drawn => ({ ...line, ends: [other, one] });

const sameEnds = (one: Drawn, other: Drawn): boolean =>
  one.ends[0].at === other.ends[0].at && one.ends[1].at === other.ends[1].at;

/** At how many of the ends there is a head in both or in neither, as a share. */
const headsAlike = (one: Drawn, other: Drawn): number =>
  shareOf(one, other, (a, b) => (a.head === "none") === (b.head === "none"));

const shapesAlike = (one: Drawn, other: Drawn): number => shareOf(one, other, (a, b) => a.head === b.head);

const shareOf = (one: Drawn, other: Drawn, isAlike: (a: DrawnEnd, b: DrawnEnd) => boolean): number =>
  (isAlike(one.ends[0], other.ends[0]) ? 0.5 : 0) + (isAlike(one.ends[1], other.ends[1]) ? 0.5 : 0);

const likeness = (one: Drawn, other: Drawn): number =>
  2 * headsAlike(one, other) + similarity(one.label, other.label) + 0.1 * shapesAlike(one, other);

const countsOf = ({ ends }: Drawn): number => ends.filter(({ count }) => count !== "none").length;
