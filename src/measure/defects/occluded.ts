import type { Box } from "../../report.js";
import { overlapOf } from "../boxes.js";
import { contrastRatio, differenceOf } from "../colour.js";
import type { DisplayDefect } from "../measurement.js";
import type { Outline } from "../outlines.js";
import { colourAt } from "../outlines.js";
import { stretches } from "./coverage.js";
import type { Scene } from "./scene.js";

/** Thinner things are rules under a text; a stroke of a letter is not wider. CSS pixels. */
const sizes = { thinnest: 5, widestStroke: 6 };
/** So many strokes of letters end at its edge. */
const fewestStrokes = 2;

/** Text that ends at the edge of a thing that lies on it. What has words of its own is meant to lie there. */
export function findOccluded({ pixels, segments, outlines, ratio }: Scene): DisplayDefect[] {
  const texts = segments.filter(({ letters }) => letters.length >= 3);
  return outlines.flatMap((cover): DisplayDefect[] => {
    if (cover.content.length > 0 || cover.share < 0.9) return [];
    if (Math.min(cover.box.width, cover.box.height) < sizes.thinnest * ratio) return [];
    if (contrastRatio(cover.fill, cover.ground) < 1.15) return [];
    const text = texts.find(
      (segment) =>
        overlapOf(segment, cover.inner).across > 0 &&
        overlapOf(segment, cover.inner).down > 0 &&
        segment.height < cover.inner.height * 4,
    );
    if (!text || strokesAt(pixels, cover, ratio) < fewestStrokes) return [];
    const { x, y, width, height } = text;
    return [{ kind: "occluded", box: { x, y, width, height } }];
  });
}

/** How many strokes end at the edge of a thing, on all four sides. */
function strokesAt(pixels: Scene["pixels"], { inner, fill, ground }: Outline, ratio: number): number {
  const off = 1;
  const isInk = (x: number, y: number): number => {
    if (x < 0 || y < 0 || x >= pixels.width || y >= pixels.height) return 0;
    const colour = colourAt(pixels, x, y);
    return differenceOf(colour, ground) > 60 && differenceOf(colour, fill) > 30 ? 1 : 0;
  };
  const { x, y, width, height }: Box = inner;
  const sides = [
    stretches(x, x + width, (at) => isInk(at, y - 1 - off), 1),
    stretches(x, x + width, (at) => isInk(at, y + height + off), 1),
    stretches(y, y + height, (at) => isInk(x - 1 - off, at), 1),
    stretches(y, y + height, (at) => isInk(x + width + off, at), 1),
  ];
  return sides.flat().filter(({ start, end }) => end - start <= sizes.widestStroke * ratio).length;
}
