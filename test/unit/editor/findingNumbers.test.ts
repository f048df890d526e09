import assert from "node:assert/strict";
import fc from "fast-check";
import { criterionOf } from "../../../src/checks/criteria.js";
import { FindingNumbers, withArriving } from "../../../src/editor/findings/numbers.js";
import type { Finding } from "../../../src/report.js";

const finding = (key: string, marks: string[] = [], criterion = "1.4.3"): Finding => ({
  key,
  title: key,
  criterion: criterionOf(criterion),
  impact: "serious",
  where: "",
  problem: "",
  affected: "",
  fix: "",
  confidence: "high",
  evidence: "measured",
  marks,
});
const numbersOf = (list: ReadonlyArray<Finding & { number: number }>) =>
  list.map(({ key, number }) => `${number} ${key}`);

describe("numbers of findings", () => {
  it("stay when others come, and what says the same of the same marks takes over", () => {
    const numbers = new FindingNumbers();
    numbers.number([finding("a", ["T1"]), finding("b", ["T2", "T3"]), finding("c", ["T9"])]);
    const later = [
      finding("claude", ["T3"]),
      finding("new", ["T7"]),
      finding("c", ["T9"]),
      finding("a", ["T1"]),
    ];
    assert.deepEqual(numbersOf(numbers.number(later)), ["1 a", "2 claude", "3 c", "4 new"]);
  });

  it("are not taken over from another criterion's finding", () => {
    const numbers = new FindingNumbers();
    numbers.number([finding("a", ["T1"])]);
    assert.deepEqual(numbersOf(numbers.number([finding("b", ["T1"], "1.4.1")])), ["2 b"]);
  });

  it("are never given twice, and never change while a finding is there", () => {
    const list = fc.uniqueArray(
      fc.record({ key: fc.nat(12).map(String), marks: fc.uniqueArray(fc.nat(6).map((n) => `T${n}`)) }),
      { selector: ({ key }) => key },
    );
    fc.assert(
      fc.property(fc.array(list, { maxLength: 6 }), (lists) => {
        const numbers = new FindingNumbers();
        const known = new Map<string, number>();
        for (const each of lists) {
          // A key always names the same marks.
          const numbered = numbers.number(each.map(({ key }) => finding(key, [`T${Number(key) % 5}`])));
          assert.equal(new Set(numbered.map(({ number }) => number)).size, numbered.length);
          const again = numbers.number(each.map(({ key }) => finding(key, [`T${Number(key) % 5}`])));
          assert.deepEqual(numbersOf(again), numbersOf(numbered));
          for (const { key, number } of numbered) known.set(key, number);
        }
      }),
    );
  });

  it("count a measured finding once when all of its marks are named by one that arrives", () => {
    const measured = [finding("a", ["T1"]), finding("b", ["T2", "T3"])];
    assert.deepEqual(
      withArriving(measured, [finding("c", ["T1", "T2"])]).map(({ key }) => key),
      ["b", "c"],
    );
  });
});
