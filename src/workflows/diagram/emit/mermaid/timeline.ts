import type { Graph } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { line, rowStart } from "./labels.js";

export function timeline({ title, rows }: Graph, _name: Names, _losses: string[]): string[] {
  const written: string[] = [];
  let section = "";
  let period: string | undefined;
  for (const row of rows) {
    if (row.section !== section) {
      written.push(`section ${line(row.section)}`);
      section = row.section;
      period = undefined;
    }
    // Several events of one period stand below one another.
    if (row.start === period) written.push(`  : ${line(row.label)}`);
    else written.push(`${rowStart(row.start)} : ${line(row.label)}`);
    period = row.start;
  }
  return ["timeline", ...indent([...(title.trim() === "" ? [] : [`title ${line(title)}`]), ...written])];
}
