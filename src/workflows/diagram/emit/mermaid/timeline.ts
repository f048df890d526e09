import type { Graph } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { ownTitle } from "./common.js";
import { line, rowStart } from "./labels.js";

export function timeline({ title, rows }: Graph, _name: Names, _warnings: string[]): string[] {
  const written: string[] = [];
  let section = "";
  let period: string | undefined;
  for (const row of rows) {
    if (row.section !== section) {
      written.push(`section ${line(row.section, "timeline")}`);
      section = row.section;
      period = undefined;
    }
    // Several events of one period stand below one another.
    if (row.start === period) written.push(`  : ${line(row.label, "timeline")}`);
    else written.push(`${rowStart(row.start, "timeline")} : ${line(row.label, "timeline")}`);
    period = row.start;
  }
  return ["timeline", ...indent([...ownTitle(title), ...written])];
}
