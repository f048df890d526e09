import { overlapOf } from "./boxes.js";
import type { Letter } from "./letters.js";
import { telling } from "./runs.js";

/** Lower patches hold no text, nor do narrower ones. Pixels. */
const lowest = 20;
/** What stands in a frame is lower than this share of it; in a sign that is built from parts, it is not. */
const highestInside = 0.5;
/** So many letters side by side are a text. */
const fewest = 3;

/**
 * Parts letters from what is drawn around them: the border of a group, a panel's edge that something touches, a
 * bubble. Such a patch has the height of a letter and often the colour of the text in it, and would take it in.
 */
export function withoutFrames(letters: readonly Letter[]): Letter[] {
  const rows = new Map<number, Letter[]>();
  for (const letter of letters) {
    if (letter.pixels < telling) continue;
    const row = Math.floor((letter.y + letter.height / 2) / rowHeight);
    const there = rows.get(row);
    if (there) there.push(letter);
    else rows.set(row, [letter]);
  }
  return letters.filter((letter) => !holdsText(letter, rows));
}

/** Letters are looked up by the row of so many pixels that their middle lies in. */
const rowHeight = 16;

function holdsText(frame: Letter, rows: ReadonlyMap<number, readonly Letter[]>): boolean {
  if (Math.min(frame.width, frame.height) < lowest) return false;
  const inside: Letter[] = [];
  const last = Math.floor((frame.y + frame.height) / rowHeight);
  for (let row = Math.floor(frame.y / rowHeight); row <= last; row++)
    for (const letter of rows.get(row) ?? []) if (isInside(letter, frame)) inside.push(letter);
  if (inside.length < fewest) return false;
  inside.sort((a, b) => a.x - b.x);
  return inside.some((first) => rowFrom(first, inside) >= fewest);
}

const isInside = (letter: Letter, frame: Letter): boolean =>
  letter !== frame &&
  letter.height <= frame.height * highestInside &&
  letter.x > frame.x &&
  letter.y > frame.y &&
  letter.x + letter.width < frame.x + frame.width &&
  letter.y + letter.height < frame.y + frame.height;

/** How many letters stand side by side from one on, as those of a word do. */
function rowFrom(first: Letter, sorted: readonly Letter[]): number {
  let [last, count] = [first, 1];
  for (const letter of sorted) {
    if (letter.x <= last.x) continue;
    const { across, down } = overlapOf(last, letter);
    if (-across > Math.max(last.height, letter.height) * 0.6) {
      if (letter.x > last.x + last.width + last.height * 2) break;
      continue;
    }
    if (across > 0 || down < Math.min(last.height, letter.height) * 0.5) continue;
    [last, count] = [letter, count + 1];
    if (count >= fewest) break;
  }
  return count;
}
