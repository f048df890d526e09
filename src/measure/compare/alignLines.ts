import type { Aligned } from "./comparison.js";
import { likelyShifts, sameMean } from "./shifts.js";
import { type Envelope, envelopeOf, type Signatures } from "./signatures.js";

/** What it costs to insert or remove lines, whatever their number, in lines that differ wholly. */
const costOfStep = 1.2;

/** What it costs that a stretch is only like its neighbours: of two shifts by a line, the better one is to win. */
const costOfFraction = 0.15;

/** Beside a line that differs from end to end, how much one of the same picture may cost: noise of many stretches. */
const mostOfLine = 0.6;

/**
 * Matches the lines of two parts, in order: a chain of stretches, each shifted by one of a few numbers of lines, that
 * leaves the least unexplained (Viterbi's algorithm, with the shifts as states).
 *
 * @returns stretches that face each other, in order, within the parts; what lies between was inserted or removed
 */
export function alignLines(before: Signatures, after: Signatures): Aligned[] {
  const envelope = envelopeOf(after);
  const shifts = likelyShifts(before, after, envelope);
  const cost = shifts.map((shift) => costsOf(before, after, envelope, shift));
  const [lines, states] = [after.lines, shifts.length];
  // The least cost of a chain that has come to just before a line, in each state; and where that came from.
  const total = new Float32Array((lines + 1) * states).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array((lines + 1) * states).fill(-1);
  for (let state = 0; state < states; state++) {
    const shift = shifts[state] ?? 0;
    const start = Math.max(0, shift);
    if (start < lines) total[start * states + state] = shift === 0 ? 0 : costOfStep;
  }
  for (let line = 0; line <= lines; line++) {
    for (let state = 0; state < states; state++) {
      const here = total[line * states + state] ?? 0;
      if (!Number.isFinite(here)) continue;
      for (let next = 0; next < states; next++) {
        if (next === state) continue;
        const step = (shifts[next] ?? 0) - (shifts[state] ?? 0);
        const place = (line + Math.max(0, step)) * states + next;
        // Steps back cost no line of after: their order does not matter, since two steps are never better than one.
        if (place < total.length && here + costOfStep < (total[place] ?? 0)) {
          total[place] = here + costOfStep;
          from[place] = line * states + state;
        }
      }
    }
    if (line === lines) break;
    for (let state = 0; state < states; state++) {
      const here = total[line * states + state] ?? 0;
      const place = (line + 1) * states + state;
      const there = here + Math.min(mostOfLine, cost[state]?.[line] ?? 1);
      if (there < (total[place] ?? 0)) {
        total[place] = there;
        from[place] = line * states + state;
      }
    }
  }
  return chain(before.lines, lines, shifts, total, from);
}

/** For each line of after: the share of its stretches that the line of before does not explain. */
function costsOf(before: Signatures, after: Signatures, { low, high }: Envelope, shift: number) {
  const { bins, values } = before;
  const costs = new Float32Array(after.lines).fill(1);
  const end = Math.min(after.lines, before.lines + shift);
  for (let line = Math.max(0, shift); line < end; line++) {
    let [changed, inexact] = [0, 0];
    for (let bin = 0; bin < bins; bin++) {
      const value = values[(line - shift) * bins + bin] ?? 0;
      const at = line * bins + bin;
      if (Math.abs(value - (after.values[at] ?? 0)) <= sameMean) continue;
      inexact++;
      if (value < (low[at] ?? 0) - sameMean || value > (high[at] ?? 0) + sameMean) changed++;
    }
    costs[line] = (changed + costOfFraction * inexact) / bins;
  }
  return costs;
}

/** Walks back from the cheapest end. */
function chain(
  linesBefore: number,
  lines: number,
  shifts: readonly number[],
  total: Float32Array,
  from: Int32Array,
): Aligned[] {
  const states = shifts.length;
  let [place, least] = [-1, Number.POSITIVE_INFINITY];
  for (let line = 0; line <= lines; line++) {
    for (let state = 0; state < states; state++) {
      const shift = shifts[state] ?? 0;
      // A chain ends where either picture does.
      const isEnd = line === lines || line - shift === linesBefore;
      const cost = (total[line * states + state] ?? 0) + (shift === lines - linesBefore ? 0 : costOfStep);
      if (isEnd && cost < least) [place, least] = [line * states + state, cost];
    }
  }
  const found: Aligned[] = [];
  while (place >= 0) {
    const [line, state] = [Math.floor(place / states), place % states];
    const previous = from[place] ?? -1;
    if (previous >= 0 && previous % states === state) {
      const shift = shifts[state] ?? 0;
      const last = found.at(-1);
      if (last && last.after - last.before === shift && last.after === line) {
        last.after--;
        last.before--;
        last.length++;
      } else found.push({ before: line - 1 - shift, after: line - 1, length: 1 });
    }
    place = previous;
  }
  return found.reverse();
}
