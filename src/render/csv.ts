import type { Overview } from "./overview.js";

/** One row a place; pictures without findings have one, too. */
export function summaryToCsv({ groups, pictures }: Overview): string {
  const head =
    "picture,state,criterion,level,impact,title,where,evidence,confidence,x,y,width,height,new,fingerprint,note,cost".split(
      ",",
    );
  const places = new Map<string, string[][]>();
  for (const group of groups) {
    for (const { finding, path, fingerprint, isNew } of group.places) {
      const { criterion, impact, title, where, evidence, confidence, box } = finding;
      const numbers = box
        ? [box.x, box.y, box.width, box.height].map((pixels) => String(Math.round(pixels)))
        : ["", "", "", ""];
      const row = [
        criterion.number,
        criterion.level,
        impact,
        title,
        where,
        evidence,
        confidence,
        ...numbers,
        isNew ? "yes" : "no",
        fingerprint,
      ];
      const known = places.get(path);
      if (known) known.push(row);
      else places.set(path, [row]);
    }
  }
  const empty = Array.from({ length: 13 }, () => "");
  const rows = pictures.flatMap(({ path, state, reason, report, cost }) =>
    (places.get(path) ?? [empty]).map((row, at) => [
      path,
      state,
      ...row,
      reason ?? (row === empty ? (report?.summary ?? "") : ""),
      at === 0 && cost !== undefined ? cost.toFixed(6) : "",
    ]),
  );
  return csv([head, ...rows]);
}

/** Rows as CSV. A cell that a spreadsheet would take for a formula is made a text. */
export const csv = (rows: ReadonlyArray<readonly string[]>): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

function cell(text: string): string {
  const inert = /^[\s]*[=+\-@]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
