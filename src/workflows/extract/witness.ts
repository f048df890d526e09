import { around, gapBetween } from "../../measure/boxes.js";
import type { Box, CellEvidence } from "../../report.js";
import { similarity } from "../../text/similarity.js";
import { numeralOf } from "./printed.js";
import { joined, type Word } from "./words.js";

/** A printed value that somebody claims to have read. */
export interface Claim {
  text: string;
  /** Where, in pixels of the original; absent when the claim names no place. */
  box: Box | undefined;
}

/** What OCR says of a claim. */
export interface Witness {
  evidence: CellEvidence;
  /** Where the words stand, else the claimed place. Pixels of the original. */
  box?: Box;
  /** What OCR reads there instead. */
  other?: string;
}

/** From this certainty on, OCR's reading counts against a claim. Of 100. */
const surelyRead = 80;
/** Readings that are so like each other differ by OCR's own slips. */
const likeEnough = 0.8;
/** A claimed box may be off by so many of its heights. */
const slack = 0.6;
/** One printed value has at most so many words. */
const mostWords = 40;

/**
 * Holds a claim against the words that OCR reads: first at its place, then, where nothing of the kind stands there,
 * anywhere.
 *
 * @param unread places of the picture that may hold text and were not read
 */
export function witness(claim: Claim, words: readonly Word[], unread: readonly Box[] = []): Witness {
  const { text, box } = claim;
  const place = box ? { box } : {};
  const wanted = comparable(text);
  if (wanted === "" || text.includes("[unreadable]")) return { evidence: "seen", ...place };
  if (!box) return fromAnywhere(wanted, undefined, words);
  const near = words.filter((word) => gapBetween(middleOf(word), widened(box, slack)) === 0);
  const run = nearest(runsOf(wanted, near), box);
  if (run) return { evidence: "confirmed", box: around(run.map((word) => word.box)) };
  const rivals = rivalsAt(box, text, words);
  if (rivals.length > 0) return weighRivals(rivals, text, box);
  const elsewhere = fromAnywhere(wanted, box, words);
  if (elsewhere.evidence === "confirmed") return elsewhere;
  const isBlank = ![...words.map((word) => word.box), ...unread].some((one) => gapBetween(one, box) === 0);
  return { evidence: isBlank && words.length > 0 ? "absent" : "seen", box };
}

/** What is printed at the place of a claim, and is of its kind: numbers for a number. */
function rivalsAt(box: Box, text: string, words: readonly Word[]): Word[] {
  const inside = words.filter((word) => gapBetween(middleOf(word), widened(box, 0.15)) === 0);
  return isNumeral(text) ? inside.filter((word) => /\d/.test(word.text)) : inside;
}

function weighRivals(rivals: readonly Word[], text: string, box: Box): Witness {
  const other = joined(rivals);
  const isSure = rivals.every(({ confidence }) => confidence >= surelyRead);
  // One letter of a long text is OCR's slip as often as the model's; one digit of a number is never to be passed over.
  const isSlip = !/\d/.test(text) && similarity(text, other) >= likeEnough;
  const hasLostPoint = digitsOf(text) === digitsOf(other) && separatorsIn(text) !== separatorsIn(other);
  return {
    evidence: isSure && !isSlip && !(isNumeral(text) && hasLostPoint) ? "contradicted" : "seen",
    box,
    other,
  };
}

/** Confirmed only where the words stand once: at no place in particular, or nearer to the claimed one than any others. */
function fromAnywhere(wanted: string, box: Box | undefined, words: readonly Word[]): Witness {
  const runs = runsOf(wanted, words);
  const [only] = runs;
  if (only && runs.length === 1) return { evidence: "confirmed", box: around(only.map((word) => word.box)) };
  if (box) return { evidence: "seen", box };
  return { evidence: runs.length === 0 && words.length > 0 ? "absent" : "seen" };
}

/** All stretches of words in one row that say just this. */
export function runsOf(wanted: string, words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  for (const [start, first] of words.entries()) {
    const run: Word[] = [];
    for (const word of words.slice(start, start + mostWords)) {
      if (word.row !== first.row) break;
      run.push(word);
      const said = comparable(joined(run));
      if (said === wanted) {
        runs.push([...run]);
        break;
      }
      if (said.length > wanted.length + 4) break;
    }
  }
  return runs;
}

const nearest = (runs: readonly Word[][], box: Box): Word[] | undefined => {
  const distance = (run: readonly Word[]) => {
    const whole = around(run.map((word) => word.box));
    return Math.hypot(
      whole.x + whole.width / 2 - box.x - box.width / 2,
      whole.y + whole.height / 2 - box.y - box.height / 2,
    );
  };
  return runs.toSorted((a, b) => distance(a) - distance(b))[0];
};

export const isNumeral = (text: string): boolean => numeralOf(text) !== undefined;

const digitsOf = (text: string): string => text.replace(/\D/g, "");
const separatorsIn = (text: string): number => (numeralOf(text) ?? text).replace(/[^.,]/g, "").length;

/**
 * A reading as it is compared: how spaces, quotation marks, dashes and capitals are drawn makes no other reading, nor
 * what stands around the words, such as a colon; of a number its digits and separators count alone.
 */
export function comparable(text: string): string {
  const numeral = numeralOf(text) ?? numeralOf(asDigits(text));
  if (numeral !== undefined) return numeral.replace(/\s/g, "");
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/[‐–—−]/g, "-")
    .replace(/\s+/g, "")
    .replace(/^["'([*•·-]+|["')\]:;,.*]+$/g, "");
}

/** Letters that OCR takes for digits, where there are digits beside them. */
const asDigits = (text: string): string =>
  /\d/.test(text)
    ? text.replace(/[oO]/g, "0").replace(/[lI|]/g, "1").replace(/S/g, "5").replace(/B/g, "8")
    : text;

const middleOf = ({ box }: Word): Box => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
  width: 0,
  height: 0,
});

/** A box with so many of its heights added on every side. */
const widened = ({ x, y, width, height }: Box, heights: number): Box => ({
  x: x - heights * height,
  y: y - heights * height,
  width: width + 2 * heights * height,
  height: height + 2 * heights * height,
});
