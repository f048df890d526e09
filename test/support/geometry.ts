import type { PictureGeometry } from "../../src/workflows/workflow.js";

/** A prepared picture of this size that was not resized, without its bytes. */
export function geometry(name: string, width: number, height: number): PictureGeometry {
  const part = {
    mediaType: "image/png" as const,
    width,
    height,
    scale: { x: 1, y: 1 },
    offset: { x: 0, y: 0 },
    visualTokens: 1,
  };
  return { name, format: "png", sha256: "0".repeat(64), width, height, notes: [], parts: [part] };
}
