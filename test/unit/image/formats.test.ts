import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { allOutcomes, formatsDocument, isWrong, type Row } from "../../support/formats/table.js";

describe("every kind of file", () => {
  let rows: Row[] = [];
  before(async () => {
    rows = await allOutcomes();
  });

  it("is shown as its format's reference shows it", () => {
    const wrong = rows
      .filter(isWrong)
      .map(({ of: { format, variant }, off }) => `${format}, ${variant}: off by ${off}`);
    assert.deepEqual(wrong, []);
  });

  it("is called damaged only when it is", () => {
    const damaged = rows.filter(({ what }) => what.includes("damaged")).map(({ of }) => of.variant);
    assert.deepEqual([...new Set(damaged)].sort(), ["cut short", "not well-formed"]);
  });

  it("stands in docs/formats.md with what becomes of it", () => {
    assert.equal(readFileSync("docs/formats.md", "utf8"), formatsDocument(rows));
  });
});
