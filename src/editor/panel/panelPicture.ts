import { detectFormat, type Format } from "../../image/format.js";
import type { PreparedPicture } from "../../image/prepared.js";
import type { OriginalPicture, PanelPicture } from "../../protocol/panel.js";

/** A prepared picture as the panel shows it: what is shown is what was sent. */
export function panelPicture({ name, width, height, photo, parts }: PreparedPicture): PanelPicture {
  return {
    name,
    width,
    height,
    ...(photo ? { photo: dataUri("image/jpeg", photo) } : {}),
    parts: parts.map(({ bytes, mediaType, width: columns, height: rows, scale, offset }) => ({
      src: dataUri(mediaType, bytes),
      left: offset.x,
      top: offset.y,
      width: columns / scale.x,
      height: rows / scale.y,
    })),
  };
}

/** What pages can draw, of what can be read. */
const drawn: Partial<Record<Format, string>> = {
  png: "image/png",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  bmp: "image/bmp",
};

/** A larger picture would take longer on its way to the page than preparing it takes. Bytes. */
const mostOriginalBytes = 8 * 1024 * 1024;

/** A picture as it lies on the disk. Undefined where the page could not draw it, or not at once. */
export function originalPicture(name: string, bytes: Uint8Array): OriginalPicture | undefined {
  const format = detectFormat(bytes);
  const mediaType = format && drawn[format];
  if (!mediaType || bytes.length > mostOriginalBytes) return undefined;
  return { name, src: dataUri(mediaType, bytes) };
}

const dataUri = (mediaType: string, { buffer, byteOffset, byteLength }: Uint8Array): string =>
  `data:${mediaType};base64,${Buffer.from(buffer, byteOffset, byteLength).toString("base64")}`;
