import { asideWords, evidenceWords, type Finding, weightOf } from "../report.js";
import type { Overview } from "./overview.js";

/** A finding at its place; one that is set aside is neither new nor known. */
interface CsvPlace {
  finding: Finding;
  aside?: string;
  isNew?: boolean;
  fingerprint?: string;
}

/** One row a place; pictures without findings have one, too. */
export function summaryToCsv({ groups, setAside, review, pictures }: Overview): string {
  const head =
    "picture,state,criterion,level,impact,title,where,evidence,set aside,confidence,x,y,width,height,new,fingerprint,note,cost".split(
      ",",
    );
  const places = new Map<string, string[][]>();
  const add = (path: string, { finding, aside = "", isNew, fingerprint }: CsvPlace) => {
    const { criterion, title, where, evidence, confidence, box } = finding;
    const numbers = box
      ? [box.x, box.y, box.width, box.height].map((pixels) => String(Math.round(pixels)))
      : ["", "", "", ""];
    const known = isNew === undefined ? "" : isNew ? "yes" : "no";
    const row = [
      criterion?.number ?? "",
      criterion?.level ?? "",
      weightOf(finding),
      title,
      where,
      evidenceWords[evidence],
      aside,
      confidence,
      ...numbers,
      known,
      fingerprint ?? "",
    ];
    const others = places.get(path);
    if (others) others.push(row);
    else places.set(path, [row]);
  };
  for (const group of groups) for (const place of group.places) add(place.path, place);
  for (const { reason, places: own } of setAside)
    for (const { path, finding } of own) add(path, { finding, aside: asideWords[reason] });
  for (const { path, finding } of review) add(path, { finding, aside: "needs review" });
  const empty = Array.from({ length: 14 }, () => "");
  const rows = pictures.flatMap(({ path, state, reason, report, cost }) =>
    (places.get(path) ?? [empty]).map((row, index) => [
      path,
      state,
      ...row,
      reason ?? (row === empty ? (report?.summary ?? "") : ""),
      index === 0 && cost !== undefined ? cost.toFixed(6) : "",
    ]),
  );
  return csv([head, ...rows]);
}

/** Rows as CSV. A cell that a spreadsheet would take for a formula is made a text. */
export const csv = (rows: ReadonlyArray<readonly string[]>): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

function cell(text: string): string {
  const inert = /^[\s]*[=+\-@＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
