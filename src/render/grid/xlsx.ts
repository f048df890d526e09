import { strToU8, zipSync } from "fflate";
import { escapeXml } from "../../text/xml.js";
import type { Overview } from "../overview.js";
import { type Sheet, type SheetValue, sheetsOf } from "./sheets.js";

/** What Excel allows in the name of a sheet. */
const longestName = 31;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
const types = "http://schemas.openxmlformats.org/package/2006/content-types";

/**
 * The sheets as a workbook (ECMA-376). Texts are texts whatever they begin with: a cell has a formula only where its
 * element says so, and none does.
 */
export function gridToXlsx(overview: Pick<Overview, "pictures">): Uint8Array {
  const sheets = withNames(sheetsOf(overview));
  const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
  const files: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${numbered
      .map(
        ({ number }) =>
          `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
      )
      .join("")}</Types>`,
    "_rels/.rels": `<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbered
      .map(({ name, number }) => `<sheet name="${escapeXml(name)}" sheetId="${number}" r:id="rId${number}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${relationships}">${numbered
      .map(
        ({ number }) =>
          `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
      )
      .join("")}</Relationships>`,
  };
  for (const { number, columns, rows } of numbered)
    files[`xl/worksheets/sheet${number}.xml`] =
      `<worksheet xmlns="${main}"><sheetData>${[columns, ...rows].map(rowOf).join("")}</sheetData></worksheet>`;
  const bytes = Object.entries(files).map(([name, text]) => [name, strToU8(head + text)] as const);
  // The same data is the same file: no time of day in it.
  return zipSync(Object.fromEntries(bytes), { mtime: new Date(1980, 0, 1) });
}

const rowOf = (cells: readonly SheetValue[], index: number): string =>
  `<row r="${index + 1}">${cells.map(cellOf).join("")}</row>`;

function cellOf(value: SheetValue): string {
  if (value === null || value === "") return "<c/>";
  if (typeof value === "number" && Number.isFinite(value)) return `<c><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(String(value))}</t></is></c>`;
}

/** Each sheet with a name of its own that a workbook may have. */
function withNames(sheets: readonly Sheet[]): Sheet[] {
  const taken = new Set<string>();
  return sheets.map((sheet) => {
    const plain =
      sheet.name
        .replace(/[[\]:*?/\\']/g, " ")
        .slice(0, longestName)
        .trim() || "data";
    let name = plain;
    for (let number = 2; taken.has(name.toLowerCase()); number++)
      name = `${plain.slice(0, longestName - 4)} ${number}`;
    taken.add(name.toLowerCase());
    return { ...sheet, name };
  });
}
