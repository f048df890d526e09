import { detectFormat } from "../format.js";
import { sharp } from "../sharp.js";

/** A picture within a drawing. */
export interface Embedded {
  type: string;
  bytes: Buffer;
}

/** The formats that the renderer draws. */
const types: Record<string, string> = {
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
};

/**
 * Reads a `data:` address.
 *
 * @returns undefined when it holds no picture that is drawn
 */
export function readEmbedded(address: string): Embedded | undefined {
  const comma = address.indexOf(",");
  const bytes = /;\s*base64\s*$/i.test(address.slice(0, comma))
    ? Buffer.from(address.slice(comma + 1).replace(/%[\da-f]{2}/gi, decoded), "base64")
    : Buffer.alloc(0);
  const type = types[detectFormat(bytes) ?? ""];
  return type === undefined ? undefined : { type, bytes };
}

const decoded = (code: string) => String.fromCharCode(Number.parseInt(code.slice(1), 16));

/** Pixels that all of them have together. */
export async function pixelsOf(embedded: readonly Embedded[]): Promise<number> {
  let pixels = 0;
  for (const { bytes } of embedded) {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    pixels += width * height;
  }
  return pixels;
}
