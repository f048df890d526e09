import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import type { Point, Quad } from "../../../src/image/photo/quad.js";
import { randomFrom } from "../../support/knownGraphs.js";
import { pixelsOf } from "../../support/measured.js";
import type { KnownDrawing } from "./handDrawn.js";

/** A drawing photographed on its board or sheet. */
export interface KnownBoard extends KnownDrawing {
  /** The board's corners, in pixels of the photo; undefined where its sides lie beyond the picture. */
  corners: Quad | undefined;
}

const [width, height] = [1600, 1200];

/** What boards and sheets are photographed before, from dark to nearly as bright as they are. */
const surroundings = {
  desk: "repeating-linear-gradient(93deg, #8a6a48 0 9px, #7d5f3f 9px 15px, #93714d 15px 31px)",
  dark: "#2d2b2a",
  wall: "#6d675f",
  concrete: "#a29d95",
  cream: "#d6cdb8",
  pale: "#dcdcd8",
  keyboard:
    "repeating-linear-gradient(0deg, #222 0 60px, #0000 60px 66px), repeating-linear-gradient(90deg, #222 0 56px, #555 56px 62px)",
};

const grids = {
  plain: "none",
  squared:
    "repeating-linear-gradient(0deg, #9db6cf 0 1.5px, #0000 1.5px 24px), repeating-linear-gradient(90deg, #9db6cf 0 1.5px, #0000 1.5px 24px)",
  darkSquared:
    "repeating-linear-gradient(0deg, #55585c 0 1.5px, #0000 1.5px 28px), repeating-linear-gradient(90deg, #55585c 0 1.5px, #0000 1.5px 28px)",
  lined: "repeating-linear-gradient(0deg, #7c94c8 0 1.5px, #0000 1.5px 34px)",
};

const frames = {
  none: "none",
  aluminium: "14px solid #b9bcc0",
  dark: "12px solid #3a3a3c",
  white: "16px solid #ececea",
};

/** What is drawn: lines of a pool, boxes and notes, in percent of the board. */
function drawing(random: () => number, ink: string): string {
  const box = (x: number, y: number, w: number, h: number, style: string, text = "") =>
    `<div class="drawn" style="position:absolute;left:${x}%;top:${y}%;width:${w}%;height:${h}%;box-sizing:border-box;display:grid;place-items:center;${style}">${text}</div>`;
  const line = `border:3px solid ${ink};`;
  const kind = Math.floor(random() * 3);
  const parts: string[] = [];
  if (kind === 0) {
    parts.push(
      box(6, 8, 88, 38, line),
      box(6, 50, 88, 42, line),
      box(6, 8, 5, 38, line),
      box(6, 50, 5, 42, line),
    );
    for (let index = 0; index < 8; index++)
      parts.push(
        box(
          14 + (index % 4) * 20,
          index < 4 ? 20 : 64,
          11,
          14,
          `${line}border-radius:8px;`,
          ["Check", "Order", "Ship it", "Pay"][index % 4],
        ),
      );
    parts.push(box(18, 34, 0.2, 30, line));
  } else if (kind === 1) {
    for (let index = 0; index < 12; index++)
      parts.push(
        box(
          6 + (index % 4) * 23,
          8 + Math.floor(index / 4) * 31,
          14,
          20,
          `background:${["#ffe680", "#ffb3c6", "#a8e6cf", "#ffd1a3"][index % 4]};box-shadow:2px 3px 5px #0004;`,
          "an idea",
        ),
      );
  } else {
    for (let index = 0; index < 9; index++)
      parts.push(
        box(
          8 + (index % 3) * 31 + random() * 4,
          8 + Math.floor(index / 3) * 30 + random() * 6,
          18,
          14,
          line,
          ["Web shop", "Orders", "Stock"][index % 3],
        ),
      );
    for (let index = 0; index < 6; index++)
      parts.push(box(26 + (index % 2) * 31, 16 + Math.floor(index / 2) * 30, 12, 0.3, line));
  }
  return parts.join("");
}

/** Photographs of boards and sheets of many kinds, the same in every run. */
export async function* knownBoards(browser: Browser, count: number): AsyncGenerator<KnownBoard> {
  const page = await browser.newPage({ viewport: { width, height } });
  for (let seed = 0; seed < count; seed++) yield boardOf(page, seed);
  await page.close();
}

async function boardOf(page: Page, seed: number): Promise<KnownBoard> {
  const random = randomFrom(seed + 900);
  const between = (least: number, most: number) => least + random() * (most - least);
  const pick = <Value>(of: Record<string, Value>): [string, Value] => {
    const all = Object.entries(of);
    const [first] = all.splice(Math.floor(random() * all.length), 1);
    if (!first) throw new Error("There is nothing to choose from");
    return first;
  };
  const [ground, background] = pick(surroundings);
  const [paper, grid] = pick(grids);
  const [frame, border] = paper === "plain" ? pick(frames) : ["none", "none"];
  const ratio = between(0.62, 1.9);
  // How the sheet lies: whole in the picture, cut by its edge, or filling it.
  const lies = (["whole", "whole", "whole", "cut", "filling"] as const)[seed % 5] ?? "whole";
  const size = lies === "filling" ? 2600 : lies === "cut" ? between(1300, 1500) : between(800, 1150);
  const [w, h] =
    lies === "filling"
      ? [2600, 2000]
      : ratio > 1.25
        ? [size, size / ratio]
        : [size * 0.75 * ratio, size * 0.75];
  const [dx, dy] =
    lies === "whole"
      ? [between(-60, 60), between(-40, 40)]
      : lies === "cut"
        ? [between(-250, 250), between(-160, 160)]
        : [0, 0];
  const turn = `rotateY(${between(-30, 30)}deg) rotateX(${between(-14, 20)}deg) rotateZ(${between(-8, 8)}deg)`;
  const inset = lies === "filling" ? "22% 22%" : "0";
  await page.setContent(`<body style="margin:0;background:#888;overflow:hidden;font:italic 22px 'DejaVu Sans',sans-serif;color:#1b3a6b">
    <div style="position:fixed;inset:-300px;background:${background}"></div>
    <div style="position:fixed;inset:0;perspective:2400px;display:grid;place-items:center;overflow:hidden">
      <div style="transform:translate(${dx}px,${dy}px) ${turn};width:${w}px;height:${h}px;background:${grid},#f5f5f0;border:${border};position:relative;${frame === "none" ? "box-shadow:3px 5px 12px #0006" : ""}">
        <i class="corner" style="position:absolute;left:0;top:0"></i><i class="corner" style="position:absolute;right:0;top:0"></i>
        <i class="corner" style="position:absolute;right:0;bottom:0"></i><i class="corner" style="position:absolute;left:0;bottom:0"></i>
        <div style="position:absolute;inset:${inset};opacity:${between(0.35, 1)}">${drawing(random, random() < 0.5 ? "#1b3a6b" : "#222")}</div>
      </div></div>
    <div style="position:fixed;inset:0;background:
      radial-gradient(circle ${between(150, 400)}px at ${between(0, 100)}% ${between(0, 60)}%, rgba(255,255,255,${between(0, 0.7)}), #fff0),
      linear-gradient(${between(0, 360)}deg, #0000 ${between(20, 60)}%, rgba(0,0,0,${between(0, 0.6)}))"></div></body>`);
  const places = (selector: string): Promise<Point[]> =>
    page.evaluate(
      (wanted) =>
        [...document.querySelectorAll(wanted)].map((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return { x: left + width / 2, y: top + height / 2 };
        }),
      selector,
    );
  const [a, b, c, d] = await places(".corner");
  const isInPicture = ({ x, y }: Point) => x >= 0 && y >= 0 && x < width && y < height;
  const middles = (await places(".drawn")).filter(isInPicture);
  const clean = await page.screenshot();
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#808080",
      noise: { type: "gaussian", mean: 128, sigma: between(4, 14) },
    },
  })
    .png()
    .toBuffer();
  const photo = await sharp(await sharp(clean).blur(between(0.5, 1.6)).toBuffer())
    .composite([{ input: noise, blend: "soft-light" }])
    .jpeg({ quality: Math.round(between(60, 92)) })
    .toBuffer();
  return {
    name: `${seed} ${ground} ${paper} ${frame} ${lies}`,
    pixels: await pixelsOf(photo),
    middles,
    corners: a && b && c && d && [a, b, c, d].every(isInPicture) ? [a, b, c, d] : undefined,
  };
}
