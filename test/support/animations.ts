import sharp from "sharp";

/** A frame of one colour, or with another one in a rectangle. */
export interface DrawnFrame {
  colour: readonly [number, number, number];
  inside?: { x: number; y: number; width: number; height: number; colour: readonly [number, number, number] };
}

/**
 * An animation, drawn.
 *
 * @param delay how long each frame is shown. Milliseconds.
 * @param loop 0 for ever
 */
export async function drawnAnimation(
  frames: readonly DrawnFrame[],
  delay: number | number[],
  { width = 400, height = 300, loop = 0, as = "webp" as "gif" | "webp" } = {},
): Promise<Buffer> {
  const pixels = frames.map(({ colour, inside }) => {
    const data = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const isInside =
          inside &&
          x >= inside.x &&
          x < inside.x + inside.width &&
          y >= inside.y &&
          y < inside.y + inside.height;
        data.set(isInside ? inside.colour : colour, (y * width + x) * 3);
      }
    return data;
  });
  const raw = { width, height: height * frames.length, channels: 3 as const, pageHeight: height };
  const image = sharp(Buffer.concat(pixels), { raw });
  const delays = Array.isArray(delay) ? delay : frames.map(() => delay);
  return as === "gif"
    ? image.gif({ delay: delays, loop }).toBuffer()
    : image.webp({ lossless: true, delay: delays, loop }).toBuffer();
}
