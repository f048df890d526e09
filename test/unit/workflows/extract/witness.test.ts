import assert from "node:assert/strict";
import fc from "fast-check";
import type { TextMark } from "../../../../src/report.js";
import { witnessRows } from "../../../../src/workflows/extract/rows.js";
import { witness } from "../../../../src/workflows/extract/witness.js";
import { wordsOf } from "../../../../src/workflows/extract/words.js";

/** Words as OCR finds them: letters 8 px wide, a line 16 px high. */
const mark = (text: string, x: number, y: number, confidence = 95): TextMark => ({
  id: `T${x}-${y}`,
  box: { x, y, width: text.length * 8, height: 16 },
  text,
  confidence,
  letterHeight: 11,
  fontSize: 15,
  bold: false,
  contrast: { status: "unmeasured", reason: "Not looked at." },
});
const boxAt = (text: string, x: number, y: number) => ({ x, y, width: text.length * 8, height: 16 });

const receipt = wordsOf([
  mark("Espresso", 20, 20),
  mark("2,80 €", 300, 20),
  mark("Total", 20, 60),
  mark("EUR 12,60", 276, 60),
  mark("Invoice no. 2026-1178", 20, 100),
  mark("faded", 20, 140, 40),
]);

describe("a claimed value", () => {
  it("is confirmed where OCR reads the same at its place, with the words' own place", () => {
    const { evidence, box } = witness({ text: "Espresso", box: boxAt("Espresso", 24, 22) }, receipt);
    assert.equal(evidence, "confirmed");
    assert.deepEqual(box, { x: 20, y: 20, width: 64, height: 16 });
  });

  it("is a part of a line, and of a number without its currency", () => {
    assert.equal(
      witness({ text: "2026-1178", box: boxAt("2026-1178", 116, 100) }, receipt).evidence,
      "confirmed",
    );
    assert.equal(
      witness({ text: "12,60 EUR", box: boxAt("12,60 EUR", 276, 60) }, receipt).evidence,
      "confirmed",
    );
    assert.equal(witness({ text: "12,60", box: boxAt("12,60", 308, 60) }, receipt).evidence, "confirmed");
  });

  it("is contradicted where OCR surely reads another number there, with both readings", () => {
    const claim = { text: "2,90 €", box: boxAt("2,90 €", 300, 20) };
    const { evidence, other } = witness(claim, receipt);
    assert.deepEqual([evidence, other], ["contradicted", "2,80"]);
  });

  it("is contradicted by one digit, also where the right number stands elsewhere", () => {
    assert.equal(witness({ text: "12,60", box: boxAt("2,80 €", 300, 20) }, receipt).evidence, "contradicted");
  });

  it("is neither where OCR is unsure, or has lost a separator", () => {
    assert.equal(witness({ text: "fated", box: boxAt("faded", 20, 140) }, receipt).evidence, "seen");
    const words = wordsOf([mark("1260", 20, 20)]);
    assert.equal(witness({ text: "12,60", box: boxAt("1260", 20, 20) }, words).evidence, "seen");
  });

  it("is absent where nothing is printed, and seen where something cannot be read", () => {
    const claim = { text: "Tip 1,00", box: { x: 20, y: 400, width: 64, height: 16 } };
    assert.equal(witness(claim, receipt).evidence, "absent");
    assert.equal(witness(claim, receipt, [{ x: 10, y: 395, width: 100, height: 30 }]).evidence, "seen");
  });

  it("takes letters among digits for the digits that they look like", () => {
    const words = wordsOf([mark("l2.5O", 20, 20)]);
    assert.equal(witness({ text: "12.50", box: boxAt("12.50", 20, 20) }, words).evidence, "confirmed");
  });

  it("without a place is found where it stands once", () => {
    assert.equal(witness({ text: "Espresso", box: undefined }, receipt).evidence, "confirmed");
    assert.equal(witness({ text: "Latte", box: undefined }, receipt).evidence, "absent");
  });

  it("is never confirmed with another digit", () => {
    const amount = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 99 }));
    const printed = ([whole, cents]: [number, number]) => `${whole}.${String(cents).padStart(2, "0")}`;
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const [said, claimed] = [printed(one), printed(other)];
        const words = wordsOf([mark("Total", 20, 20), mark(said, 200, 20)]);
        const { evidence } = witness({ text: claimed, box: boxAt(said, 200, 20) }, words);
        assert.equal(evidence, said === claimed ? "confirmed" : "contradicted");
      }),
    );
  });
});

describe("the rows of a table", () => {
  const printed = [
    ["Trail jacket", "1", "129.00"],
    ["Wool socks", "3", "24.00"],
    ["Bottle", "2", "24.00"],
  ];
  const words = wordsOf(
    printed.flatMap((row, index) =>
      row.map((text, column) => mark(text, [20, 240, 320][column] ?? 0, 20 + index * 24)),
    ),
  );
  const rowBox = (index: number) => ({ x: 20, y: 20 + index * 24, width: 360, height: 16 });
  const weigh = (rows: string[][]) =>
    witnessRows(
      rows.map((cells, index) => ({ cells, box: rowBox(index) })),
      words,
      [],
    ).map((row) => row.map(({ evidence }) => evidence));

  it("are confirmed cell by cell", () => {
    assert.deepEqual(
      weigh(printed),
      printed.map((row) => row.map(() => "confirmed")),
    );
  });

  it("show a wrong cell in its column, though its value stands in the next row", () => {
    const wrong = [["Trail jacket", "1", "24.00"], ...printed.slice(1)];
    assert.deepEqual(weigh(wrong)[0], ["confirmed", "confirmed", "contradicted"]);
  });

  it("show two cells that are swapped", () => {
    const swapped = [["Trail jacket", "3", "129.00"], ["Wool socks", "1", "24.00"], printed[2] ?? []];
    assert.deepEqual(
      weigh(swapped).map((row) => row[1]),
      ["contradicted", "contradicted", "confirmed"],
    );
  });

  it("leave an empty cell to the eye", () => {
    assert.deepEqual(weigh([["Trail jacket", "", "129.00"]])[0], ["confirmed", "seen", "confirmed"]);
  });
});
