import assert from "node:assert/strict";
import sharp from "sharp";
import { z } from "zod";
import { Agent } from "../../support/agent.js";

const View = z.object({
  picture: z.object({ width: z.number(), height: z.number(), pixelRatio: z.number() }),
  shown: z.array(z.number()),
  view: z.object({ width: z.number(), height: z.number(), scale: z.number() }),
});

describe("the server for agents", () => {
  let agent: Agent;
  before(async () => {
    agent = await Agent.start(["--root", "media/samples"]);
  });
  after(() => agent.stop());

  it("shows a picture that can be decoded, with its size and pixel ratio", async () => {
    const answer = await agent.call("view_picture", { path: "checkout.png", max_side: 400 });
    const { picture, view } = View.parse(answer.json);
    assert.deepEqual(picture, { width: 1280, height: 800, pixelRatio: 1 });
    assert.deepEqual(view, { width: 400, height: 250, scale: 0.3125 });
    const [image] = answer.pictures;
    const { width, height, format } = await sharp(image?.bytes).metadata();
    assert.deepEqual([width, height, `image/${format}`], [400, 250, image?.mimeType]);
    assert.equal(answer.hasStructure, false);
  });

  it("shows a region at its own resolution", async () => {
    const region = { x: 40, y: 508, width: 121, height: 44 };
    const answer = await agent.call("view_picture", { path: "checkout.png", region });
    assert.deepEqual(View.parse(answer.json).shown, [40, 508, 121, 44]);
    const { data, info } = await sharp(answer.pictures[0]?.bytes)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [121, 44]);
    // The ground of the button, where nothing is written.
    const at = (22 * 121 + 10) * 3;
    assert.deepEqual([...data.subarray(at, at + 3)], [0x7e, 0xe2, 0xa8]);
  });

  it("reads the words of a picture with their places", async () => {
    const answer = await agent.call("read_text", { path: "checkout.png" });
    const { lines } = z
      .object({
        lines: z.array(z.object({ text: z.string(), at: z.array(z.number()), certainty: z.number() })),
      })
      .parse(answer.json);
    const found = lines.find(({ text }) => text.includes("Almost there"));
    assert.ok(found && found.certainty > 80, JSON.stringify(lines));
    const [x = 0, y = 0] = found.at;
    assert.ok(Math.abs(x - 40) < 5 && Math.abs(y - 104) < 8, String(found.at));
  });
});
