import type { Box } from "../report.js";
import { encode } from "./encode.js";
import { cropLimits, fitWithin, visualTokens } from "./limits.js";
import type { Rgb } from "./palette.js";
import type { PreparedImage } from "./prepared.js";
import { sharp } from "./sharp.js";

/**
 * Places of a picture by themselves, at its own resolution where that is within the limits.
 *
 * @param places pixels of the picture, inside of it
 */
export async function cropsOf(picture: Rgb, places: readonly Box[]): Promise<PreparedImage[]> {
  const raw = { width: picture.width, height: picture.height, channels: 3 as const };
  const crops: PreparedImage[] = [];
  // One after another: each holds pixels.
  for (const { x, y, width, height } of places) {
    const size = fitWithin({ width, height }, cropLimits);
    const data = await sharp(picture.data, { raw })
      .extract({ left: x, top: y, width, height })
      .resize({ ...size, fit: "fill", kernel: "lanczos3" })
      .raw()
      .toBuffer();
    crops.push({
      ...(await encode({ data, ...size })),
      ...size,
      scale: { x: size.width / width, y: size.height / height },
      offset: { x, y },
      visualTokens: visualTokens(size),
    });
  }
  return crops;
}
