import assert from "node:assert/strict";
import { drawn } from "../../support/drawn.js";
import { endOcr, measured } from "../../support/measured.js";

const text = (x: number, y: number, words: string, size: number): string =>
  `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}">${words}</text>`;

/** A label, and what stands in boxes beside it: a letter each. */
function form(label: string, letters: string, y: number): string {
  const boxes = [...letters].map(
    (letter, index) =>
      `<rect x="${140 + index * 30}" y="${y - 23}" width="26" height="34" fill="none" stroke="#8c959f"/>` +
      text(148 + index * 30, y, letter, 18),
  );
  return text(16, y, label, 15) + boxes.join("");
}

describe("a letter a box", () => {
  after(endOcr);

  it("is read as a word with what stands before it, and is covered where it is secret (S2)", async () => {
    const secrets = ["4012888888881881", "4111111111111111", "kfT7mQw2LpX9"];
    const png = await drawn(
      form("Contact", secrets[0] ?? "", 40) +
        form("Paid with", secrets[1] ?? "", 110) +
        form("password:", secrets[2] ?? "", 180) +
        form("Order", "SHIPPEDTODAY", 250),
      1000,
      290,
    );
    const { secrets: found, texts } = await measured(png);
    for (const [index, secret] of secrets.entries()) {
      const y = 34 + index * 70;
      for (let letter = 0; letter < secret.length; letter++) {
        const x = 152 + letter * 30;
        const isCovered = found.some(
          ({ box }) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
        );
        assert.ok(isCovered, `${secret[letter]} of ${secret}`);
      }
      // What is told of the marks below is no letter of it.
      const told = texts.filter(({ box }) => box.x > 130 && Math.abs(box.y + box.height / 2 - y) < 15);
      assert.deepEqual(
        told.filter(({ text }) => text !== "" && !text.startsWith("[")),
        [],
      );
    }
    assert.ok(found.every(({ box }) => box.y < 220));
  });
});
