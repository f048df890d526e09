import assert from "node:assert/strict";
import { alignLines } from "../../../../src/measure/compare/alignLines.js";
import { binsFor, signaturesOf } from "../../../../src/measure/compare/signatures.js";
import { page, screen, withRows } from "./drawing.js";

const signatures = (picture: ReturnType<typeof screen>) =>
  signaturesOf(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, "rows", binsFor(480));

describe("the alignment of rows", () => {
  it("finds rows that were put in, and taken out", () => {
    const rows = page(480, 50, [244, 246, 250]);
    for (let place = 0; place < rows.data.length; place += 9) rows.data[place] = 90;
    const [one, other] = [signatures(screen()), signatures(withRows(screen(), 300, rows))];
    const shifts = (before: typeof one, after: typeof one) =>
      alignLines(before, after).map((stretch) => stretch.after - stretch.before);
    assert.deepEqual(shifts(one, other), [0, 50]);
    assert.deepEqual(shifts(other, one), [0, -50]);
  });

  it("faces each row of a picture with itself", () => {
    assert.deepEqual(alignLines(signatures(screen()), signatures(screen())), [
      { before: 0, after: 0, length: 400 },
    ]);
  });
});
