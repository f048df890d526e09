import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Rgb } from "./contrast.js";
import { isLoaded, partImages } from "./crop.js";

/** The shown picture as one canvas, in the scale of its finest part; drawn when it is first asked for. */
export async function wholePicture(
  picture: PanelPicture,
): Promise<{ canvas: HTMLCanvasElement; scale: number }> {
  const images = partImages();
  const usable = await Promise.all(images.map(isLoaded));
  const widths = images.map((image, index) => image.naturalWidth / (picture.parts[index]?.width ?? 1));
  // A canvas has its limits.
  const scale = Math.min(Math.max(...widths, 0.01), 8192 / picture.width, 8192 / picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  for (const [index, image] of images.entries()) {
    const part = picture.parts[index];
    if (!part || !usable[index]) continue;
    context?.drawImage(image, part.left * scale, part.top * scale, part.width * scale, part.height * scale);
  }
  return { canvas, scale };
}

let drawn: { picture: PanelPicture; whole: ReturnType<typeof wholePicture> } | undefined;

/** The colour of a pixel. @param at in pixels of the original */
export async function colourAt(
  picture: PanelPicture,
  at: { x: number; y: number },
): Promise<Rgb | undefined> {
  if (drawn?.picture !== picture) drawn = { picture, whole: wholePicture(picture) };
  const { canvas, scale } = await drawn.whole;
  const [x, y] = [Math.floor(at.x * scale), Math.floor(at.y * scale)];
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return undefined;
  const pixel = canvas.getContext("2d", { willReadFrequently: true })?.getImageData(x, y, 1, 1).data;
  return pixel && [pixel[0] ?? 0, pixel[1] ?? 0, pixel[2] ?? 0];
}

/** A canvas as a PNG. @throws Error when the browser makes none of it */
export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("No PNG"))), "image/png"),
  );

/** Puts a picture on the clipboard. @returns whether the clipboard took it */
export async function copyPng(png: Promise<Blob>): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    return true;
  } catch {
    return false;
  }
}

/** A PNG's bytes in Base64, as a message holds them. */
export async function base64Of(png: Blob): Promise<string> {
  const bytes = new Uint8Array(await png.arrayBuffer());
  let text = "";
  for (let start = 0; start < bytes.length; start += 32_768)
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  return btoa(text);
}
