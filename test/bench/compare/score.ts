import type { Change, Comparison } from "../../../src/measure/compare/comparison.js";
import type { Pair } from "./render.js";
import { kindsOf, type Place } from "./rules.js";

/** What was made of one pair. */
export interface Outcome {
  pair: Pair;
  format: "PNG" | "JPEG";
  /** Regions that are told: all but what only moved along, and the canvas. */
  regions: Change[];
  all: Change[];
  found: boolean;
  /** One region, at the right place, and nothing else. */
  exact: boolean;
  rightKind: boolean;
  /** Intersection over union with the truth, of the best region. */
  overlap: number;
  milliseconds: number;
}

/** Less overlap, and it is another place. */
const leastOverlap = 0.3;

function overlapOf(one: Place | undefined, other: Place | undefined): number | undefined {
  if (!one && !other) return undefined;
  if (!one || !other) return 0;
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / (one.width * one.height + other.width * other.height - across * down);
}

const isTold = ({ kind }: Change): boolean => kind !== "shifted" && kind !== "canvas";

export function judge(
  pair: Pair,
  format: "PNG" | "JPEG",
  comparison: Comparison,
  milliseconds: number,
): Outcome {
  const all = comparison.changes;
  const regions = all.filter(isTold);
  const common = { pair, format, regions, all, milliseconds };
  const { change } = pair;
  if (!change) {
    const quiet = regions.length === 0;
    return { ...common, found: false, exact: quiet, rightKind: quiet, overlap: 0 };
  }
  if (change.rule === "margin") {
    // What only moved is said once as such: the gap that grew has no place of its own.
    const found = all.some(({ kind }) => kind === "shifted") || regions.length > 0;
    const exact = found && regions.length === 0;
    return { ...common, found, exact, rightKind: exact, overlap: exact ? 1 : 0 };
  }
  const overlaps = regions.map((region) => {
    const each = change.truths.map((truth) => {
      // Where it was and where it is: the better of them tells whether it is the same thing.
      const before = overlapOf(region.before, truth.before);
      const after = overlapOf(region.after, truth.after);
      return Math.max(before ?? 0, after ?? 0);
    });
    return Math.max(0, ...each);
  });
  const overlap = Math.max(0, ...overlaps);
  const best = regions[overlaps.indexOf(overlap)];
  const kinds: readonly string[] = change.rule === "banner" ? ["added"] : kindsOf[change.rule];
  return {
    ...common,
    found: overlap > 0,
    exact: regions.length === 1 && overlap >= leastOverlap,
    rightKind: best !== undefined && kinds.includes(best.kind),
    overlap,
  };
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)}%`;

function row(name: string, outcomes: readonly Outcome[]): string {
  const found = outcomes.filter((outcome) => outcome.found);
  const count = (of: readonly Outcome[], is: (outcome: Outcome) => boolean) => of.filter(is).length;
  const regions = found.reduce((sum, outcome) => sum + outcome.regions.length, 0);
  const told = found.filter(({ pair }) => pair.change?.rule !== "margin");
  const overlap = told.reduce((sum, outcome) => sum + outcome.overlap, 0) / Math.max(1, told.length);
  return [
    name.padEnd(26),
    String(outcomes.length).padStart(5),
    percent(found.length, outcomes.length).padStart(8),
    percent(
      count(outcomes, ({ exact }) => exact),
      outcomes.length,
    ).padStart(8),
    percent(
      count(found, ({ rightKind }) => rightKind),
      found.length,
    ).padStart(8),
    (regions / Math.max(1, found.length)).toFixed(2).padStart(8),
    overlap.toFixed(2).padStart(8),
  ].join(" ");
}

/** The tables of one set of pages. */
export function table(outcomes: readonly Outcome[]): string {
  const changed = outcomes.filter(({ pair }) => pair.change && pair.change.rule !== "banner");
  const head = `${"".padEnd(26)} pairs    found    exact     kind  regions  overlap`;
  const lines = [head];
  const of = (strength: string) => changed.filter(({ pair }) => pair.change?.strength === strength);
  lines.push(row("strong + medium (95 %)", [...of("strong"), ...of("medium")]));
  for (const strength of ["strong", "medium", "weak"]) lines.push(row(`  ${strength}`, of(strength)));
  for (const format of ["PNG", "JPEG"])
    for (const ratio of [1, 2])
      lines.push(
        row(
          `  ${format} ${ratio}×`,
          changed.filter((outcome) => outcome.format === format && outcome.pair.ratio === ratio),
        ),
      );
  for (const rule of Object.keys(kindsOf))
    lines.push(
      row(
        `  ${rule}`,
        changed.filter(({ pair }) => pair.change?.rule === rule),
      ),
    );
  for (const format of ["PNG", "JPEG"])
    lines.push(
      row(
        `banner ${format} (97 %)`,
        outcomes.filter((outcome) => outcome.format === format && outcome.pair.change?.rule === "banner"),
      ),
    );
  lines.push("", `${"without change".padEnd(26)} pairs   called changed   regions`);
  const still = outcomes.filter(({ pair }) => !pair.change);
  const kinds = [...new Set(still.map(({ pair }) => pair.noise ?? ""))];
  for (const [name, some] of [
    ["rendering only (≤ 2 %)", still.filter(({ pair }) => pair.noise !== "identical")] as const,
    ...kinds.map((kind) => [`  ${kind}`, still.filter(({ pair }) => pair.noise === kind)] as const),
  ]) {
    const regions = some.reduce((sum, outcome) => sum + outcome.regions.length, 0);
    lines.push(
      `${name.padEnd(26)} ${String(some.length).padStart(5)} ${percent(some.filter(({ exact }) => !exact).length, some.length).padStart(16)} ${String(regions).padStart(9)}`,
    );
  }
  return lines.join("\n");
}
