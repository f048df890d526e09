import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { launchChromium } from "../../support/chromium.js";
import { findChromium } from "../../support/findChromium.mjs";
import { changePage, type Place, type Rule, rules, type Strength, strengths, type Truth } from "./rules.js";

/** Two files, and what differs between them. */
export interface Pair {
  page: string;
  ratio: number;
  before: string;
  after: string;
  /** Absent where nothing but the rendering differs. */
  change?: { rule: Rule | "banner"; strength: Strength; truths: Truth[] };
  /** How the rendering differs. */
  noise?: string;
}

const folder = "test/bench/compare/pages";
export const pages = readdirSync(folder)
  .map((file) => file.replace(/\.html$/, ""))
  .sort();
/** Never looked at while tuning. */
export const heldOut = ["article", "mail", "pricing", "table"];

const fontFace = ["400", "500", "600", "700", "800"]
  .map((weight) => {
    const font = readFileSync(`node_modules/@fontsource/inter/files/inter-latin-${weight}-normal.woff2`);
    return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${font.toString("base64")})}`;
  })
  .join("");

async function open(browser: Browser, name: string, ratio: number, width = 1280): Promise<Page> {
  const tab = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: ratio });
  const html = await readFile(join(folder, `${name}.html`), "utf8");
  await tab.setContent(html.replace("<style>", `<style>${fontFace}`));
  await tab.evaluate(() => document.fonts.ready);
  return tab;
}

const inPixels = (place: Place | undefined, ratio: number): Place | undefined =>
  place && {
    x: place.x * ratio,
    y: place.y * ratio,
    width: place.width * ratio,
    height: place.height * ratio,
  };

/** Renders one page and all that can be changed of it, or takes it from the cache. */
export async function renderPage(cache: string, name: string, ratio: 1 | 2): Promise<Pair[]> {
  const list = join(cache, `${name}@${ratio}.json`);
  if (existsSync(list)) return JSON.parse(await readFile(list, "utf8"));
  await mkdir(cache, { recursive: true });
  const file = (what: string) => join(cache, `${name}@${ratio}-${what}.png`);
  const browser = await launchChromium();
  const pairs: Pair[] = [];
  try {
    const tab = await open(browser, name, ratio);
    const before = file("before");
    await tab.screenshot({ path: before, fullPage: true });
    const original = await tab.evaluate(() => document.body.innerHTML);
    for (const [index, rule] of rules.entries()) {
      // Two pixels for each: every other rule, others on the next page.
      if (ratio === 2 && (index + pages.indexOf(name)) % 2 === 1) continue;
      for (const [level, strength] of strengths.entries()) {
        await tab.evaluate((html) => {
          document.body.innerHTML = html;
        }, original);
        const seed = index + pages.indexOf(name);
        const truths = await tab.evaluate(changePage, { rule, strength: level as 0 | 1 | 2, seed });
        if (!truths) continue;
        const after = file(`${rule}-${strength}`);
        if (!existsSync(after)) await tab.screenshot({ path: after, fullPage: true });
        const scaled = truths.map((truth) => ({
          before: inPixels(truth.before, ratio),
          after: inPixels(truth.after, ratio),
        }));
        pairs.push({ page: name, ratio, before, after, change: { rule, strength, truths: scaled } });
      }
    }
    await tab.evaluate((html) => {
      document.body.innerHTML = html;
    }, original);
    pairs.push(...(await renderNoise(browser, tab, name, ratio, before, file)));
    for (const [level, strength] of strengths.entries()) {
      const after = file(`banner-${strength}`);
      const place = await tab.evaluate(addBanner, level);
      if (!existsSync(after)) await tab.screenshot({ path: after, fullPage: true });
      const truths = [{ before: undefined, after: inPixels(place, ratio) }];
      pairs.push({ page: name, ratio, before, after, change: { rule: "banner", strength, truths } });
    }
  } finally {
    await browser.close();
  }
  await writeFile(list, JSON.stringify(pairs));
  return pairs;
}

/** Puts a 40-px banner above everything, in one of three looks; the banner before goes. */
function addBanner(look: number): Place {
  document.querySelector("#banner")?.remove();
  const banner = document.createElement("div");
  banner.id = "banner";
  banner.textContent =
    ["We use cookies.", "Maintenance on Sunday from 2 to 4 o’clock", "Sale: 20 % off"][look] ?? "";
  const grounds = ["#fff3c4", "#20407a", "#b3261e"];
  banner.style.cssText = `height:40px;font:14px/40px 'DejaVu Sans';padding:0 20px;background:${grounds[look]};color:${look === 0 ? "#333" : "#fff"};grid-column:1/-1`;
  const top = document.body.style;
  // A body that lays out side by side is moved down as a whole.
  if (/grid|flex/.test(getComputedStyle(document.body).display)) {
    top.marginTop = "40px";
    banner.style.cssText += ";position:absolute;top:0;left:0;right:0;box-sizing:border-box";
  }
  document.body.prepend(banner);
  const { x, y, width, height } = banner.getBoundingClientRect();
  return { x, y, width, height };
}

/** The same page, drawn in other ways. */
async function renderNoise(
  browser: Browser,
  tab: Page,
  page: string,
  ratio: number,
  before: string,
  file: (what: string) => string,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const add = (noise: string, after: string) => pairs.push({ page, ratio, before, after, noise });
  const again = file("again");
  await tab.screenshot({ path: again, fullPage: true });
  add("identical", again);
  for (const side of ["Top", "Left"] as const) {
    await tab.evaluate((where) => {
      document.body.style.position = "relative";
      document.body.style[where === "Top" ? "top" : "left"] = "1px";
    }, side);
    const shifted = file(`shifted${side}`);
    await tab.screenshot({ path: shifted, fullPage: true });
    add("shifted by 1 px", shifted);
    await tab.evaluate(() => {
      document.body.style.cssText = "";
    });
  }
  const narrow = await open(browser, page, ratio, 1265);
  await narrow.screenshot({ path: file("narrow"), fullPage: true });
  add("15 px narrower", file("narrow"));
  await narrow.close();
  for (const [noise, other] of await otherBrowsers()) {
    const drawn = await open(other, page, ratio);
    const after = file(noise.replaceAll(" ", "-"));
    await drawn.screenshot({ path: after, fullPage: true });
    add(noise, after);
    await other.close();
  }
  return pairs;
}

const fontSettings = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include>
<match target="font"><edit name="antialias" mode="assign"><bool>true</bool></edit><edit name="rgba" mode="assign"><const>rgb</const></edit><edit name="lcdfilter" mode="assign"><const>lcddefault</const></edit></match>
<match target="pattern"><edit name="antialias" mode="assign"><bool>true</bool></edit><edit name="rgba" mode="assign"><const>rgb</const></edit></match></fontconfig>`;

/** Browsers that draw letters otherwise. */
async function otherBrowsers(): Promise<Array<[string, Browser]>> {
  const found = findChromium();
  if (found.from !== "machine")
    throw new Error("Letters are drawn otherwise by an installed Chromium alone.");
  const settings = join(await mkdtemp(join(tmpdir(), "fonts-")), "fonts.conf");
  await writeFile(settings, fontSettings);
  const launch = (args: string[], env: Record<string, string> = {}) =>
    chromium.launch({
      executablePath: found.path,
      env: { ...process.env, ...env },
      args: ["--no-sandbox", "--disable-gpu", ...args],
    });
  return [
    ["subpixel antialiasing", await launch(["--enable-lcd-text"], { FONTCONFIG_FILE: settings })],
    ["other hinting", await launch(["--font-render-hinting=full"])],
  ];
}

/** The same picture through JPEG at quality 90. */
export async function throughJpeg(file: string): Promise<string> {
  const jpeg = file.replace(/\.png$/, ".jpg");
  if (!existsSync(jpeg))
    await sharp(await readFile(file))
      .removeAlpha()
      .jpeg({ quality: 90 })
      .toFile(jpeg);
  return jpeg;
}
