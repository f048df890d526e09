import assert from "node:assert/strict";
import fc from "fast-check";
import { inkMap, packInk, unpackInk } from "../../../src/measure/ink/inkMap.js";
import { joinsIn } from "../../../src/measure/ink/joins.js";
import { outlineAround } from "../../../src/measure/ink/outline.js";
import { Queue } from "../../../src/measure/ink/queue.js";
import { strokesOf } from "../../../src/measure/ink/strokes.js";
import { thinned } from "../../../src/measure/ink/thin.js";
import { agreement } from "../../../src/measure/ink/words.js";
import type { Box } from "../../../src/report.js";
import { InkDrawing } from "../../support/inkDrawing.js";

const box = (x: number, y: number): Box => ({ x, y, width: 80, height: 50 });
/** Two rows of two. */
const [a, b, c, d] = [box(40, 40), box(360, 40), box(40, 260), box(360, 260)];
const all = [a, b, c, d];
const drawing = () => all.reduce((so, one) => so.outline(one), new InkDrawing(480, 350));
const joins = ({ pixels }: InkDrawing, texts: Box[] = []) => joinsIn(inkMap(pixels), all, texts);

describe("ink", () => {
  it("is what is darker than its ground, on an uneven ground too, and turned around on a dark one", () => {
    const { pixels } = drawing().line([120, 65], [360, 65]);
    const { width, height } = pixels;
    const shadowed = pixels.data.map(
      (level, index) => level * (0.5 + 0.5 * ((Math.floor(index / 3) % width) / width)),
    );
    const dark = pixels.data.map((level) => 255 - level);
    const whole = inkMap(pixels).ink;
    assert.equal(whole[65 * width + 240], 1);
    assert.equal(whole[150 * width + 240], 0);
    for (const data of [shadowed, dark]) assert.deepEqual(inkMap({ data, width, height }).ink, whole);
  });

  it("is kept in little room, and comes back as it was", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }).chain((width) =>
          fc.record({
            width: fc.constant(width),
            rows: fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width, maxLength: width }), {
              minLength: 1,
              maxLength: 20,
            }),
          }),
        ),
        ({ width, rows }) => {
          const map = { ink: Uint8Array.from(rows.flat()), width, height: rows.length, scale: 0.5 };
          assert.deepEqual(unpackInk(packInk(map)), map);
        },
      ),
    );
    const map = inkMap(drawing().pixels);
    assert.ok(JSON.stringify(packInk(map)).length < 2000);
    assert.throws(() => unpackInk({ ...packInk(map), height: map.height + 8 }), /does not fit/);
  });

  it("of a large picture is followed at a smaller size, and thin lines stay whole", () => {
    const large = new InkDrawing(3000, 1500);
    large.line([100, 700], [2900, 700]);
    const map = inkMap(large.pixels);
    assert.ok(map.width * map.height <= 1_000_000 && map.scale < 0.5);
    const row = Math.floor(700 * map.scale);
    const inked = map.ink.subarray(row * map.width, (row + 1) * map.width).reduce((sum, one) => sum + one, 0);
    assert.ok(inked > 2780 * map.scale, `${inked}`);
  });

  it("is thinned to strokes between the places where they meet", () => {
    const cross = new InkDrawing(120, 120).line([20, 60], [100, 60]).line([60, 20], [60, 100]);
    const map = inkMap(cross.pixels);
    const { vertices, strokes } = strokesOf(thinned(map.ink, map.width, map.height), map.width);
    assert.equal(strokes.length, 4);
    assert.deepEqual(
      vertices
        .map(({ degree }) => degree)
        .filter((degree) => degree > 0)
        .sort(),
      [1, 1, 1, 1, 4],
    );
  });

  describe("between two places", () => {
    it("joins those that a stroke runs between, and no others", () => {
      const between = joins(drawing().line([123, 65], [357, 65]));
      assert.ok((between(0, 1)[0]?.sureness ?? 0) > 0.95);
      assert.ok((between(1, 0)[0]?.sureness ?? 0) > 0.95);
      for (const [from, to] of [
        [0, 2],
        [1, 3],
        [2, 3],
        [0, 3],
      ] as const)
        assert.deepEqual(between(from, to), []);
    });

    it("has a head at the end where one is drawn", () => {
      const right = joins(drawing().line([123, 65], [357, 65]).head([357, 65], [123, 65]));
      const [there] = right(0, 1);
      const [back] = right(1, 0);
      assert.ok(there && there.heads.to > there.heads.from + 0.5, JSON.stringify(there?.heads));
      assert.ok(back && back.heads.from > back.heads.to + 0.5, JSON.stringify(back?.heads));
    });

    it("goes straight on where lines cross", () => {
      const between = joins(drawing().line([123, 92], [357, 257]).line([357, 92], [123, 257]));
      const sure = (from: number, to: number) => between(from, to)[0]?.sureness ?? 0;
      assert.ok(sure(0, 3) > 0.85 && sure(1, 2) > 0.85, `${sure(0, 3)} ${sure(1, 2)}`);
      assert.ok(sure(0, 1) < 0.7 && sure(0, 2) < 0.7, `${sure(0, 1)} ${sure(0, 2)}`);
    });

    it("takes corners, dashes and a gap at its label for one line", () => {
      const corner = joins(drawing().line([123, 65], [240, 65], [240, 285], [357, 285]));
      assert.ok((corner(0, 3)[0]?.sureness ?? 0) > 0.9, JSON.stringify(corner(0, 3)[0]));
      const dashed = joins(drawing().dashes([123, 65], [357, 65]));
      assert.ok((dashed(0, 1)[0]?.sureness ?? 0) > 0.7);
      const label = { x: 200, y: 55, width: 80, height: 20 };
      const broken = drawing().line([123, 65], [196, 65]).line([284, 65], [357, 65]);
      assert.ok((joins(broken, [label])(0, 1)[0]?.sureness ?? 0) > 0.7);
      assert.deepEqual(joins(broken)(0, 1), [], "nothing is written in the gap");
    });

    it("knows two lines between the same places, each with its own head", () => {
      const both = drawing()
        .line([123, 55], [357, 55])
        .head([357, 55], [123, 55])
        .line([123, 80], [357, 80])
        .head([123, 80], [357, 80]);
      const leans = joins(both)(0, 1).map(({ heads }) => heads.to > heads.from);
      assert.ok(leans.includes(true) && leans.includes(false), JSON.stringify(leans));
    });
  });

  it("is around a place where something is drawn, and not beside it", () => {
    const map = inkMap(drawing().pixels);
    assert.ok(outlineAround(map, a) > 0.95);
    assert.ok(outlineAround(map, { x: 200, y: 140, width: 80, height: 50 }) < 0.05);
  });

  it("gives back the least first", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const queue = new Queue<number>((one) => one);
        for (const one of numbers) queue.push(one);
        const taken = numbers.map(() => queue.take());
        assert.deepEqual(
          taken,
          numbers.toSorted((one, other) => one - other),
        );
        assert.equal(queue.take(), undefined);
      }),
    );
  });
});

describe("words at a place", () => {
  it("agree with their label, whatever OCR confuses", () => {
    for (const [label, read] of [
      ["Order 10", "0rder lO"],
      ["Billing", "BiIIing"],
      ["return items", "retum items"],
      ["Check\nthe order", "the order Check"],
      ["Pay", "Pay 3 days"],
    ] as const)
      assert.ok(agreement(label, read) > 0.9, `${label}: ${agreement(label, read)}`);
  });

  it("do not agree with another label", () => {
    for (const [label, read] of [
      ["Order", "Billing"],
      ["Send invoice", "Check stock"],
      ["", "Order"],
      ["Order", ""],
    ] as const)
      assert.ok(agreement(label, read) < 0.4, `${label}: ${agreement(label, read)}`);
  });
});
