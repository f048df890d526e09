import { similarity } from "../../text/similarity.js";
import type { TextLine } from "./layout.js";

/** What OCR says of a line that the model has read. */
export interface LineEvidence {
  text: string;
  /** Confirmed: OCR reads the same. Contradicted: it surely reads something else. Seen: it cannot tell. */
  evidence: "confirmed" | "contradicted" | "seen";
  /** OCR's reading, where it differs. */
  other?: string;
}

/** A line of OCR's that is at least so like an answered one is the same line. */
const sameLine = 0.55;
/** From this certainty on, OCR's word counts against the model's. Of 100. */
const surelyRead = 75;
/** How far apart the same line may stand in the two readings, in lines: columns may be read in another order. */
const reach = 60;

/**
 * Compares the lines of an answer with those that OCR read. Each of OCR's lines is used once: first by the lines that
 * say the same, then by those that are most like it.
 *
 * @param answered the model's lines, in its reading order
 * @param read OCR's lines, in ours
 */
export function weighLines(answered: readonly string[], read: readonly TextLine[]): LineEvidence[] {
  const free = new Map(read.map((line, index) => [index, comparable(line.text)]));
  const wanted = answered.map(comparable);
  const isConfirmed = wanted.map((text, index) => {
    const same = nearest(
      [...free].flatMap(([other, candidate]) => (candidate === text ? [other] : [])),
      index,
    );
    if (same !== undefined && text !== "") free.delete(same);
    return same !== undefined && text !== "";
  });
  return answered.map((text, index) => {
    if (isConfirmed[index]) return { text, evidence: "confirmed" };
    const match = mostAlike(wanted[index] ?? "", index, free);
    const line = match === undefined ? undefined : read[match];
    if (match === undefined || !line) return { text, evidence: "seen" };
    free.delete(match);
    const isSure = line.confidence >= surelyRead && !text.includes("[unreadable]");
    return { text, evidence: isSure ? "contradicted" : "seen", other: line.text };
  });
}

/** Of several lines, the one that stands nearest to this place. */
const nearest = (indexes: readonly number[], index: number): number | undefined =>
  indexes.toSorted((a, b) => Math.abs(a - index) - Math.abs(b - index))[0];

/** The line that is most like a text, if any is like it at all. */
function mostAlike(text: string, place: number, free: ReadonlyMap<number, string>): number | undefined {
  let best: { index: number; score: number } | undefined;
  for (const [index, candidate] of free) {
    if (Math.abs(index - place) > reach) continue;
    // Lines of very different length cannot be alike: this spares most comparisons.
    const [shorter, longer] = [text.length, candidate.length].toSorted((a, b) => a - b);
    if ((shorter ?? 0) < sameLine * (longer ?? 0)) continue;
    const score = similarity(text, candidate);
    if (score >= sameLine && score > (best?.score ?? 0)) best = { index, score };
  }
  return best?.index;
}

/** White space, and how quotation marks and dashes are drawn, make no other reading. */
const comparable = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/[–—−]/g, "-")
    .replace(/^(?:[•◦▪‣·*-])\s*/u, "")
    .replace(/\s+/g, "");
