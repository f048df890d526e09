import assert from "node:assert/strict";
import sharp from "sharp";
import { textNeeds } from "../../../src/checks/textContrast.js";
import { jpegQuality } from "../../../src/image/jpegQuality.js";
import { measure } from "../../../src/measure/measure.js";
import { type DrawnText, drawnTexts } from "../../support/drawn.js";
import { endOcr, pixelsOf, testOcr } from "../../support/measured.js";

const lines = (size: number): DrawnText[] =>
  [
    "The quick brown fox jumps",
    "over the lazy dog while",
    "seven wizards brew some ale",
    "and nobody minds at all",
  ].map((text) => ({ text, size }));

async function problemsOf(bytes: Buffer): Promise<string> {
  const { read } = await testOcr();
  const options = {
    read,
    pixelRatio: undefined,
    jpegQuality: jpegQuality(bytes),
    needs: textNeeds,
    findSecrets: true,
  };
  const { quality } = await measure(await pixelsOf(bytes), options);
  return quality.map(({ problem }) => problem).join(" ");
}

describe("the quality of a picture", () => {
  after(endOcr);

  it("has nothing to say of a good screenshot", async () => {
    assert.equal(await problemsOf(await drawnTexts(lines(16))), "");
    assert.equal(
      await problemsOf(
        await sharp(await drawnTexts(lines(16)))
          .jpeg({ quality: 85 })
          .toBuffer(),
      ),
      "",
    );
  });

  it("warns of text that is too low", async () => {
    assert.match(await problemsOf(await drawnTexts(lines(9))), /less than 8 pixels high/);
  });

  it("warns of blur", async () => {
    assert.match(
      await problemsOf(
        await sharp(await drawnTexts(lines(22)))
          .blur(2.5)
          .png()
          .toBuffer(),
      ),
      /blurred/,
    );
  });

  it("warns of strong JPEG artefacts, and knows the quality that a file was saved with", async () => {
    const text = sharp(await drawnTexts(lines(18)));
    assert.match(await problemsOf(await text.clone().jpeg({ quality: 20 }).toBuffer()), /JPEG.*quality 20/);
    for (const quality of [30, 60, 85, 95]) {
      const found = jpegQuality(await text.clone().jpeg({ quality }).toBuffer());
      assert.ok(found !== undefined && Math.abs(found - quality) <= 2, `${quality}: ${found}`);
    }
    assert.equal(jpegQuality(await text.clone().png().toBuffer()), undefined);
  });

  it("warns of a picture that is turned", async () => {
    const text = await drawnTexts(lines(22));
    const turned = (degrees: number) =>
      sharp(text).rotate(degrees, { background: "#ffffff" }).png().toBuffer();
    assert.match(await problemsOf(await turned(4)), /turned by about 4 degrees/);
    assert.match(await problemsOf(await turned(90)), /run up or down/);
  });

  it("warns of glare in a photo, and not of white on a screen", async () => {
    const [width, height] = [800, 600];
    const noise = Buffer.alloc(width * height * 3);
    let state = 7;
    for (let index = 0; index < noise.length; index++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      noise[index] = 120 + ((state >> 16) % 40);
    }
    const photo = sharp(noise, { raw: { width, height, channels: 3 } });
    assert.doesNotMatch(await problemsOf(await photo.clone().png().toBuffer()), /Glare/);
    const lamp = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><circle cx="300" cy="200" r="90" fill="#fff"/></svg>`,
    );
    assert.match(
      await problemsOf(
        await photo
          .composite([{ input: lamp }])
          .png()
          .toBuffer(),
      ),
      /Glare/,
    );
  });
});
