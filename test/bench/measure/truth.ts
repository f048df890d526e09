import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import type { Box } from "../../../src/report.js";
import type { TruthPage } from "./pages.js";

/** One word as the page knows it. Boxes are in pixels of the screenshot. */
export interface TruthWord {
  text: string;
  box: Box;
  /** Words of one run stand on one line and have one colour. */
  run: number;
  /** Contrast with the worst and the best of the grounds behind it. */
  worst: number;
  best: number;
  /** 3 for large text, else 4.5. */
  needed: 3 | 4.5;
  /** Text height in CSS pixels. */
  fontSize: number;
  /** What axe-core says of the element. */
  axe: "fails" | "passes" | "unsure";
}

export interface TruthControl {
  box: Box;
  /** CSS pixels. */
  width: number;
  height: number;
}

export interface Truth {
  page: string;
  heldOut: boolean;
  scheme: "light" | "dark";
  ratio: 1 | 2;
  width: number;
  height: number;
  png: Buffer;
  words: TruthWord[];
  controls: TruthControl[];
}

/** What runs in the page: words with their boxes and colours, in CSS pixels. */
interface PageWord {
  text: string;
  run: number;
  box: Box;
  colour: [number, number, number, number];
  fontSize: number;
  bold: boolean;
  element: number;
}

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Renders a page and asks it for its own truth: the boxes of its words, their colours, what lies behind them. */
export async function collectTruth(
  browser: Browser,
  page: TruthPage,
  scheme: "light" | "dark",
  ratio: 1 | 2,
): Promise<Truth> {
  const folder = await mkdtemp(join(tmpdir(), "truth-"));
  const tab = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    deviceScaleFactor: ratio,
    colorScheme: scheme,
  });
  try {
    const file = join(folder, "page.html");
    await writeFile(file, page.html(scheme));
    await tab.goto(pathToFileURL(file).href);
    await tab.evaluate(() => document.fonts.ready);
    await tab.evaluate(tint);
    await tab.mouse.move(0, 0);
    const png = await tab.screenshot({ fullPage: true });
    const words = await tab.evaluate(readWords);
    const controls = await tab.evaluate(readControls);
    const axe = await runAxe(tab);
    await tab.addStyleTag({
      content: `*, *::placeholder { -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; }`,
    });
    const ground = await sharp(await tab.screenshot({ fullPage: true }))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const inPixels = ({ x, y, width, height }: Box): Box => ({
      x: x * ratio,
      y: y * ratio,
      width: width * ratio,
      height: height * ratio,
    });
    return {
      page: page.name,
      heldOut: page.heldOut,
      scheme,
      ratio,
      width: ground.info.width,
      height: ground.info.height,
      png,
      words: words.map(({ text, run, box, colour, fontSize, bold, element }) => {
        const pixels = inPixels(box);
        const large = fontSize >= 24 || (bold && fontSize >= 18.66);
        return {
          text,
          run,
          box: pixels,
          ...contrasts(ground, pixels, colour),
          needed: large ? 3 : 4.5,
          fontSize,
          axe: axe.fails.includes(element) ? "fails" : axe.unsure.includes(element) ? "unsure" : "passes",
        };
      }),
      controls: controls.map((box) => ({ box: inPixels(box), width: box.width, height: box.height })),
    };
  } finally {
    await tab.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function luminance(colour: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrasts(
  ground: { data: Buffer; info: { width: number; height: number } },
  box: Box,
  [r, g, b, alpha]: [number, number, number, number],
): { worst: number; best: number } {
  let [worst, best] = [Number.POSITIVE_INFINITY, 0];
  // The edge of a box may touch a border that is no ground of the text.
  const inset = box.height * 0.2;
  for (let y = Math.round(box.y + inset); y < box.y + box.height - inset; y++) {
    for (let x = Math.max(0, Math.round(box.x)); x < Math.min(ground.info.width, box.x + box.width); x++) {
      const at = (y * ground.info.width + x) * 3;
      const behind = [ground.data[at] ?? 0, ground.data[at + 1] ?? 0, ground.data[at + 2] ?? 0];
      const front = [r, g, b].map((value, channel) =>
        Math.round(value * alpha + (behind[channel] ?? 0) * (1 - alpha)),
      );
      const [one, other] = [luminance(front), luminance(behind)];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      worst = Math.min(worst, ratio);
      best = Math.max(best, ratio);
    }
  }
  return { worst, best };
}

async function runAxe(tab: Page): Promise<{ fails: number[]; unsure: number[] }> {
  await tab.evaluate(await axeSource);
  return tab.evaluate(async () => {
    type Result = { nodes: Array<{ target: string[] }> };
    const { axe, truthElements } = window as unknown as {
      axe: {
        run(context: Document, options: unknown): Promise<{ violations: Result[]; incomplete: Result[] }>;
      };
      truthElements: Element[];
    };
    const results = await axe.run(document, { runOnly: ["color-contrast"] });
    const elements = (list: Result[]) =>
      list
        .flatMap(({ nodes }) => nodes.map(({ target }) => document.querySelector(target[0] ?? "")))
        .map((element) => (element ? truthElements.indexOf(element) : -1));
    return { fails: elements(results.violations), unsure: elements(results.incomplete) };
  });
}

/** In the page: gives every `data-ratio` text a colour of that contrast on its ground. */
function tint(): void {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: number[]) => {
    const [r = 0, g = 0, b = 0] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const canvas = document.createElement("canvas").getContext("2d");
  const rgbOf = (colour: string): number[] => {
    if (!canvas) return [];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  for (const element of document.querySelectorAll<HTMLElement>("[data-ratio]")) {
    let ground = [255, 255, 255];
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || (colour[3] ?? 0) === 1) {
        ground = rgbOf(getComputedStyle(at).backgroundColor);
        break;
      }
    }
    const wanted = Number(element.dataset.ratio);
    const hue = Number(element.dataset.hue);
    let [closest, error] = ["", Number.POSITIVE_INFINITY];
    for (let lightness = 0; lightness <= 100; lightness += 0.25) {
      const css = hue < 0 ? `hsl(0 0% ${lightness}%)` : `hsl(${hue} 70% ${lightness}%)`;
      const [one, other] = [light(rgbOf(css)), light(ground)];
      const off = Math.abs((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) - wanted);
      if (off < error) [closest, error] = [css, off];
    }
    element.style.setProperty("color", closest, "important");
  }
}

/** In the page: every visible word with its box, its colour and its font. */
function readWords(): PageWord[] {
  const canvas = document.createElement("canvas").getContext("2d");
  const rgba = (colour: string): [number, number, number, number] => {
    if (!canvas) return [0, 0, 0, 1];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const elements: Element[] = [];
  Object.assign(window, { truthElements: elements });
  const indexOf = (element: Element) => {
    if (!elements.includes(element)) elements.push(element);
    return elements.indexOf(element);
  };
  const words: PageWord[] = [];
  let run = 0;
  const add = (element: Element, text: string, box: DOMRect, style: CSSStyleDeclaration) => {
    let alpha = 1;
    for (let at: Element | null = element; at; at = at.parentElement)
      alpha *= Number(getComputedStyle(at).opacity);
    const [r, g, b, a] = rgba(style.color);
    words.push({
      text,
      run,
      box: { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height },
      colour: [r, g, b, a * alpha],
      fontSize: Number.parseFloat(style.fontSize),
      bold: Number(style.fontWeight) >= 700,
      element: indexOf(element),
    });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!element?.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    let line = Number.NaN;
    for (const match of (node.nodeValue ?? "").matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const box = range.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      if (box.y !== line) run++;
      line = box.y;
      add(element, match[0], box, getComputedStyle(element));
    }
  }
  // A field's own text is no text node: its words are laid out as its font would.
  for (const field of document.querySelectorAll<HTMLInputElement>("input:not([type=checkbox])")) {
    const text = field.value || field.placeholder;
    if (text === "" || !canvas) continue;
    const style = getComputedStyle(field, field.value ? null : "::placeholder");
    const outer = getComputedStyle(field);
    const bounds = field.getBoundingClientRect();
    canvas.font = `${outer.fontWeight} ${outer.fontSize} ${outer.fontFamily}`;
    const size = Number.parseFloat(outer.fontSize);
    run++;
    for (const match of text.matchAll(/\S+/g)) {
      const x =
        bounds.x +
        Number.parseFloat(outer.paddingLeft) +
        Number.parseFloat(outer.borderLeftWidth) +
        canvas.measureText(text.slice(0, match.index)).width;
      const width = canvas.measureText(match[0]).width;
      add(
        field,
        match[0],
        new DOMRect(x, bounds.y + bounds.height / 2 - size * 0.6, width, size * 1.2),
        style,
      );
      const word = words.at(-1);
      if (word && style.opacity !== "1" && !field.value) word.colour[3] *= Number(style.opacity);
    }
  }
  return words;
}

/** In the page: the boxes of what can be pressed, but for links in a sentence. */
function readControls(): Box[] {
  return [...document.querySelectorAll("button, input, select, textarea")]
    .filter((element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
    .map((element) => element.getBoundingClientRect())
    .map(({ x, y, width, height }) => ({ x: x + scrollX, y: y + scrollY, width, height }));
}
