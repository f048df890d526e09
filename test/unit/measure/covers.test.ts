import assert from "node:assert/strict";
import fc from "fast-check";
import { overlapOf } from "../../../src/measure/boxes.js";
import type { ReadLine } from "../../../src/measure/reading.js";
import { takeCovered } from "../../../src/measure/redact.js";

const row = fc.record({
  y: fc.integer({ min: 0, max: 80 }),
  height: fc.integer({ min: 4, max: 30 }),
  words: fc.array(
    fc.record({ x: fc.integer({ min: 0, max: 200 }), width: fc.integer({ min: 1, max: 60 }) }),
    {
      maxLength: 6,
    },
  ),
});
const cover = fc.record({
  x: fc.integer({ min: 0, max: 200 }),
  y: fc.integer({ min: 0, max: 80 }),
  width: fc.integer({ min: 1, max: 60 }),
  height: fc.integer({ min: 1, max: 60 }),
});

const lineOf = ({ y, height, words }: { y: number; height: number; words: object[] }, index: number) => ({
  line: { x: 0, y, width: 260, height, segments: [], letters: [] },
  words: words.map((place, word) => ({
    x: 0,
    width: 0,
    ...place,
    text: `word${index}-${word}`,
    confidence: 90,
  })),
});

describe("places that a person had covered", () => {
  it("take every word that touches one out of what is told, and no word that is far from all", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.array(cover, { maxLength: 3 }), (rows, covers) => {
        const lines: ReadLine[] = rows.map(lineOf);
        const told = takeCovered(lines, covers);
        for (const [index, { line, words }] of lines.entries()) {
          const now = told[index]?.words ?? [];
          assert.equal(now.length, words.length);
          for (const [place, word] of words.entries()) {
            const box = { ...line, x: word.x, width: word.width };
            const apart = covers.map((cover) => {
              const { across, down } = overlapOf(cover, box);
              return Math.max(-across, -down);
            });
            const nearest = Math.min(Number.POSITIVE_INFINITY, ...apart);
            if (nearest < 0) assert.ok(!now[place]?.text.includes(word.text));
            // The edges of words are known to a third of the line's height.
            if (nearest > line.height) assert.equal(now[place]?.text, word.text);
          }
        }
      }),
    );
  });
});
