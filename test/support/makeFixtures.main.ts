import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import sharp, { type Sharp } from "sharp";
import { writeBmp } from "./bmp.js";
import { launchChromium } from "./chromium.js";
import { photograph } from "./photograph.js";

/**
 * Makes the sample pictures and fixtures from the pages in test/fixtures/pages. Run by hand (`npm run
 * fixtures`) when a page changes; the results are committed. HEIC needs `heif-enc` (Debian: libheif-examples).
 */
const pages = resolve("test/fixtures/pages");
const samples = resolve("media/samples");
const fixtures = resolve("test/fixtures/pictures");

async function screenshot(browser: Browser, page: string, width: number, height: number): Promise<Buffer> {
  const tab = await browser.newPage({ viewport: { width, height } });
  await tab.goto(pathToFileURL(join(pages, `${page}.html`)).href);
  const picture = await tab.screenshot();
  await tab.close();
  return picture;
}

/** An asymmetric picture, so that a turn or a flip is seen: red left, blue right, a green corner top left. */
const flag = (width: number, height: number) =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <rect width="100%" height="100%" fill="#2040c0"/><rect width="50%" height="100%" fill="#c02020"/>
      <rect width="25%" height="25%" fill="#20a040"/></svg>`),
  ).removeAlpha();

async function formats(): Promise<void> {
  const write = (name: string, bytes: Uint8Array) => writeFile(join(fixtures, name), bytes);
  const picture = flag(80, 60);
  await write("flag.jpg", await picture.clone().jpeg().toBuffer());
  await write("flag.png", await picture.clone().png().toBuffer());
  await write("flag.webp", await picture.clone().webp({ lossless: true }).toBuffer());
  await write("flag.avif", await picture.clone().avif({ quality: 80 }).toBuffer());
  await write("flag.tiff", await picture.clone().tiff({ compression: "lzw" }).toBuffer());
  const raw = await picture.clone().ensureAlpha().raw().toBuffer();
  const pixels = Array.from({ length: 80 * 60 }, (_, index) => raw.readUIntBE(index * 4, 3));
  await write("flag.bmp", writeBmp({ header: 40, bits: 24 }, { width: 80, height: 60, pixels }));
  const frames = await Promise.all(
    ["#c02020", "#20a040", "#2040c0"].map((background) =>
      sharp({ create: { width: 80, height: 60, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  await write(
    "three-frames.gif",
    await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100, 100] })
      .toBuffer(),
  );
  await write(
    "flag.svg",
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60">
  <rect width="80" height="60" fill="#2040c0"/><rect width="40" height="60" fill="#c02020"/><rect width="20" height="15" fill="#20a040"/>
</svg>\n`),
  );
  const png = join(tmpdir(), "flag-for-heic.png");
  await writeFile(png, await picture.clone().png().toBuffer());
  execFileSync("heif-enc", ["-q", "90", "-o", join(fixtures, "flag.heic"), png]);
  await rm(png);
}

/** The same upright picture, stored in each of EXIF's eight orientations, with a GPS position to lose. */
async function orientations(photo: Buffer): Promise<void> {
  const upright = await sharp(photo).resize(240).toBuffer();
  const undo: Array<(image: Sharp) => Sharp> = [
    (image) => image,
    (image) => image.flop(),
    (image) => image.rotate(180),
    (image) => image.flip(),
    (image) => image.rotate(270).flop(),
    (image) => image.rotate(270),
    (image) => image.rotate(90).flop(),
    (image) => image.rotate(90),
  ];
  for (const [index, turn] of undo.entries()) {
    const turned = await turn(sharp(upright)).toBuffer();
    const exif = { IFD0: { Make: "Test" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" } };
    const jpeg = await sharp(turned)
      .withExif(exif)
      .withMetadata({ orientation: index + 1 })
      .jpeg({ quality: 80 })
      .toBuffer();
    await writeFile(join(fixtures, `orientation-${index + 1}.jpg`), jpeg);
  }
}

await mkdir(samples, { recursive: true });
await mkdir(fixtures, { recursive: true });
const browser = await launchChromium();
const compact = (png: Buffer) => sharp(png).png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer();
await writeFile(
  join(samples, "checkout.png"),
  await compact(await screenshot(browser, "checkout", 1280, 800)),
);
await writeFile(join(samples, "crash.png"), await compact(await screenshot(browser, "crash", 1280, 800)));
await writeFile(
  join(fixtures, "dashboard.png"),
  await compact(await screenshot(browser, "dashboard", 1920, 1080)),
);
const photo = await photograph(browser, await screenshot(browser, "whiteboard", 1400, 1000));
await writeFile(join(samples, "whiteboard.jpg"), photo);
await browser.close();
await formats();
await orientations(await readFile(join(samples, "whiteboard.jpg")));
