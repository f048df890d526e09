import { readFileSync } from "node:fs";
import sharp from "sharp";
import { improvePhoto } from "../src/image/photo/photo.js";
import { textureOf } from "../src/image/texture.js";
import { endOcr, pixelsOf, wordsIn } from "./support/measured.js";

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const pixels = await pixelsOf(bytes);
  const t = performance.now();
  console.log(JSON.stringify(textureOf(pixels)));
  const improved = improvePhoto(pixels);
  console.log(
    file,
    pixels.width,
    pixels.height,
    Math.round(performance.now() - t),
    "ms",
    JSON.stringify(improved?.board),
    improved?.evened,
    improved?.pixels.width,
    improved?.pixels.height,
  );
  console.log("BEFORE", (await wordsIn(bytes)).replaceAll("\n", " | "));
  if (improved) {
    const png = await sharp(improved.pixels.data, {
      raw: { width: improved.pixels.width, height: improved.pixels.height, channels: 3 },
    })
      .png()
      .toBuffer();
    console.log("AFTER ", (await wordsIn(png)).replaceAll("\n", " | "));
    await sharp(png).resize(1100).png().toFile("/tmp/lab/improved.png");
  }
}
await endOcr();
