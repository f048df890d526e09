import type { PreparedPicture } from "../../image/prepared.js";
import type { PanelPicture } from "../../protocol/panel.js";

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

const dataUri = (mediaType: string, { buffer, byteOffset, byteLength }: Uint8Array): string =>
  `data:${mediaType};base64,${Buffer.from(buffer, byteOffset, byteLength).toString("base64")}`;
