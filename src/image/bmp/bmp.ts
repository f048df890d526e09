import { mostPixels, tooManyPixels } from "../caps.js";
import { fromRaw } from "../fromRaw.js";
import type { Opened } from "../open.js";
import { decodeBmp } from "./decode.js";
import { readBmpHeader } from "./header.js";

/** Opens a BMP by its header alone; its pixels are decoded when they are read. */
export async function openBmp(bytes: Uint8Array): Promise<Opened> {
  const header = readBmpHeader(bytes);
  const { width, height, profile } = header;
  if (width * height > mostPixels) throw tooManyPixels({ width, height });
  return { width, height, decode: fromRaw(async () => decodeBmp(bytes, header), profile) };
}
