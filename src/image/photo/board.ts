import type { Size } from "../limits.js";
import type { Rgb } from "../palette.js";
import { type Grey, levelAt, shrunk } from "./grey.js";
import { closed } from "./ground.js";
import { findLines, type Line, quadOf, type Side } from "./lines.js";
import { areaOf, isPlausible, type Point, pointOn, type Quad, type QuadSide, sidesOf } from "./quad.js";
import { refined } from "./refine.js";
import { losesStrokes } from "./strokes.js";

/** Boards are found in a picture of this size. Pixels. */
const longEdge = 480;
/** Strokes are followed in a picture of this size. Pixels. */
const strokesEdge = 960;
/** Strokes that are wider than twice this are taken for ground. Pixels at that size. */
const strokeReach = 6;
/** So many of the clearest lines of each side are tried with those of the others. */
const candidates = 8;
/** A side is clear when this share of it divides bright from dark. */
const leastSupport = 0.6;
/** The board is at least this share of the picture. */
const leastArea = 0.1;
/** The ground outside of a board is darker than this share of the ground inside. */
const darker = 0.92;
/** What a side at the picture's edge is worth beside one that is seen. */
const edgeWorth = 0.9;
/** Where it is as bright outside as this share of the inside, the board may go on: so on no more than this share. */
const [asBright, mostBright] = [0.97, 0.15];
/** How far from a side the ground is compared, in shares of the picture's longer side. */
const near = 0.018;
const far = 0.04;

/**
 * The four corners of a bright board or sheet before darker surroundings, by the straight edges of the ground
 * between the two; undefined when they are not clear, or when strokes would be cut. A board that goes on beyond
 * the picture ends at its edge.
 *
 * @returns pixels of the picture
 */
export function findBoard(pixels: Rgb): Quad | undefined {
  const { least: grey } = shrunk(pixels, longEdge);
  const clearest = clearestQuad(closed(grey, strokeReach));
  if (!clearest) return undefined;
  const { isEdge } = clearest;
  const board = enlarged(refined(clearest.quad, isEdge, grey, leastArea), grey.step);
  const fine = shrunk(pixels, strokesEdge);
  const quad = enlarged(board, 1 / fine.least.step);
  const tried = sidesOf(quad).filter((_, index) => !isEdge[index]);
  return losesStrokes(quad, tried, fine, Math.round((strokeReach * strokesEdge) / longEdge))
    ? undefined
    : board;
}

function enlarged([a, b, c, d]: Quad, by: number): Quad {
  const place = ({ x, y }: Point): Point => ({ x: x * by, y: y * by });
  return [place(a), place(b), place(c), place(d)];
}

/** The quadrilateral whose sides are clearest, and which of them are the picture's edges. */
function clearestQuad(ground: Grey): { quad: Quad; isEdge: boolean[] } | undefined {
  const edges = edgesOf(ground);
  const found = findLines(ground, candidates);
  const lines = (side: Side) => [...found[side], edges[side]];
  let best: { quad: Quad; isEdge: boolean[]; score: number } | undefined;
  for (const top of lines("top"))
    for (const bottom of lines("bottom"))
      for (const left of lines("left"))
        for (const right of lines("right")) {
          const isEdge = [
            top === edges.top,
            right === edges.right,
            bottom === edges.bottom,
            left === edges.left,
          ];
          // Two sides that meet do not say how the board lies.
          if ((isEdge[0] || isEdge[2]) && (isEdge[1] || isEdge[3])) continue;
          const quad = quadOf(top, right, bottom, left);
          if (!quad || !isPlausible(quad, ground, leastArea)) continue;
          const support = supportOf(
            sidesOf(quad).filter((_, index) => !isEdge[index]),
            ground,
          );
          if (support < leastSupport) continue;
          const score = support * areaOf(quad) ** 0.25 * edgeWorth ** isEdge.filter(Boolean).length;
          if (!best || score > best.score) best = { quad, isEdge, score };
        }
  return best;
}

/** The picture's own edges. */
function edgesOf({ width, height }: Size): Record<Side, Line> {
  return {
    left: { cos: 1, sin: 0, distance: 0 },
    top: { cos: 0, sin: 1, distance: 0 },
    right: { cos: -1, sin: 0, distance: -width },
    bottom: { cos: 0, sin: -1, distance: -height },
  };
}

/** The share of the least clear side that is brighter inside than outside. */
function supportOf(sides: QuadSide[], ground: Grey): number {
  let least = 1;
  for (const side of sides) {
    least = Math.min(least, supportOfSide(side, ground));
    if (least < leastSupport) break;
  }
  return least;
}

function supportOfSide(side: QuadSide, ground: Grey): number {
  const samples = 48;
  const across = Math.max(ground.width, ground.height);
  let [clear, bright] = [0, 0];
  for (let sample = 1; sample < samples; sample++) {
    const share = sample / samples;
    const light = (away: number) => levelAt(ground, pointOn(side, share, away * across));
    const [inside, outside] = [light(near), light(-near)];
    if (outside < inside * darker && light(-far) < inside * darker) clear++;
    if (outside > inside * asBright) bright++;
  }
  return bright > samples * mostBright ? 0 : clear / (samples - 1);
}
