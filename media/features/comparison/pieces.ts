import type { ComparisonView } from "../../../src/protocol/comparison.js";
import type { Box } from "../../../src/report.js";

/** Rows of a picture at their place on a canvas. Everything but `from` is in pixels of the picture after. */
export interface Piece {
  /** The first of its rows, in pixels of its own picture. */
  from: number;
  top: number;
  height: number;
}

/** What is drawn of one picture. */
export interface Layer {
  pieces: readonly Piece[];
  /** Pixels of the canvas for each pixel of the picture. */
  scale: number;
}

export interface Canvas {
  width: number;
  height: number;
  before: Layer;
  after: Layer;
}

/** Both pictures as they are, one on the other. */
export function plainCanvas({ before, after, scale }: ComparisonView): Canvas {
  const [tallBefore, tallAfter] = [before.height * scale, after.height];
  return {
    width: Math.max(before.width * scale, after.width),
    height: Math.max(tallBefore, tallAfter),
    before: { scale, pieces: [{ from: 0, top: 0, height: tallBefore }] },
    after: { scale: 1, pieces: [{ from: 0, top: 0, height: tallAfter }] },
  };
}

/** Equal rows face each other; what was inserted or removed faces a gap. */
export function alignedCanvas(view: ComparisonView): Canvas {
  const { before, after, scale, rows } = view;
  const layers: { before: Piece[]; after: Piece[] } = { before: [], after: [] };
  const at = { before: 0, after: 0 };
  let top = 0;
  const end = { before: before.height, after: after.height, length: 0 };
  for (const row of [...rows, end]) {
    const [removed, inserted] = [(row.before - at.before) * scale, row.after - at.after];
    if (removed > 0) layers.before.push({ from: at.before, top, height: removed });
    if (inserted > 0) layers.after.push({ from: at.after, top, height: inserted });
    top += Math.max(0, removed, inserted);
    const height = row.length * scale;
    if (height > 0) {
      layers.before.push({ from: row.before, top, height });
      layers.after.push({ from: row.after, top, height });
    }
    top += height;
    at.before = row.before + row.length;
    at.after = row.after + height;
  }
  return {
    width: Math.max(before.width * scale, after.width),
    height: top,
    before: { scale, pieces: layers.before },
    after: { scale: 1, pieces: layers.after },
  };
}

/** The rows between the pieces, where the picture has nothing to face. */
export function gapsOf({ pieces }: Layer, height: number): Array<{ top: number; height: number }> {
  const gaps: Array<{ top: number; height: number }> = [];
  let end = 0;
  for (const piece of [...pieces, { top: height, height: 0 }]) {
    if (piece.top - end >= 1) gaps.push({ top: end, height: piece.top - end });
    end = piece.top + piece.height;
  }
  return gaps;
}

/** A place in a picture on the canvas. */
export function onCanvas({ x, y, width, height }: Box, { pieces, scale }: Layer): Box {
  const piece = pieces.findLast(({ from }) => from <= y + 0.5) ?? pieces[0] ?? { from: 0, top: 0, height: 0 };
  return {
    x: x * scale,
    y: piece.top + (y - piece.from) * scale,
    width: width * scale,
    height: height * scale,
  };
}
