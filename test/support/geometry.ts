import type { Measurement } from "../../src/measure/measurement.js";
import type { PictureGeometry, PreparedInput } from "../../src/workflows/workflow.js";

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

/** As if there were nothing in the picture that can be measured. */
export const nothingMeasured: Measurement = {
  pixelRatio: 1,
  texts: [],
  controls: [],
  quality: [],
  secrets: [],
  covered: false,
  unread: 0,
};

/** A picture of this size, with what was measured in it. */
export const seenPicture = (
  name: string,
  width: number,
  height: number,
  measured: Partial<Measurement> = {},
): PreparedInput => ({
  picture: geometry(name, width, height),
  measurement: { ...nothingMeasured, ...measured },
});
