import assert from "node:assert/strict";
import fc from "fast-check";
import { checkDigitsOf, sumsOf } from "../../../../src/workflows/extract/arithmetic.js";
import { freshHoles, keysOf, pointerOf, setAt } from "../../../../src/workflows/extract/pointer.js";
import { dateOf, numberOf } from "../../../../src/workflows/extract/printed.js";

describe("printed numbers", () => {
  for (const [text, style, value] of [
    ["1,234.56", "1,234.56", 1234.56],
    ["1.234,56 €", "1.234,56", 1234.56],
    ["EUR 12,60", "1.234,56", 12.6],
    ["1 234,5", "1 234,56", 1234.5],
    ["1'234.50", "1,234.56", 1234.5],
    ["(12.00)", "1,234.56", -12],
    ["−3", "none", -3],
    ["12,00-", "1.234,56", -12],
    ["19 %", "none", 19],
    ["US$ 7", "none", 7],
    ["5 kg", "none", 5],
    ["1,234", "none", 1234],
    ["12,5", "none", 12.5],
    ["2.5", "none", 2.5],
    ["12:30", "none", undefined],
    ["No. 7 of 9", "none", undefined],
    ["abc", "none", undefined],
  ] as const)
    it(`“${text}” is ${value}`, () => assert.equal(numberOf(text, style), value));

  it("are read back from any number, however it is printed", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (cents) => {
        const number = cents / 100;
        const options = { minimumFractionDigits: 2 };
        assert.equal(numberOf(number.toLocaleString("en", options), "1,234.56"), number);
        assert.equal(numberOf(number.toLocaleString("de", options), "1.234,56"), number);
      }),
    );
  });
});

describe("printed dates", () => {
  for (const [text, style, value] of [
    ["28.11.2026", "day first", "2026-11-28"],
    ["11/28/26", "month first", "2026-11-28"],
    ["28/11/26", "none", "2026-11-28"],
    ["2026-11-28", "none", "2026-11-28"],
    ["28 November 2026", "none", "2026-11-28"],
    ["Nov 28, 2026", "none", "2026-11-28"],
    ["28. März 2026", "none", "2026-03-28"],
    ["1er août 2026", "none", "2026-08-01"],
    ["01/02/2026", "none", undefined],
    ["31.02.2026", "day first", undefined],
    ["soon", "none", undefined],
  ] as const)
    it(`“${text}” (${style}) is ${value}`, () => assert.equal(dateOf(text, style), value));
});

describe("sums", () => {
  const numbers = (at: Record<string, number>, columns: Record<string, number[]>) => ({
    at: (path: string) => at[path],
    column: (_: string, name: string) => columns[name],
    tables: ["/items"],
  });
  const failing = (...given: Parameters<typeof numbers>) =>
    sumsOf(numbers(...given))
      .filter(({ holds }) => !holds)
      .map(({ paths }) => paths[0]);

  it("hold for a receipt with net prices, and for one whose prices have the tax in them", () => {
    const columns = { quantity: [2, 1], unitPrice: [5, 20], amount: [10, 20] };
    assert.deepEqual(failing({ "/subtotal": 30, "/tax": 5.7, "/taxRate": 19, "/total": 35.7 }, columns), []);
    assert.deepEqual(
      failing({ "/subtotal": 25.21, "/tax": 4.79, "/taxRate": 19, "/total": 30 }, columns),
      [],
    );
  });

  it("hold with shipping and discount between the items and the total", () => {
    assert.deepEqual(
      failing({ "/shipping": 4.5, "/discount": -10, "/total": 147.5 }, { amount: [129, 24] }),
      [],
    );
    assert.deepEqual(failing({ "/shipping": 4.5, "/total": 147.5 }, { amount: [129, 24] }), ["/total"]);
  });

  it("name what does not add up", () => {
    const columns = { quantity: [2, 1], unitPrice: [5, 20], amount: [10, 21] };
    assert.deepEqual(failing({ "/subtotal": 30, "/tax": 5.7, "/taxRate": 19, "/total": 36.7 }, columns), [
      "/subtotal",
      "/items/1/amount",
      "/total",
    ]);
    assert.deepEqual(failing({ "/subtotal": 30, "/tax": 6, "/taxRate": 19 }, { amount: [10, 20] }), ["/tax"]);
  });
});

describe("check digits", () => {
  const holds = (key: string, text: string) => checkDigitsOf(`/${key}`, key, text)?.holds;
  it("are right, or are not", () => {
    assert.equal(holds("iban", "DE89 3704 0044 0532 0130 00"), true);
    assert.equal(holds("iban", "DE89 3704 0044 0532 0130 01"), false);
    assert.equal(holds("cardNumber", "4111 1111 1111 1111"), true);
    assert.equal(holds("cardNumber", "4111 1111 1111 1112"), false);
    assert.equal(holds("ean", "4006381333931"), true);
    assert.equal(holds("ean", "4006381333932"), false);
    assert.equal(holds("vatId", "DE136695976"), true);
    assert.equal(holds("vatId", "DE136695977"), false);
  });

  it("are looked for where the key says what it is", () => {
    assert.equal(holds("phone", "4111 1111 1111 1112"), undefined);
    assert.equal(holds("iban", "unknown"), undefined);
  });
});

describe("pointers", () => {
  it("build what they name, and refuse what no object may have", () => {
    const root = {};
    for (const path of ["/a/b", "/list/1/x", "/list/0/x", "/a~1b"])
      assert.ok(setAt(root, keysOf(path) ?? [], path), path);
    assert.deepEqual(root, {
      a: { b: "/a/b" },
      list: [{ x: "/list/0/x" }, { x: "/list/1/x" }],
      "a/b": "/a~1b",
    });
    assert.equal(keysOf("/__proto__/x"), undefined);
    assert.equal(keysOf("total"), undefined);
    assert.equal(setAt(root, ["a", "b"], 1), false, "a value stands there");
    assert.equal(setAt(root, ["a", "b", "c"], 1), false, "a plain value has nothing in it");
    assert.equal(setAt(root, ["list", "999999", "x"], 1), false, "a list with holes");
  });

  it("make no more holes than honest data has", () => {
    const [root, holes] = [{}, freshHoles()];
    assert.ok(setAt(root, ["a", "9999", "x"], 1, holes));
    assert.ok(setAt(root, ["b", "9999", "x"], 1, holes));
    assert.equal(setAt(root, ["c", "9999", "x"], 1, holes), false);
    assert.ok(setAt(root, ["c", "1", "x"], 1, holes), "what is small has room");
  });

  it("come back from their keys", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (keys) => {
        fc.pre(!keys.includes("__proto__"));
        assert.deepEqual(keysOf(pointerOf(keys)), keys);
      }),
    );
  });
});
