import type { Graph } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { line, quotedLine } from "./labels.js";

export function pie({ title, rows }: Graph, _: Names, warnings: string[]): string[] {
  const seen = new Set<string>();
  const slices: string[] = [];
  for (const { label, start } of rows) {
    const amount = amountOf(start);
    if (amount === undefined) {
      warnings.push(`The slice “${label}” has no readable amount and is left out.`);
      continue;
    }
    // Mermaid keeps one slice of a name.
    let name = quotedLine(label, "slice");
    for (let number = 2; seen.has(name); number++) name = quotedLine(`${label} (${number})`, "slice");
    seen.add(name);
    slices.push(`${name} : ${amount}`);
  }
  return [`pie${title.trim() === "" ? "" : ` title ${line(title, "heading")}`}`, ...indent(slices)];
}

/** "42", "42 %", "1,234.5", "0,5": more than nothing, as a plain decimal number. */
function amountOf(text: string): string | undefined {
  const found = /\d[\d.,  ]*/.exec(text)?.[0].replace(/[  ]/g, "") ?? "";
  const grouped = /^\d{1,3}([,.]\d{3})+(?![\d])/.test(found) && !/^0/.test(found);
  const number = Number(
    grouped
      ? found.replace(/[,.](?=\d{3}(?!\d))/g, "").replace(",", ".")
      : found.replace(/[.,]+$/, "").replace(",", "."),
  );
  return Number.isFinite(number) && number >= 0.01 && number < 1e12
    ? String(Number(number.toFixed(4)))
    : undefined;
}
