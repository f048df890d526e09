import { readFile } from "node:fs/promises";
import libheif from "libheif-js/libheif-wasm/libheif.js";
import { mostPixels, tooManyPixels } from "./caps.js";
import { fromRaw } from "./fromRaw.js";
import type { Opened } from "./open.js";

/**
 * A reader of HEIC, which sharp's libvips does not decode (patents): libheif compiled to WebAssembly. It gives
 * the primary picture with the file's own rotation applied.
 */
export async function heicReader(): Promise<(bytes: Uint8Array) => Promise<Opened>> {
  // Beside the bundle: the licence (LGPL) asks that it can be replaced, so it is a file of its own.
  const heif = libheif({ wasmBinary: await readFile(new URL("./libheif.wasm", import.meta.url)) });
  return async (bytes) => {
    const [image] = new heif.HeifDecoder().decode(bytes);
    if (!image) throw new Error("libheif found no picture in the file");
    const width = image.get_width();
    const height = image.get_height();
    if (width * height > mostPixels) throw tooManyPixels({ width, height });
    const decode = fromRaw(async () => {
      const data = new Uint8ClampedArray(width * height * 4);
      await new Promise<void>((resolve, reject) =>
        image.display({ data, width, height }, (shown) =>
          shown ? resolve() : reject(new Error("libheif could not decode the picture")),
        ),
      );
      return { data: new Uint8Array(data.buffer), width, height, channels: 4 };
    });
    return { width, height, decode };
  };
}
