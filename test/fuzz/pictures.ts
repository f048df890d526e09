import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { UserError } from "../../src/errors.js";
import { headBytes, PictureProcess } from "../../src/measure/process/pictureProcess.js";
import { current, fixture } from "../support/pictures.js";
import { target } from "./target.js";

const names = readdirSync("test/fixtures/pictures");
const pictures = names.map((name) => ({ name, bytes: fixture(name) }));

/** What breaks readers of binary files: ends of ranges, and lengths that are not there. */
const values = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff];

const change = fc.record({
  how: fc.constantFrom("set", "insert", "leaveOut", "double", "cut"),
  /** Headers stand in front: half of the changes are there. */
  at: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 0.05, noNaN: true })),
  bytes: fc.array(fc.oneof(fc.constantFrom(...values), fc.nat(255)), { minLength: 1, maxLength: 8 }),
});

const broken = fc
  .tuple(fc.constantFrom(...pictures), fc.array(change, { minLength: 1, maxLength: 6 }))
  .map(([{ name, bytes }, changes]) => ({
    name,
    bytes: changes.reduce((changed, { how, at, bytes: put }) => {
      const place = Math.floor(at * changed.length);
      const [before, after] = [changed.subarray(0, place), changed.subarray(place)];
      if (how === "cut") return before;
      if (how === "insert") return Buffer.concat([before, Buffer.from(put), after]);
      if (how === "leaveOut") return Buffer.concat([before, after.subarray(put.length)]);
      if (how === "double") return Buffer.concat([before, after.subarray(0, 64), after]);
      return Buffer.concat([before, Buffer.from(put), after.subarray(put.length)]);
    }, bytes),
  }));

const images = new PictureProcess("dist/pictureProcess.js", { limits: { mostSilentWork: 10_000 } });

/** A picture that cannot be used is refused in words; none breaks its process. */
async function refusedInWords(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "pictureUnusable") throw error;
    assert.doesNotMatch(error.problem, /crashed its decoder|of computing|more memory/);
    assert.match(error.problem, /^[\p{Lu}“].*[.:]$/su);
  }
}

export const pictureFiles = target(
  "pictures",
  fc.record({ picture: broken, improve: fc.boolean() }),
  async ({ picture: { name, bytes }, improve }) => {
    await refusedInWords(images.forecast(bytes.subarray(0, headBytes), current));
    await refusedInWords(images.prepare({ name, bytes, limits: current, improve }));
  },
  () => images.dispose(),
);
