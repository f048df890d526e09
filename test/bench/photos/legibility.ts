import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { fitWithin, type ImageLimits, type Size, visualTokens } from "../../../src/image/limits.js";
import { preparePicture } from "../../../src/image/prepare.js";
import { allVisualTokens } from "../../../src/image/prepared.js";
import { limitsFor, smallestLimits } from "../../../src/providers/anthropic/limits.js";
import { type PageReader, wordsIn } from "../diagrams/reading.js";

/** What a picture costs and how much is read of it, at one size for all and at the size that its letters ask for. */
export interface Legibility {
  picture: string;
  "tokens, one size": number;
  "words, one size": string;
  "tokens, by letters": number;
  "words, by letters": string;
}

interface Known {
  name: string;
  bytes: Buffer;
  text: string;
  isDrawing: boolean;
}

const largest = limitsFor("claude-sonnet-5-5");

export async function legibility(pictures: AsyncIterable<Known>, reader: PageReader): Promise<Legibility[]> {
  const rows: Legibility[] = [];
  for await (const { name, bytes, text, isDrawing } of pictures) {
    const wanted = new Set(wordsIn(text));
    const read = async (images: Buffer[]) => {
      const found = new Set<string>();
      for (const image of images) for (const word of await reader.words(image)) found.add(word);
      return `${Math.round(([...wanted].filter((word) => found.has(word)).length / wanted.size) * 100)} %`;
    };
    const before = await atOneSize(bytes, isDrawing ? smallestLimits : largest);
    const { parts } = await preparePicture(bytes, name, largest, { improve: isDrawing });
    rows.push({
      picture: name,
      "tokens, one size": before.tokens,
      "words, one size": await read(before.images),
      "tokens, by letters": allVisualTokens({ parts }),
      "words, by letters": await read(parts.map((part) => Buffer.from(part.bytes))),
    });
  }
  return rows;
}

/** As large as the limits let it be, tall pages in overlapping parts of one and a half times their width. */
async function atOneSize(bytes: Buffer, limits: ImageLimits): Promise<{ images: Buffer[]; tokens: number }> {
  const { width = 0, height = 0 } = await sharp(bytes).metadata();
  const isTall = height > width * 2.5;
  const count = isTall ? Math.max(2, Math.ceil((height - width * 1.5) / (width * 1.35)) + 1) : 1;
  const rows = Math.ceil(height / (count - (count - 1) * 0.1));
  const size: Size = fitWithin({ width, height: rows }, limits);
  const images: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const top = count === 1 ? 0 : Math.round(((height - rows) * index) / (count - 1));
    images.push(
      await sharp(bytes)
        .extract({ left: 0, top, width, height: rows })
        .resize({ ...size, fit: "fill" })
        .png()
        .toBuffer(),
    );
  }
  return { images, tokens: count * visualTokens(size) };
}

/** Pictures of a folder with their Mermaid text beside each. */
export async function* flowcharts(folder: string): AsyncGenerator<Known> {
  for (const file of (await readdir(folder)).sort()) {
    if (!file.endsWith(".mmd")) continue;
    const name = basename(file, ".mmd");
    const [text, bytes] = await Promise.all([
      readFile(join(folder, file), "utf8"),
      readFile(join(folder, `${name}.png`)),
    ]);
    yield { name, bytes, text: (text.match(/[[({|"][^\])}|"]*/g) ?? []).join(" "), isDrawing: true };
  }
}

const pages = ["checkout", "crash", "dashboard"];
const densities = [1, 1.5, 2];

/** Screenshots of the project's own pages at the densities that screens have. */
export async function* screens(browser: Browser): AsyncGenerator<Known> {
  for (const density of densities) {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: density });
    for (const page of pages) {
      await tab.setContent(await readFile(`test/fixtures/pages/${page}.html`, "utf8"));
      const text = await tab.evaluate(() => document.body.innerText);
      yield { name: `${page} at ${density}`, bytes: await tab.screenshot(), text, isDrawing: false };
    }
    await tab.close();
  }
}
