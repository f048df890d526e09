import { encodePalette, type Rgb } from "./palette.js";
import type { MediaType } from "./prepared.js";
import { sharp } from "./sharp.js";

/** The API takes 5 MB of base64 on the strictest clouds. Bytes before base64. */
export const mostEncodedBytes = Math.floor((5 * 1024 * 1024 * 3) / 4);

export interface Encoded {
  bytes: Uint8Array;
  mediaType: MediaType;
}

/**
 * Encodes with the encoder that suits the pixels, once: a palette PNG for screens and drawings, JPEG for
 * photographs. WebP would be smaller still for photographs, but takes two and a half times as long as JPEG.
 *
 * JPEG's quantisation table 3 keeps text as legible at quality 74 as the default table at 85.
 */
export async function encode(picture: Rgb, mostBytes = mostEncodedBytes): Promise<Encoded> {
  const png = await encodePalette(picture);
  if (png && png.length <= mostBytes) return { bytes: png, mediaType: "image/png" };
  const { data, width, height } = picture;
  const jpeg = (quality: number) =>
    sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, quantisationTable: 3 })
      .toBuffer();
  let bytes = await jpeg(74);
  if (bytes.length > mostBytes) bytes = await jpeg(55);
  if (bytes.length > mostBytes) bytes = await jpeg(35);
  return { bytes, mediaType: "image/jpeg" };
}
