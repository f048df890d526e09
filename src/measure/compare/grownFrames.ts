import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import type { Change } from "./comparison.js";
import type { Explanation } from "./explain.js";
import { boxAfter } from "./facing.js";
import type { Gap } from "./gaps.js";
import type { Scene } from "./scene.js";

/** A ground that takes up more of the picture is the page's own. */
const mostOfPicture = 0.6;
/** Shorter stretches of one colour are parts of letters. Pixels. */
const shortest = 6;

/**
 * Frames through which lines were inserted or removed that hold nothing: a button, a field, a card became taller or
 * wider. Of several that hold each other, the innermost; of several side by side, the one in which something moved.
 */
export function grownFrames(scene: Scene, { gaps, facings }: Explanation): Change[] {
  const found = gaps.flatMap((gap) => framesAt(scene, gap));
  const different = found.filter(
    (one, index) => found.findIndex((other) => sameBox(one.after, other.after)) === index,
  );
  const movesIn = ({ after }: Frame) => facings.filter((facing) => isInside(boxAfter(facing), after)).length;
  const [best] = different.sort(
    (one, other) => movesIn(other) - movesIn(one) || areaOf(one.after) - areaOf(other.after),
  );
  return best ? [{ kind: "resized", ...best, differing: 1 }] : [];
}

interface Frame {
  before: Box;
  after: Box;
}

const areaOf = ({ width, height }: Box): number => width * height;
const sameBox = (one: Box, other: Box): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
const isInside = (one: Box, whole: Box): boolean =>
  one.x >= whole.x - 16 &&
  one.y >= whole.y - 16 &&
  one.x + one.width <= whole.x + whole.width + 16 &&
  one.y + one.height <= whole.y + whole.height + 16;

function framesAt(scene: Scene, { axis, before, after }: Gap): Frame[] {
  const length = axis === "rows" ? after.height - before.height : after.width - before.width;
  if (length === 0 || isOfCanvas(scene, axis, before, after)) return [];
  const grew = length > 0;
  const [long, short] = grew ? [after, before] : [before, after];
  const [picture, other] = grew ? [scene.after, scene.before] : [scene.before, scene.after];
  const byRow = axis === "rows";
  const line = byRow ? long.y + (long.height >> 1) : long.x + (long.width >> 1);
  const [start, end] = byRow ? [long.x, long.x + long.width] : [long.y, long.y + long.height];
  return runsOf(picture, byRow, line, start, end).flatMap((middle) => {
    const [x, y] = byRow ? [middle, line] : [line, middle];
    const frame = flood(picture, x, y);
    const counterpart = byRow
      ? flood(other, middle - long.x + short.x, short.y)
      : flood(other, short.x, middle - long.y + short.y);
    if (!frame || !counterpart) return [];
    // The other way, it is as long as it was.
    const [one, two] = byRow ? [frame.width, counterpart.width] : [frame.height, counterpart.height];
    const [was, is] = byRow ? [counterpart.height, frame.height] : [counterpart.width, frame.width];
    if (Math.abs(one - two) > 2 || was === is) return [];
    return [grew ? { before: counterpart, after: frame } : { before: frame, after: counterpart }];
  });
}

/** A canvas that is narrower squeezes what is on it; and what enters at its end is no frame. */
function isOfCanvas(scene: Scene, axis: Gap["axis"], before: Box, after: Box): boolean {
  if (axis === "columns")
    return (
      scene.before.width !== scene.after.width || after.x === 0 || after.x + after.width >= scene.after.width
    );
  return after.y === 0 || before.y === 0 || after.y + after.height >= scene.after.height;
}

/** The middles of the stretches of one colour along a line. */
function runsOf(picture: Rgb, byRow: boolean, line: number, start: number, end: number): number[] {
  const middles: number[] = [];
  const at = (place: number) => (byRow ? line * picture.width + place : place * picture.width + line);
  let from = start;
  for (let place = start + 1; place <= end; place++) {
    if (place < end && isAlike(picture.data, at(place), at(from))) continue;
    if (place - from >= shortest) middles.push((from + place) >> 1);
    from = place;
  }
  return middles;
}

function isAlike(data: Uint8Array, one: number, other: number): boolean {
  return (
    Math.abs((data[one * 3] ?? 0) - (data[other * 3] ?? 0)) <= 3 &&
    Math.abs((data[one * 3 + 1] ?? 0) - (data[other * 3 + 1] ?? 0)) <= 3 &&
    Math.abs((data[one * 3 + 2] ?? 0) - (data[other * 3 + 2] ?? 0)) <= 3
  );
}

/** The box around everything of one colour that hangs together with a pixel; undefined where that is the page. */
function flood({ data, width, height }: Rgb, x: number, y: number): Box | undefined {
  if (x < 0 || y < 0 || x >= width || y >= height) return undefined;
  const seen = new Uint8Array(width * height);
  const first = y * width + x;
  const stack = [first];
  seen[first] = 1;
  let [left, right, top, bottom] = [x, x, y, y];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const [column, row] = [place % width, Math.floor(place / width)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    const visit = (next: number, isThere: boolean) => {
      if (!isThere || seen[next] || !isAlike(data, next, first)) return;
      seen[next] = 1;
      stack.push(next);
    };
    visit(place - 1, column > 0);
    visit(place + 1, column + 1 < width);
    visit(place - width, row > 0);
    visit(place + width, row + 1 < height);
  }
  const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  return areaOf(box) > width * height * mostOfPicture ? undefined : box;
}
