import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { overlapOf } from "./boxes.js";
import type { TextLine } from "./lines.js";
import type { Measurement } from "./measurement.js";
import type { Word } from "./ocr.js";
import { findSecrets, secretKinds } from "./secrets.js";

interface ReadLine {
  line: TextLine;
  words: Word[];
}

/**
 * Finds the secrets in what was read, line by line and along rows of neighbouring lines, and takes their words
 * out of it.
 */
export function takeSecrets(lines: readonly ReadLine[]): {
  secrets: Measurement["secrets"];
  lines: ReadLine[];
} {
  const secrets: Measurement["secrets"] = [];
  const covered = new Map<Word, string>();
  for (const row of rowsOf(lines)) {
    const words = row.flatMap(({ line, words: own }) => own.map((word) => ({ line, word })));
    let text = "";
    const places = words.map(({ word }) => {
      const start = text === "" ? 0 : text.length + 1;
      text += `${text === "" ? "" : " "}${word.text}`;
      return { start, end: text.length };
    });
    for (const { kind, start, end } of findSecrets(text)) {
      const touched = words.filter((_, at) => {
        const place = places[at];
        return place !== undefined && place.start < end && start < place.end;
      });
      const [first, ...rest] = touched;
      if (!first) continue;
      covered.set(first.word, `[${secretKinds[kind]}]`);
      for (const { word } of rest) covered.set(word, "");
      for (const line of new Set(touched.map((one) => one.line))) {
        const own = touched.filter((one) => one.line === line).map(({ word }) => word);
        secrets.push({ kind, box: placeOf(line, own) });
      }
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

/** Lines that stand side by side: groups of digits in fields of their own are one number. */
function rowsOf(lines: readonly ReadLine[]): ReadLine[][] {
  const rows: ReadLine[][] = [];
  for (const one of [...lines].sort((a, b) => a.line.x - b.line.x)) {
    const row = rows.find((others) => {
      const last = others.at(-1)?.line;
      if (!last) return false;
      const { across, down } = overlapOf(last, one.line);
      const [low, high] = [Math.min(last.height, one.line.height), Math.max(last.height, one.line.height)];
      return down > low * 0.6 && -across < high * 3;
    });
    if (row) row.push(one);
    else rows.push([one]);
  }
  return rows;
}

/** Generously: where OCR puts a word's edge is not exact. */
function placeOf(line: TextLine, words: readonly Word[]): Box {
  const pad = Math.ceil(line.height * 0.35);
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
