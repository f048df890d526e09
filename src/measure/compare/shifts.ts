import type { Envelope, Signatures } from "./signatures.js";

/** Means of stretches that differ by no more are the same. Levels of 255. */
export const sameMean = 2;

/** So many lines that stand out are looked for in the other picture. */
const mostAnchors = 160;
/** Shifts that are weighed against each other for each line. */
const mostShifts = 10;
/** An anchor may have so many of its stretches changed. */
const mostChanged = 0.12;

/**
 * By how many lines parts of a picture may have moved: lines that stand out are looked for in the other picture, and
 * each place where one is found is a vote for its shift.
 *
 * @returns line of after minus line of before, with the likeliest first; always with those that keep the first line or the last one
 */
export function likelyShifts(before: Signatures, after: Signatures, envelope: Envelope): number[] {
  const fixed = [...new Set([0, after.lines - before.lines])];
  const votes = new Float32Array(before.lines + after.lines);
  for (const line of anchorsOf(before)) {
    const found = placesOf(before, line, after, envelope);
    if (found.length > 0 && found.length <= 12)
      for (const place of found)
        votes[place - line + before.lines] = (votes[place - line + before.lines] ?? 0) + 1 / found.length;
  }
  const peaks: Array<{ shift: number; votes: number }> = [];
  for (let index = 0; index < votes.length; index++) {
    const here = votes[index] ?? 0;
    const [left, right] = [votes[index - 1] ?? 0, votes[index + 1] ?? 0];
    // Lines are found a line too early and too late, as well: the peak is what counts.
    if (here > 0 && here >= left && here > right && here + left + right >= 1.5)
      peaks.push({ shift: index - before.lines, votes: here + left + right });
  }
  peaks.sort((one, other) => other.votes - one.votes);
  return [...new Set([...fixed, ...peaks.map(({ shift }) => shift)])].slice(0, mostShifts);
}

/** The line of each stretch of the picture that differs the most from the line before it. */
function anchorsOf({ lines, bins, values }: Signatures): number[] {
  const anchors: number[] = [];
  const strip = Math.max(2, lines / mostAnchors);
  for (let start = 0; start < lines; start += strip) {
    let [best, most] = [-1, sameMean * 2];
    for (let line = Math.max(1, Math.floor(start)); line < Math.min(lines, start + strip); line++) {
      let step = 0;
      for (let bin = 0; bin < bins; bin++)
        step += Math.abs((values[line * bins + bin] ?? 0) - (values[(line - 1) * bins + bin] ?? 0));
      if (step > most) [best, most] = [line, step];
    }
    if (best >= 0) anchors.push(best);
  }
  return anchors;
}

function placesOf(before: Signatures, line: number, after: Signatures, { low, high }: Envelope): number[] {
  const { bins, values } = before;
  const most = Math.floor(bins * mostChanged);
  const found: number[] = [];
  for (let place = 0; place < after.lines; place++) {
    let changed = 0;
    for (let bin = 0; bin < bins && changed <= most; bin++) {
      const value = values[line * bins + bin] ?? 0;
      const at = place * bins + bin;
      if (value < (low[at] ?? 0) - sameMean || value > (high[at] ?? 0) + sameMean) changed++;
    }
    if (changed > most) continue;
    found.push(place);
    if (found.length > 40) break;
  }
  // What is found in neighbouring lines is found once, in the middle.
  const runs: number[][] = [];
  for (const place of found) {
    const run = runs.at(-1);
    if (run && place - (run.at(-1) ?? 0) === 1) run.push(place);
    else runs.push([place]);
  }
  return runs.map((run) => nearest(before, line, after, run));
}

/** Which of the lines is the most like this one. */
function nearest(before: Signatures, line: number, after: Signatures, places: readonly number[]): number {
  let [best, least] = [places[0] ?? 0, Number.POSITIVE_INFINITY];
  for (const place of places) {
    let away = 0;
    for (let bin = 0; bin < before.bins; bin++)
      away += Math.abs(
        (before.values[line * before.bins + bin] ?? 0) - (after.values[place * before.bins + bin] ?? 0),
      );
    if (away < least) [best, least] = [place, away];
  }
  return best;
}
