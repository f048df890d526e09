import assert from "node:assert/strict";
import sharp, { type OverlayOptions } from "sharp";
import { UserError } from "../../../../src/errors.js";
import { PictureProcess } from "../../../../src/measure/process/pictureProcess.js";

const page = (parts: OverlayOptions[], height = 400) =>
  sharp({ create: { width: 600, height, channels: 3, background: "#ffffff" } })
    .composite(parts)
    .png()
    .toBuffer();

const rectangle = (left: number, top: number, fill: string): OverlayOptions => ({
  input: Buffer.from(`<svg width="120" height="40"><rect width="120" height="40" fill="${fill}"/></svg>`),
  left,
  top,
});

describe("comparing in the picture process", () => {
  const images = new PictureProcess("dist/pictureProcess.js");
  after(() => images.dispose());
  const compare = async (before: Uint8Array, changed: Uint8Array) =>
    images.compare({
      before: { bytes: before, name: "before.png" },
      after: { bytes: changed, name: "after.png" },
      ignore: [],
    });

  it("says what differs between two files, with their sizes", async () => {
    const before = await page([rectangle(40, 60, "#0055cc")]);
    const changed = await page([rectangle(40, 60, "#0077cc")]);
    const { comparison, ...sizes } = await compare(before, changed);
    assert.deepEqual(sizes, { before: { width: 600, height: 400 }, after: { width: 600, height: 400 } });
    const box = { x: 40, y: 60, width: 120, height: 40 };
    assert.deepEqual(
      comparison.changes.map(({ kind, before, after }) => ({ kind, before, after })),
      [{ kind: "recoloured", before: box, after: box }],
    );
  });

  it("says nothing of one file and itself", async () => {
    const bytes = await page([rectangle(40, 60, "#0055cc")]);
    assert.deepEqual((await compare(bytes, bytes)).comparison.changes, []);
  });

  it("names the picture that cannot be used", async () => {
    const bytes = await page([]);
    await assert.rejects(
      compare(bytes, Buffer.from("no picture")),
      (error) => error instanceof UserError && error.message.includes("after.png"),
    );
  });
});
