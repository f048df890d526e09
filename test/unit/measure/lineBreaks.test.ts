import assert from "node:assert/strict";
import type { ReadLine } from "../../../src/measure/reading.js";
import { takeSecrets } from "../../../src/measure/redact.js";

/** Lines as they are read, one below the other: each letter is 10 px wide. */
const linesOf = (...texts: string[]): ReadLine[] =>
  texts.map((text, row) => {
    let x = 0;
    const words = text.split(" ").map((word) => {
      const place = { text: word, confidence: 90, x, width: word.length * 10 };
      x += place.width + 10;
      return place;
    });
    return { line: { x: 0, y: row * 24, width: x - 10, height: 16, segments: [], letters: [] }, words };
  });

const told = (...texts: string[]): string[] =>
  takeSecrets(linesOf(...texts)).lines.map(({ words }) =>
    words
      .map(({ text }) => text)
      .filter((text) => text !== "")
      .join(" "),
  );

describe("a secret that is broken over two lines (S2)", () => {
  for (const lines of [
    ["Contact marta.lu", "nd@firma.example today"],
    ["Contact marta.lund", "@firma.example today"],
    ["Contact marta.lund@fir", "ma.example today"],
    ["password: V7L2HH", "yNDJzu"],
    ["Key sk-ant-api03-yU", "v9QS2uPd4aifxn3SWz6AWK"],
    ["Paid with 4111 11", "11 1111 1111 in full"],
    ["Account DE89 3704 0044 0", "532 0130 00 as agreed"],
  ]) {
    it(`is taken whole: ${lines.join(" / ")}`, () => {
      const rest = told(...lines).join(" ");
      const [before] = lines[0]?.split(" ") ?? [];
      assert.match(
        rest,
        new RegExp(`^${before}[\\w ]*:? (\\[[a-z -]+\\] ?)+( ?(today|in full|as agreed))?$`),
      );
    });
  }

  it("is not made of two lines of numbers that hold none", () => {
    for (const lines of [
      ["Version 4.42.8 build 20267849.1", "192.168.10.48 port 8080"],
      ["Password: ••••••••", "2026-11-58 10:44:30 INFO request took 005 ms"],
      ["https://app.ledgerly.example/invoices/5731", "2026-11-48 10:44:30 INFO request took 513 ms"],
      ["Invoice 3079 of 12 November 2026", "192.168.10.64 port 8080"],
    ])
      assert.deepEqual(told(...lines), lines);
  });

  it("is not made of a line's end and a sentence that begins below", () => {
    for (const lines of [
      ["Write to us", "ada@example.org"],
      ["password: hunter2", "Forgot it? Reset it"],
      ["Contact", "marta.lund@firma.example"],
      ["release 2026", "readFile2 of the server"],
    ]) {
      const [first, second] = told(...lines);
      assert.ok(first === lines[0] || second === lines[1], `${first} / ${second}`);
      assert.doesNotMatch(`${first} / ${second}`, /hunter2|@/);
    }
  });
});
