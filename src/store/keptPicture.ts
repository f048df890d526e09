import { z } from "zod";

const Point = z.object({ x: z.number(), y: z.number() });

/** The shape of one prepared image, without its bytes. */
export const KeptPart = z.object({
  mediaType: z.enum(["image/jpeg", "image/png", "image/webp", "image/gif"]),
  width: z.number(),
  height: z.number(),
  scale: Point,
  offset: Point,
  visualTokens: z.number(),
});

/** The shape of a prepared picture, as it is kept: what judging an answer needs. */
export const KeptPicture = z.object({
  name: z.string(),
  format: z.enum(["jpeg", "png", "gif", "webp", "avif", "tiff", "svg", "bmp", "heic", "pdf"]),
  sha256: z.string(),
  width: z.number(),
  height: z.number(),
  notes: z.array(z.string()),
  parts: z.array(KeptPart),
});
