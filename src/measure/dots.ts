import type { Box } from "../report.js";
import { differenceOf } from "./colour.js";
import type { Letter } from "./letters.js";
import { joinNeighbours, type Run, runOf } from "./runs.js";

/** Larger dots are bullets or pictures of something. Pixels. */
const largest = 9;
/** The dots of a colon and of an ellipsis stand at most so far apart, as shares of their size. */
const gap = { colon: 4, ellipsis: 3 };
/** The dots of a sign have one colour. Levels of 255: small ones are blurred. */
const sameInk = 40;

/** Whether this is a dot: as high as it is wide, small, and filled. */
const isDot = ({ width, height, pixels }: Letter): boolean =>
  Math.max(width, height) <= Math.min(largest, Math.min(width, height) + 2) && pixels >= width * height * 0.7;

const areAsLarge = (one: Letter, other: Letter): boolean =>
  Math.abs(one.width - other.width) <= 1 && Math.abs(one.height - other.height) <= 1;

/** A dot that stands alone, in a box that holds those that it may belong to. */
interface LoneDot extends Box {
  run: Run;
  dot: Letter;
}

/** Joins the dots of colons and ellipses that nothing beside them has the colour of. */
export function joinDots(runs: readonly Run[]): Run[] {
  const dots: LoneDot[] = [];
  const rest: Run[] = [];
  for (const run of runs) {
    const [dot] = run.letters;
    if (run.letters.length !== 1 || !dot || !isDot(dot)) {
      rest.push(run);
      continue;
    }
    const { x, y, width, height } = dot;
    const reach = height * gap.colon;
    dots.push({ x, y: y - reach, width, height: height + 2 * reach, run, dot });
  }
  const groups = joinNeighbours(dots, ({ dot: left }, { dot: right }) => belongTogether(left, right));
  return [...rest, ...groups.map((group) => runOf(group.map(({ dot }) => dot)))];
}

function belongTogether(left: Letter, right: Letter): boolean {
  if (!areAsLarge(left, right) || differenceOf(left.ink, right.ink) > sameInk) return false;
  const [across, down] = [Math.abs(left.x - right.x), Math.abs(left.y - right.y)];
  return (
    (across <= 1 && down <= left.height * (gap.colon + 1)) ||
    (down <= 1 && across <= left.width * (gap.ellipsis + 1))
  );
}

/** Whether these are the dots or dashes of a line. */
export function isDotted({ letters, width, height }: Run): boolean {
  const [first] = letters;
  if (letters.length < 4 || !first) return false;
  return (
    (height <= 3 && width >= height * 8) ||
    letters.every((letter) => isDot(letter) && areAsLarge(letter, first))
  );
}
