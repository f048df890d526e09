import { decode } from "bmp-ts";
import { mostPixels, tooManyPixels } from "./caps.js";
import type { Pixels } from "./open.js";

/** Decodes a BMP, which sharp's libvips does not read. Its fourth byte is rarely alpha: taken as opaque. */
export async function decodeBmp(bytes: Uint8Array): Promise<Pixels> {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stated = { width: Math.abs(header.getInt32(18, true)), height: Math.abs(header.getInt32(22, true)) };
  if (stated.width * stated.height > mostPixels) throw tooManyPixels(stated);
  const { data, width, height } = decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    toRGBA: true,
  });
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { data, width, height };
}
