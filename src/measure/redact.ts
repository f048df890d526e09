import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { overlapOf } from "./boxes.js";
import type { TextLine } from "./lines.js";
import type { Measurement } from "./measurement.js";
import type { Word } from "./ocr.js";
import type { ReadLine } from "./reading.js";
import { linesByRow } from "./rows.js";
import { findSecrets, secretKinds, type WrittenKind } from "./secrets.js";
import { isSecretLabel, looksChosen } from "./secretsLabelled.js";

/** A word and the line that it stands on. */
interface PlacedWord {
  line: TextLine;
  word: Word;
}

/** Words that hold a secret, or a part of one. */
interface FoundSecret {
  kind: WrittenKind;
  words: PlacedWord[];
}

/**
 * Finds the secrets in what was read, line by line, along rows of neighbouring lines and from each row to the next, and
 * takes their words out of it.
 */
export function takeSecrets(lines: readonly ReadLine[]): {
  secrets: Measurement["secrets"];
  lines: ReadLine[];
} {
  const rows = linesByRow(lines)
    .map((row) => row.flatMap(({ line, words }) => words.map((word) => ({ line, word }))))
    .filter((row) => row.length > 0)
    .sort((a, b) => topOf(a) - topOf(b));
  const secrets: Measurement["secrets"] = [];
  const covered = new Map<Word, string>();
  for (const { kind, words } of secretsIn(rows)) {
    const fresh = words.filter(({ word }) => !covered.has(word));
    const [first, ...rest] = fresh;
    if (!first) continue;
    covered.set(first.word, `[${secretKinds[kind]}]`);
    for (const { word } of rest) covered.set(word, "");
    for (const line of new Set(fresh.map((one) => one.line))) {
      const own = fresh.filter((one) => one.line === line).map(({ word }) => word);
      secrets.push({ kind, box: boxToCover(line, own) });
    }
  }
  return {
    secrets,
    lines: lines.map(({ line, words }) => ({
      line,
      words: words.map((word) => ({ ...word, text: covered.get(word) ?? word.text })),
    })),
  };
}

/**
 * Takes the words out that stand where a person wants the picture covered.
 *
 * @param covers in pixels of the original
 */
export function takeCovered(lines: readonly ReadLine[], covers: readonly Box[]): ReadLine[] {
  if (covers.length === 0) return [...lines];
  return lines.map(({ line, words }) => {
    const pad = wordPad(line);
    let isFirst = true;
    const told = words.map((word) => {
      const place = { x: word.x - pad, y: line.y, width: word.width + 2 * pad, height: line.height };
      if (!covers.some((cover) => touches(cover, place))) return word;
      const text = isFirst ? "[covered]" : "";
      isFirst = false;
      return { ...word, text };
    });
    return { line, words: told };
  });
}

function touches(one: Box, other: Box): boolean {
  const { across, down } = overlapOf(one, other);
  return across > 0 && down > 0;
}

/** Where OCR puts a word's edge is not exact. Pixels. */
const wordPad = ({ height }: TextLine): number => Math.ceil(height * 0.35);

const topOf = (row: readonly PlacedWord[]): number => Math.min(...row.map(({ line }) => line.y));
const bottomOf = (row: readonly PlacedWord[]): number =>
  Math.max(...row.map(({ line }) => line.y + line.height));

/** @param rows from top to bottom */
function* secretsIn(rows: readonly PlacedWord[][]): Generator<FoundSecret> {
  let inKey = 0;
  for (const [index, row] of rows.entries()) {
    yield* secretsOf(row, " ");
    if (isSpaced(row)) yield* secretsOf(row, "");
    const next = rows[index + 1];
    const text = row.map(({ word }) => word.text).join(" ");
    // What a key is begun with is followed by its body, which may be read badly.
    if (/BEGIN [A-Z ]*PRIVATE KEY/.test(text)) inKey = mostKeyLines;
    else if (/-{2,} ?END/.test(text)) inKey = 0;
    else if (inKey-- > 0 && row.length <= 3) yield { kind: "key", words: row };
    if (!next || topOf(next) - bottomOf(row) > heightOf(row) * 2) continue;
    yield* acrossBreak(row, next);
    if (isSecretLabel(text)) {
      const value = next.filter(({ word }) => looksChosen(word.text));
      if (value.length > 0 && next.length <= 2) yield { kind: "password", words: value };
    }
  }
}

/** Lines of the longest key that people have, at 64 letters each. */
const mostKeyLines = 70;

const heightOf = (row: readonly PlacedWord[]): number => Math.max(...row.map(({ line }) => line.height));

/** Whether nearly every letter stands by itself: letter-spaced, or each in a box of its own. */
const isSpaced = (row: readonly PlacedWord[]): boolean =>
  row.length >= 8 && row.filter(({ word }) => word.text.length <= 2).length >= row.length * 0.7;

/** @param between what stands between two words: nothing, where each is a letter */
function* secretsOf(row: readonly PlacedWord[], between: string): Generator<FoundSecret> {
  const { text, places } = joined(row, () => between);
  for (const { kind, start, end } of findSecrets(text))
    yield { kind, words: within(row, places, start, end) };
}

/** What is begun at the end of a line and goes on at the beginning of the next, between two words or within one. */
function* acrossBreak(row: readonly PlacedWord[], next: readonly PlacedWord[]): Generator<FoundSecret> {
  const both = [...row, ...next];
  const ends = { last: row.at(-1)?.word.text ?? "", first: next[0]?.word.text ?? "", left: next.length };
  for (const atBreak of [" ", ""]) {
    const { text, places } = joined(both, (index) => (index === row.length ? atBreak : " "));
    const { start: nextStart = 0 } = places[row.length] ?? {};
    const lastEnd = nextStart - atBreak.length;
    for (const { kind, start, end } of findSecrets(text)) {
      if (start >= lastEnd || end <= nextStart) continue;
      // Of a longer number or address, a part is chance.
      const isWhole = !/\S/.test(text.charAt(start - 1)) && !/\S/.test(text.charAt(end));
      const isFound = { text: text.slice(start, end), isWhole, isOneWord: atBreak === "" };
      if (goesOn(kind, isFound, ends)) yield { kind, words: within(both, places, start, end) };
    }
  }
}

/**
 * Whether what was found across a break most likely is one secret: else, something else ends there, and begins.
 *
 * @param ends the words before and after the break, and how many words the second line has
 */
function goesOn(
  kind: WrittenKind,
  found: { text: string; isWhole: boolean; isOneWord: boolean },
  ends: { last: string; first: string; left: number },
): boolean {
  const { last, first, left } = ends;
  switch (kind) {
    case "phone":
      return false;
    case "password":
      return left <= 2 && looksChosen(first) && /[\p{L}\d]/u.test(last);
    case "email":
      return !found.isOneWord || (/[.@_\d-]/.test(last) && !endsAsEmail(last)) || /^[.@_-]/.test(first);
    case "key":
      return !found.isOneWord || (looksChosen(last) && looksChosen(first));
    // Dates, versions and addresses of machines are numbers, too.
    default:
      return found.isWhole && !/[.:/]|\b\d{4}-\d\d-\d\d\b/.test(found.text);
  }
}

/** Whether a word is an address to its end, which no other line has to complete. */
const endsAsEmail = (word: string): boolean =>
  findSecrets(word).some(({ kind, end }) => kind === "email" && end === word.length);

interface Range {
  start: number;
  end: number;
}

/** @param between what stands before the word of this index */
function joined(
  row: readonly PlacedWord[],
  between: (index: number) => string,
): { text: string; places: Range[] } {
  let text = "";
  const places = row.map(({ word }, index) => {
    if (text !== "") text += between(index);
    const start = text.length;
    text += word.text;
    return { start, end: text.length };
  });
  return { text, places };
}

const within = (
  row: readonly PlacedWord[],
  places: readonly Range[],
  start: number,
  end: number,
): PlacedWord[] =>
  row.filter((_, index) => {
    const place = places[index];
    return place !== undefined && place.start < end && start < place.end;
  });

function boxToCover(line: TextLine, words: readonly Word[]): Box {
  const pad = wordPad(line);
  const left = Math.max(line.x, Math.floor(Math.min(...words.map(({ x }) => x))) - pad);
  const right = Math.min(
    line.x + line.width,
    Math.ceil(Math.max(...words.map(({ x, width }) => x + width))) + pad,
  );
  // A short rest of the line is more likely the secret's last group, misread, than a word of its own.
  const end = line.x + line.width;
  const last = end - right < line.height * 2.2 ? end : right;
  return { x: left - 2, y: line.y - 2, width: last - left + 4, height: line.height + 4 };
}

/** Fills places with an opaque colour, in the pixels themselves: nothing of what stood there is left. */
export function coverPlaces({ data, width, height }: Rgb, boxes: readonly Box[]): void {
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x));
    const right = Math.min(width, Math.ceil(box.x + box.width));
    for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, Math.ceil(box.y + box.height)); y++) {
      data.fill(0x1f, (y * width + left) * 3, (y * width + right) * 3);
    }
  }
}
