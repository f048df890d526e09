import assert from "node:assert/strict";
import { strFromU8, unzipSync } from "fflate";
import {
  gridToCsv,
  gridToJsonLines,
  gridToPython,
  gridToSql,
  gridToTsv,
  gridToTypeScript,
} from "../../../src/render/grid/texts.js";
import { gridToXlsx } from "../../../src/render/grid/xlsx.js";
import type { PictureOutcome } from "../../../src/render/overview.js";
import type { Grid, GridCell } from "../../../src/report.js";

const cell = (path: string, value: GridCell["value"], more: Partial<GridCell> = {}): GridCell => ({
  path,
  text: String(value),
  value,
  evidence: "confirmed",
  confidence: "high",
  ...more,
});

const grid: Grid = {
  fields: [
    cell("/seller/name", "=HYPERLINK(1)"),
    cell("/total", 12.5, { evidence: "contradicted", other: "12.6" }),
    cell("/isPaid", true),
  ],
  tables: [
    {
      path: "/items",
      columns: ["name", "amount"],
      isEstimated: false,
      rows: [
        [cell("/items/0/name", 'it\'s "one"'), cell("/items/0/amount", -3)],
        [cell("/items/1/name", "+two"), cell("/items/1/amount", null)],
      ],
    },
  ],
  checks: [],
  data: { seller: { name: "=HYPERLINK(1)" }, total: 12.5, isPaid: true, items: [] },
};

const outcome = (path: string, given: Grid | undefined, reason?: string): PictureOutcome => ({
  path,
  sha256: "a",
  state: given ? "done" : "failed",
  ...(given
    ? {
        report: {
          workflow: "x",
          title: "",
          summary: "",
          findings: [],
          undecided: [],
          notJudged: [],
          marks: {},
          grid: given,
        },
      }
    : {}),
  ...(reason === undefined ? {} : { reason }),
});
const both = { pictures: [outcome("a.png", grid), outcome("b.png", undefined, "It is damaged.")] };

describe("data of many documents", () => {
  it("is a row a document as CSV, its lists as JSON, with what to look at and what failed", () => {
    const [head, first, second, end] = gridToCsv(both).split("\r\n");
    assert.equal(head, "document,seller.name,total,isPaid,items,unsure,error");
    assert.equal(
      first,
      `a.png,'=HYPERLINK(1),12.5,true,"[{""name"":""it's \\""one\\"""",""amount"":-3},{""name"":""+two"",""amount"":null}]",/total,`,
    );
    assert.equal(second, "b.png,,,,,,It is damaged.");
    assert.equal(end, "");
  });

  it("is the rows of the list where documents are nothing else, and no formula, also with tabs", () => {
    const only = { pictures: [outcome("a.png", { ...grid, fields: [] })] };
    assert.equal(gridToTsv(only), `document\tname\tamount\na.png\tit's "one"\t-3\na.png\t'+two\t\n`);
  });

  it("is a line of JSON a document, also for one that failed", () => {
    const lines = gridToJsonLines(both)
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    assert.deepEqual(lines[0], { document: "a.png", ...(grid.data as object) });
    assert.deepEqual(lines[1], { document: "b.png", error: "It is damaged." });
  });

  it("is code that says the same", () => {
    const one = { pictures: [outcome("a.png", { ...grid, data: { a: null, b: [true, 'ü"\n'], c: {} } })] };
    assert.equal(
      gridToPython(one),
      'data = {\n    "a": None,\n    "b": [\n        True,\n        "ü\\"\\n",\n    ],\n    "c": {},\n}\n',
    );
    assert.equal(
      gridToTypeScript(one),
      'export const data = {\n  "a": null,\n  "b": [\n    true,\n    "ü\\"\\n"\n  ],\n  "c": {}\n};\n',
    );
  });

  it("is SQL in which nothing ends a text", () => {
    assert.match(gridToSql(both), /\('a\.png', 'it''s "one"', -3\),\n {2}\('a\.png', '\+two', NULL\);/);
  });

  it("is a workbook whose texts are texts and whose numbers are numbers", () => {
    const files = unzipSync(gridToXlsx(both));
    const sheet = (number: number) =>
      strFromU8(files[`xl/worksheets/sheet${number}.xml`] ?? new Uint8Array());
    assert.match(
      sheet(1),
      /<c t="inlineStr"><is><t xml:space="preserve">=HYPERLINK\(1\)<\/t><\/is><\/c><c><v>12\.5<\/v><\/c><c t="b"><v>1<\/v><\/c>/,
    );
    assert.match(sheet(2), /it's &quot;one&quot;/);
    assert.doesNotMatch(sheet(1) + sheet(2), /<f>/);
    assert.match(
      strFromU8(files["xl/workbook.xml"] ?? new Uint8Array()),
      /<sheet name="documents" .*<sheet name="items" /,
    );
  });
});
