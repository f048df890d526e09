import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { readFrames, writeFrame } from "../../../src/measure/process/frames.js";

/** What a pipe gives back of these frames when its bytes come in parts of these lengths. */
async function through(
  frames: readonly Uint8Array[],
  parts: readonly number[],
  most = Number.POSITIVE_INFINITY,
) {
  const written = new PassThrough();
  for (const frame of frames) writeFrame(written, frame);
  written.end();
  const bytes = Buffer.concat(await written.toArray());
  const pipe = new PassThrough();
  const read: Buffer[] = [];
  let taken = 0;
  readFrames(
    pipe,
    (frame) => read.push(frame),
    (length) => {
      taken += length;
      return taken <= most;
    },
  );
  for (let from = 0, index = 0; from < bytes.length && !pipe.destroyed; index++) {
    const part = parts[index % parts.length] ?? 1;
    pipe.write(bytes.subarray(from, from + part));
    from += part;
    await new Promise(setImmediate);
  }
  return { read, isOpen: !pipe.destroyed };
}

const frames = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
const parts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });

describe("frames in a pipe", () => {
  it("come out as they went in, however the pipe cuts them", async () => {
    await fc.assert(
      fc.asyncProperty(frames, parts, async (some, lengths) => {
        const { read, isOpen } = await through(some, lengths);
        assert.deepEqual(
          read.map((frame) => [...frame]),
          some.map((frame) => [...frame]),
        );
        assert.ok(isOpen);
      }),
    );
  });

  it("are read no further than may be taken", async () => {
    await fc.assert(
      fc.asyncProperty(frames, parts, fc.nat(120), async (some, lengths, most) => {
        const { read, isOpen } = await through(some, lengths, most);
        const all = some.reduce((sum, { length }) => sum + length, 0);
        assert.equal(isOpen, all <= most);
        assert.ok(read.reduce((sum, { length }) => sum + length, 0) <= most);
      }),
    );
  });
});
