import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import type { Box } from "../../../src/report.js";
import type { PictureMiss } from "./field.js";
import type { Miss } from "./score.js";

const perKind = 10;
const kindOf = ({ what }: Miss): string => what.split(":")[0] ?? "";

/** The worst of each kind of miss, so that a frequent one does not hide the others. */
export function worstOf<T extends Miss>(misses: readonly T[]): T[] {
  const counts = new Map<string, number>();
  return [...misses]
    .sort((a, b) => b.harm - a.harm)
    .filter((miss) => {
      const count = (counts.get(kindOf(miss)) ?? 0) + 1;
      counts.set(kindOf(miss), count);
      return count <= perKind;
    });
}

/** A piece of a picture around a place, with the place framed. */
export async function cropOf(png: Buffer, box: Box): Promise<Buffer> {
  const { width, height } = await sharp(png).metadata();
  const margin = 60;
  const left = Math.max(0, Math.floor(box.x - margin));
  const top = Math.max(0, Math.floor(box.y - margin));
  const area = {
    left,
    top,
    width: Math.min(width - left, Math.ceil(box.width + 2 * margin), 900),
    height: Math.min(height - top, Math.ceil(box.height + 2 * margin), 400),
  };
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${area.width}" height="${area.height}"><rect x="${box.x - left - 3}" y="${box.y - top - 3}" width="${box.width + 6}" height="${box.height + 6}" fill="none" stroke="#e000e0" stroke-width="2"/></svg>`;
  return sharp(png)
    .extract(area)
    .composite([{ input: Buffer.from(frame), left: 0, top: 0 }])
    .png()
    .toBuffer();
}

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Writes a page that shows the misses, whose pictures are crops. */
export async function writeCrops(file: string, crops: readonly PictureMiss[]): Promise<void> {
  const items = crops.map(
    ({ what, picture, png }) =>
      `<section><p>${escapeHtml(what)}<br><small>${escapeHtml(picture)}</small></p><img alt="" src="data:image/png;base64,${png.toString("base64")}"></section>`,
  );
  await writeFile(
    file,
    `<!doctype html><meta charset="utf-8"><title>The worst misses</title><style>body{font:14px sans-serif;margin:24px}section{border-top:1px solid #ccc;padding:8px 0}img{border:1px solid #888}</style><h1>The worst misses</h1>${items.join("\n")}`,
  );
}
