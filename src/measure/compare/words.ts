import type { Rgb } from "../../image/palette.js";
import { textureOf } from "../../image/texture.js";
import type { Box } from "../../report.js";
import { similarity } from "../../text/similarity.js";
import { findText } from "../findText.js";
import type { LineReader } from "../ocr.js";
import { plausibleLines, readLines } from "../reading.js";
import type { Change, ChangeKind } from "./comparison.js";

/** What may hold words. */
const worded: readonly ChangeKind[] = [
  "added",
  "removed",
  "moved",
  "recoloured",
  "resized",
  "retexted",
  "restyled",
];
/** More changes are told without their words. */
const mostRead = 40;
/** Letters are told from their ground by what surrounds them. Pixels. */
const margin = 6;

/** Adds the words of each change, as they were and as they are. */
export async function addWords(
  changes: readonly Change[],
  before: Rgb,
  after: Rgb,
  read: LineReader,
): Promise<void> {
  for (const change of changes.filter(({ kind }) => worded.includes(kind)).slice(0, mostRead)) {
    const was = change.before ? await wordsIn(read, before, change.before) : "";
    const is = change.after ? await wordsIn(read, after, change.after) : "";
    if (was !== "" || is !== "") change.words = { before: was, after: is };
    // The pixels of other words may look like another style or colour; what is read decides.
    if (looksAlike.includes(change.kind) && saysElse(was, is)) change.kind = "retexted";
  }
}

/** Kinds that a changed text may be taken for. */
const looksAlike: readonly ChangeKind[] = ["recoloured", "restyled", "resized"];
/** Two readings of the same words are at least so like each other. */
const sameWords = 0.75;

/** Whether two readings are of other words; one that failed says nothing. */
function saysElse(was: string, is: string): boolean {
  if (was === "" || is === "") return false;
  const digits = (text: string) => text.replace(/\D/g, "");
  return digits(was) !== digits(is) || similarity(was, is) < sameWords;
}

async function wordsIn(read: LineReader, picture: Rgb, box: Box): Promise<string> {
  const part = cropped(picture, box);
  const { map, lines } = findText(part, textureOf(picture).lossy);
  const found = await readLines(read, part, map, plausibleLines(lines).lines);
  return found
    .sort((one, other) => one.line.y - other.line.y || one.line.x - other.line.x)
    .map(({ words }) => words.map(({ text }) => text).join(" "))
    .filter((line) => line !== "")
    .join("\n");
}

function cropped({ data, width, height }: Rgb, box: Box): Rgb {
  const [x, y] = [Math.max(0, box.x - margin), Math.max(0, box.y - margin)];
  const across = Math.min(width, box.x + box.width + margin) - x;
  const down = Math.min(height, box.y + box.height + margin) - y;
  const part = new Uint8Array(across * down * 3);
  for (let row = 0; row < down; row++) {
    const from = ((y + row) * width + x) * 3;
    part.set(data.subarray(from, from + across * 3), row * across * 3);
  }
  return { data: part, width: across, height: down };
}
