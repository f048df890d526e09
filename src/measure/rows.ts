import { overlapOf } from "./boxes.js";
import type { ReadLine } from "./reading.js";

/** Lines that stand side by side: groups of digits in fields of their own are one number. */
export function linesByRow(lines: readonly ReadLine[]): ReadLine[][] {
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
