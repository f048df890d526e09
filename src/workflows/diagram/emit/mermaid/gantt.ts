import type { Graph, Row } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { ownTitle } from "./common.js";
import { line, rowStart } from "./labels.js";

const tags: Partial<Record<Row["role"], string>> = {
  done: "done, ",
  active: "active, ",
  critical: "crit, ",
  milestone: "milestone, ",
};

export function gantt({ title, rows }: Graph, _: Names, warnings: string[]): string[] {
  const written: string[] = [];
  let section: string | undefined;
  let guessed = 0;
  let isFirst = true;
  for (const [index, row] of rows.entries()) {
    if (row.section !== (section ?? "")) written.push(`section ${line(row.section, "gantt")}`);
    section = row.section;
    const start = isoDate(row.start);
    const end = isoDate(row.end) ?? lengthOf(row.end);
    if (!end && row.role !== "milestone") guessed++;
    if (isFirst && !start)
      warnings.push("The picture gives no first date: the chart begins on 1 January 2000.");
    const begins = start ?? (isFirst ? "2000-01-01" : `after t${index}`);
    isFirst = false;
    const length = end ?? (row.role === "milestone" ? "0d" : "1d");
    written.push(
      `${rowStart(row.label, "gantt")} :${tags[row.role] ?? ""}t${index + 1}, ${begins}, ${length}`,
    );
  }
  if (guessed > 0) warnings.push(`${guessed} tasks have no readable end or length: one day was taken.`);
  return ["gantt", ...indent([...ownTitle(title), "dateFormat YYYY-MM-DD", ...written])];
}

function isoDate(text: string): string | undefined {
  const date = /\b((?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d)\b/.exec(text)?.[1];
  // A day that there is not, such as 30 February, is read as another.
  return date !== undefined && new Date(date).toISOString().startsWith(date) ? date : undefined;
}

/** "3d", "2 weeks", "5": days where no unit stands. */
function lengthOf(text: string): string | undefined {
  const [, number, unit = ""] = /^\s*(\d{1,4})\s*([a-z]*)\s*$/i.exec(text) ?? [];
  if (number === undefined || Number(number) === 0) return undefined;
  const first = unit.charAt(0).toLowerCase();
  if (first === "m" && !/^min/i.test(unit)) return `${number}M`;
  return first === "w" || first === "h" ? `${number}${first}` : `${number}d`;
}
