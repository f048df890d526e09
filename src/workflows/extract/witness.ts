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
/** Words that are so like each other may differ by OCR's own slips: in small print it loses a third of the letters. */
const likeEnough = 0.4;
/** From so many digits on, a text is a number that nobody calculates with. */
const isNumber = 3;
/** A claimed box may be off by so many of its heights; where nothing else stands in it, by so many. */
const slack = 0.6;
const closeBy = 2;
/** One printed value has at most so many words. */
const mostWords = 40;

/**
 * Holds a claim against the words that OCR reads: first at its place, then, where nothing of the kind stands there,
 * close by; without a place, anywhere.
 *
 * @param unread places of the picture that may hold text and were not read
 */
export function witness(claim: Claim, words: readonly Word[], unread: readonly Box[] = []): Witness {
  const { text, box } = claim;
  const place = box ? { box } : {};
  const wanted = comparable(text);
  if (wanted === "" || text.includes("[unreadable]")) return { evidence: "seen", ...place };
  if (!box) return fromAnywhere(wanted, words);
  const at = (slack: number) => words.filter((word) => gapBetween(middleOf(word), widened(box, slack)) === 0);
  const run = nearest(runsOf(wanted, at(slack)), box);
  if (run) return { evidence: "confirmed", box: around(run.map((word) => word.box)) };
  const inside = at(0.15).sort((a, b) => a.box.x - b.box.x);
  if (inside.length > 0 && comparable(joined(inside)) === wanted)
    return { evidence: "confirmed", box: around(inside.map((word) => word.box)) };
  const rivals = rivalsIn(inside, text);
  if (rivals.length > 0) return weighRivals(rivals, text, box);
  const close = nearest(runsOf(wanted, at(closeBy)), box);
  if (close) return { evidence: "confirmed", box: around(close.map((word) => word.box)) };
  const isBlank = ![...words.map((word) => word.box), ...unread].some((one) => gapBetween(one, box) === 0);
  return { evidence: isBlank && words.length > 0 ? "absent" : "seen", box };
}

/** What stands at the place of a claim and is of its kind: numbers for a number, else what has letters. */
function rivalsIn(inside: readonly Word[], text: string): Word[] {
  const placed = inside.filter(({ isLoose }) => !isLoose);
  const same = placed.filter((word) => (isNumeral(text) ? /\d/ : /\p{L}/u).test(word.text));
  // Where a number is claimed and words are printed, these deny it, too.
  return isNumeral(text) && same.length === 0 ? placed : same;
}

function weighRivals(rivals: readonly Word[], text: string, box: Box): Witness {
  const other = joined(rivals);
  const isSure = rivals.every(({ confidence }) => confidence >= surelyRead);
  const isSlip = [other, ...rivals.map((word) => word.text)].some((reading) => mayBeSlip(text, reading));
  return { evidence: isSure && !isSlip ? "contradicted" : "seen", box, other };
}

/** Whether OCR may well have read this where that is printed: it drops signs and loses points more often than it errs in a digit. */
function mayBeSlip(text: string, reading: string): boolean {
  const [claimed, read] = [comparable(text), comparable(reading)];
  const [ours, theirs] = [digitsOf(claimed), digitsOf(read)];
  if (!isNumeral(text) && ours.length < isNumber) return similarity(claimed, read) >= likeEnough;
  if (ours === theirs) return true;
  const [shorter, longer] = ours.length < theirs.length ? [ours, theirs] : [theirs, ours];
  return (
    shorter.length >= 2 &&
    longer.length - shorter.length <= 2 &&
    (longer.startsWith(shorter) || longer.endsWith(shorter))
  );
}

/** Confirmed where the words stand just once. */
function fromAnywhere(wanted: string, words: readonly Word[]): Witness {
  const runs = runsOf(wanted, words);
  const [only] = runs;
  if (only && runs.length === 1) return { evidence: "confirmed", box: around(only.map((word) => word.box)) };
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

/**
 * A reading as it is compared: how spaces, quotation marks, dashes and capitals are drawn makes no other reading, nor
 * what stands around the words, such as a colon; of a number its digits and separators count alone, and beside a digit a
 * letter that looks like one is one.
 */
export function comparable(text: string): string {
  const numeral = numeralOf(text) ?? numeralOf(asDigits(text));
  // OCR takes a point for a comma as often as not: where it stands counts, not which it is.
  if (numeral !== undefined) return numeral.replace(/[\s']/g, "").replace(/[.,]/g, ".");
  return asDigits(text)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/[‐–—−]/g, "-")
    .replace(/\s+/g, "")
    .replace(/^["'([*•·-]+|["')\]:;,.*]+$/g, "");
}

/** Letters that OCR takes for digits, in words that have digits. */
const asDigits = (text: string): string =>
  text.replace(/\S*\d\S*/g, (word) =>
    word.replace(/[oO]/g, "0").replace(/[lI|]/g, "1").replace(/S/g, "5").replace(/B/g, "8"),
  );

const middleOf = ({ box }: Word): Box => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
  width: 0,
  height: 0,
});

/** A box with so many of its heights, or of its widths where it is taller than wide, added on every side. */
function widened({ x, y, width, height }: Box, times: number): Box {
  const room = times * Math.min(width, height);
  return { x: x - room, y: y - room, width: width + 2 * room, height: height + 2 * room };
}
