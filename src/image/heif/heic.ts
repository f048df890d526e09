import { readFile } from "node:fs/promises";
import libheif from "libheif-js/libheif-wasm/libheif.js";
import { mostPixels, tooManyPixels } from "../caps.js";
import { isSrgb, noteOnCoding } from "../colour/coding.js";
import { toSrgb } from "../colour/toSrgb.js";
import { fromRaw } from "../fromRaw.js";
import type { Size } from "../limits.js";
import type { Opened } from "../open.js";
import type { Raw } from "../raw.js";
import { colourOf, readHeif, sizeOf } from "./heif.js";

type Libheif = ReturnType<typeof libheif>;

/**
 * A reader of HEIC, which sharp's libvips does not decode (patents): libheif compiled to WebAssembly. It gives
 * the primary picture with the file's own rotation applied.
 */
export async function heicReader(): Promise<(bytes: Uint8Array) => Promise<Opened>> {
  // Beside the bundle: the licence (LGPL) asks that it can be replaced, so it is a file of its own.
  const heif = libheif({ wasmBinary: await readFile(new URL("./libheif.wasm", import.meta.url)) });
  return async (bytes) => {
    const { primary, pictures } = readHeif(bytes);
    const size = primary && sizeOf(primary);
    if (!primary || !size) throw new Error("The file does not say which picture it holds");
    if (size.width * size.height > mostPixels) throw tooManyPixels(size);
    const { profile, coding } = colourOf(primary);
    // The decoder has widened what is limited, and looked at nothing else.
    const numbers = coding && { ...coding, limited: false };
    const decode = fromRaw(async () => decodePrimary(heif, bytes, size), profile);
    if (profile !== undefined || numbers === undefined || isSrgb(numbers))
      return { ...size, frames: pictures, decode };
    return {
      ...size,
      frames: pictures,
      notes: noteOnCoding(numbers),
      decode: async (wanted) => toSrgb(await decode(wanted), numbers),
    };
  };
}

/** @param stated the size that the file says it has */
async function decodePrimary(heif: Libheif, bytes: Uint8Array, stated: Size): Promise<Raw> {
  const images = new heif.HeifDecoder().decode(bytes);
  const image = images.find((each) => each.is_primary()) ?? images[0];
  if (!image) throw new Error("libheif found no picture in the file");
  const width = image.get_width();
  const height = image.get_height();
  if (width !== stated.width || height !== stated.height)
    throw new Error(`The file says ${stated.width} × ${stated.height} px and holds ${width} × ${height}`);
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise<void>((resolve, reject) =>
    image.display({ data, width, height }, (shown) =>
      shown ? resolve() : reject(new Error("libheif could not decode the picture")),
    ),
  );
  for (const each of images) each.free();
  return { data: new Uint8Array(data.buffer), width, height, channels: 4 };
}
