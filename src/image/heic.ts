import { readFile } from "node:fs/promises";
import libheif from "libheif-js/libheif-wasm/libheif.js";
import { mostPixels, tooManyPixels } from "./caps.js";
import type { Pixels } from "./open.js";

/**
 * Decodes the primary picture of a HEIC file, which sharp's libvips does not read (patents), with libheif
 * compiled to WebAssembly. The file's own rotation is applied.
 */
export async function decodeHeic(bytes: Uint8Array): Promise<Pixels> {
  // Beside the bundle: the licence (LGPL) asks that it can be replaced, so it is a file of its own.
  const wasmBinary = await readFile(new URL("./libheif.wasm", import.meta.url));
  const heif = libheif({ wasmBinary });
  const [image] = new heif.HeifDecoder().decode(bytes);
  if (!image) throw new Error("libheif found no picture in the file");
  const width = image.get_width();
  const height = image.get_height();
  if (width * height > mostPixels) throw tooManyPixels({ width, height });
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise<void>((resolve, reject) =>
    image.display({ data, width, height }, (shown) =>
      shown ? resolve() : reject(new Error("libheif could not decode the picture")),
    ),
  );
  image.free();
  return { data: new Uint8Array(data.buffer), width, height };
}
