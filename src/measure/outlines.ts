import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { type Colour, contrastRatio, differenceOf } from "./colour.js";
import type { Patches } from "./patches.js";

/** Something that stands within an outline. */
export interface Content extends Box {
  /** How much of its box it fills, of 1. */
  share: number;
}

/** A patch with the shape of a control: a rectangle, its corners square or round, up to a circle. */
export interface Outline {
  /** With its border. Pixels of the picture. */
  box: Box;
  /** What lies within the border. */
  inner: Box;
  /** Its number among the patches. */
  patch: number;
  fill: Colour;
  /** The strongest colour between what is within and what surrounds it; undefined where there is none. */
  border: Colour | undefined;
  /** What it stands on. */
  ground: Colour;
  /** Of its corners, the median. Pixels. */
  radius: number;
  /** How much of what lies within the border has its colour, of 1. */
  share: number;
  /** The boxes of what stands within, from left to right: words that stand close are one. */
  content: Content[];
}

/** Grounds further apart are two. Levels of 255. */
const otherGround = 40;
/** Sizes in CSS pixels. */
const sizes = { smallest: 5, widest: 1400, highest: 420, thickestBorder: 4 };

/**
 * The patches that look like a control's: edges on all sides, straight but for the corners, that can be seen.
 *
 * @param ratio pixels of the picture for each CSS pixel
 */
export function findOutlines(pixels: Rgb, patches: Patches, ratio: number): Outline[] {
  const found: Outline[] = [];
  // A border of the smallest has so many pixels; most patches are crumbs of letters, with fewer.
  const fewest = 4 * sizes.smallest * ratio - 4;
  for (let patch = 0; patch < patches.count; patch++) {
    if (patches.areaOf(patch) < fewest) continue;
    const inner = patches.boxOf(patch);
    if (Math.min(inner.width, inner.height) < sizes.smallest * ratio) continue;
    if (inner.height > sizes.highest * ratio || inner.width > sizes.widest * ratio) continue;
    const share = patches.areaOf(patch) / (inner.width * inner.height);
    const goesRound = share < 0.45 && goesAround(patches, patch, inner);
    if (share < 0.2 && !goesRound) continue;
    const insets = insetsOf(patches, patch, inner);
    const radius = cornerRadius(insets, inner, ratio);
    if (radius === undefined) continue;
    const outline = withBorder(pixels, patches, patch, inner, ratio);
    if (!outline) continue;
    const within = { patches, inner, insets, ratio };
    if (!goesRound || contrastRatio(outline.fill, outline.ground) < 1.1) {
      found.push({ ...outline, radius, share, content: contentOf(within, (one) => one === patch) });
      continue;
    }
    // A border. Within it, a shiny button has several colours from top to bottom, each from side to side.
    const isGround = (one: number) => one === patch || patches.boxOf(one).width >= inner.width * 0.6;
    const [x, y] = [inner.x + Math.round(inner.width * 0.1) + 1, inner.y + Math.round(inner.height * 0.6)];
    const content = contentOf(within, isGround);
    found.push({ ...outline, fill: colourAt(pixels, x, y), border: outline.fill, radius, share: 1, content });
  }
  return found;
}

/** Whether a patch is the border of its box: it runs along all four sides, one pixel in at most. */
function goesAround(patches: Patches, patch: number, { x, y, width, height }: Box): boolean {
  const isThere = (share: number, down: boolean, end: boolean): boolean =>
    [0, 1].some((deep) => {
      const across = down ? (end ? width - 1 - deep : deep) : Math.round((width - 1) * share);
      const along = down ? Math.round((height - 1) * share) : end ? height - 1 - deep : deep;
      return patches.at(x + across, y + along) === patch;
    });
  return [0.3, 0.4, 0.5, 0.6, 0.7].every((share) =>
    [true, false].every((down) => isThere(share, down, false) && isThere(share, down, true)),
  );
}

/** How far the ends of a row are from the patch's box, left and right. Pixels. */
type Insets = [number, number];

function insetsOf(patches: Patches, patch: number, { x, y, width, height }: Box): Insets[] {
  const insets: Insets[] = [];
  for (let row = y; row < y + height; row++) {
    let left = 0;
    while (left < width && patches.at(x + left, row) !== patch) left++;
    let right = 0;
    while (right < width - left && patches.at(x + width - 1 - right, row) !== patch) right++;
    insets.push([left, right]);
  }
  return insets;
}

/** The radius of its corners, or undefined for what has another shape. */
function cornerRadius(insets: readonly Insets[], box: Box, ratio: number): number | undefined {
  const slack = 1 + 0.5 * ratio;
  const half = Math.ceil(box.height / 2);
  const most = Math.min(box.width, box.height) / 2;
  const corners = [insets, [...insets].reverse()].flatMap((rows) =>
    ([0, 1] as const).map((side) => {
      const curve = rows.slice(0, half).map((row) => row[side]);
      const first = curve[0] ?? 0;
      const straight = curve.findIndex((inset) => inset <= 0.5);
      // A circle is nearly straight long before its middle: of the radii that it may have, the one that fits.
      const radii = [first + 0.5 + Math.sqrt(first + 0.25), straight, most, 0].filter(
        (radius) => radius >= 0 && radius <= most + slack,
      );
      const fits = radii.map((radius) => ({ radius, off: offShare(curve, radius, slack) }));
      return fits.sort((one, other) => one.off - other.off)[0] ?? { radius: 0, off: 1 };
    }),
  );
  if (corners.some(({ off }) => off > 0.21)) return undefined;
  return corners.map(({ radius }) => radius).sort((one, other) => one - other)[2];
}

/** The share of rows whose inset is not that of a round corner. */
function offShare(curve: readonly number[], radius: number, slack: number): number {
  const off = curve.filter((inset, row) => {
    const rise = Math.max(0, radius - row - 0.5);
    return Math.abs(inset - (radius - Math.sqrt(radius * radius - rise * rise))) > slack;
  });
  return off.length / curve.length;
}

/** The patch with its border and what surrounds it; undefined where three sides do not show it. */
function withBorder(
  pixels: Rgb,
  patches: Patches,
  patch: number,
  inner: Box,
  ratio: number,
): Omit<Outline, "radius" | "content" | "share"> | undefined {
  const thickest = Math.ceil(sizes.thickestBorder * ratio) + 1;
  const right = inner.x + inner.width - 1;
  const bottom = inner.y + inner.height - 1;
  const isOutside = (x: number, y: number): boolean => {
    const other = patches.at(x, y);
    const box = patches.boxOf(other);
    return (
      box.x < inner.x - thickest ||
      box.y < inner.y - thickest ||
      box.x + box.width - 1 > right + thickest ||
      box.y + box.height - 1 > bottom + thickest
    );
  };
  const sides = [
    { x: inner.x, dx: -1, y: undefined, dy: 0 },
    { x: right, dx: 1, y: undefined, dy: 0 },
    { x: undefined, dx: 0, y: inner.y, dy: -1 },
    { x: undefined, dx: 0, y: bottom, dy: 1 },
  ].map(({ x, y, dx, dy }) => {
    const walks = [0.4, 0.5, 0.6].map((share) => {
      const from = {
        x: x ?? Math.round(inner.x + (inner.width - 1) * share),
        y: y ?? Math.round(inner.y + (inner.height - 1) * share),
      };
      for (let step = 1; step <= thickest; step++) {
        const [toX, toY] = [from.x + dx * step, from.y + dy * step];
        if (toX < 0 || toY < 0 || toX >= patches.width || toY >= patches.height) return undefined;
        if (isOutside(toX, toY))
          return {
            thick: step - 1,
            ground: colourAt(pixels, toX, toY),
            ...between(pixels, patches, inner, from, { dx, dy }, step),
          };
      }
      return undefined;
    });
    const known = walks.filter((walk) => walk !== undefined).sort((a, b) => a.thick - b.thick);
    return known[known.length >> 1];
  });
  const seen = sides.filter((side) => side !== undefined);
  if (seen.length < 4) return undefined;
  const [left, end, top, foot] = seen;
  if (!left || !end || !top || !foot) return undefined;
  const fill = colourAt(pixels, ...middleOf(patches, patch, inner));
  const standsOut = seen.filter(
    ({ ground, strongest }) =>
      Math.max(contrastRatio(fill, ground), strongest ? contrastRatio(strongest, ground) : 1) > 1.04,
  );
  if (standsOut.length < 3) return undefined;
  // Between the bars of a chart and its grid, things of several kinds surround what is no thing.
  const aside = [left.ground, end.ground].every((ground) => differenceOf(ground, top.ground) > otherGround);
  if (aside && differenceOf(fill, top.ground) <= otherGround) return undefined;
  // A border that is raised or sunken has two colours: the one that stands out more counts.
  const borders = seen
    .flatMap(({ strongest }) => (strongest ? [strongest] : []))
    .sort((one, other) => contrastRatio(other, top.ground) - contrastRatio(one, top.ground));
  return {
    patch,
    inner,
    fill,
    ground: top.ground,
    border: borders.length >= 2 ? borders[1] : undefined,
    box: {
      x: inner.x - left.thick,
      y: inner.y - top.thick,
      width: inner.width + left.thick + end.thick,
      height: inner.height + top.thick + foot.thick,
    },
  };
}

/**
 * The colour between a patch and its surroundings that is no blend of the two: it goes all around, or lies beyond
 * both. Undefined where there is none.
 */
function between(
  pixels: Rgb,
  patches: Patches,
  inner: Box,
  from: { x: number; y: number },
  way: { dx: number; dy: number },
  steps: number,
): { strongest: Colour | undefined } {
  const inside = colourAt(pixels, from.x, from.y);
  const outside = colourAt(pixels, from.x + way.dx * steps, from.y + way.dy * steps);
  let [strongest, most]: [Colour | undefined, number] = [undefined, 8];
  for (let step = 1; step < steps; step++) {
    const [x, y] = [from.x + way.dx * step, from.y + way.dy * step];
    const colour = colourAt(pixels, x, y);
    const ring = patches.boxOf(patches.at(x, y));
    if (ring.width > inner.width && ring.height > inner.height) return { strongest: colour };
    const beyond = colour.reduce((sum, value, channel) => {
      const [one, other] = [inside[channel] ?? 0, outside[channel] ?? 0];
      return sum + Math.max(0, Math.min(one, other) - value, value - Math.max(one, other));
    }, 0);
    if (beyond > most) [strongest, most] = [colour, beyond];
  }
  return { strongest };
}

/** A pixel of the patch, as near to its middle as there is one on its middle row. */
function middleOf(patches: Patches, patch: number, { x, y, width, height }: Box): [number, number] {
  const [across, down] = [Math.round(x + width / 2), Math.round(y + height / 2)];
  for (let off = 0; off < width; off++)
    for (const index of [across - off, across + off])
      if (index >= x && index < x + width && patches.at(index, down) === patch) return [index, down];
  return [across, down];
}

/** What stands within a patch, in groups that are further apart than words. */
function contentOf(
  {
    patches,
    inner,
    insets,
    ratio,
  }: { patches: Patches; inner: Box; insets: readonly Insets[]; ratio: number },
  isGround: (patch: number) => boolean,
): Content[] {
  const margin = Math.max(1, Math.round(ratio));
  const [top, bottom] = [inner.y + margin, inner.y + inner.height - margin];
  const columns: Array<{ x: number; top: number; bottom: number; count: number }> = [];
  for (let x = inner.x + margin; x < inner.x + inner.width - margin; x++) {
    let [first, last, count] = [bottom, -1, 0];
    for (let y = top; y < bottom; y++) {
      if (isGround(patches.at(x, y))) continue;
      const [left, right] = insets[y - inner.y] ?? [0, 0];
      if (x < inner.x + left || x >= inner.x + inner.width - right) continue;
      first = Math.min(first, y);
      last = y;
      count++;
    }
    if (last >= 0) columns.push({ x, top: first, bottom: last + 1, count });
  }
  const apart = Math.max(6 * ratio, inner.height * 0.28);
  const groups: Array<Box & { count: number }> = [];
  for (const column of columns) {
    const group = groups.at(-1);
    if (!group || column.x - group.x - group.width > apart) {
      groups.push({
        x: column.x,
        y: column.top,
        width: 1,
        height: column.bottom - column.top,
        count: column.count,
      });
      continue;
    }
    const end = Math.max(group.y + group.height, column.bottom);
    group.y = Math.min(group.y, column.top);
    group.width = column.x - group.x + 1;
    group.height = end - group.y;
    group.count += column.count;
  }
  return groups
    .filter(({ width, height }) => width * height > 2 * ratio * ratio)
    .map(({ count, ...box }) => ({ ...box, share: count / (box.width * box.height) }));
}

/** The colour of a pixel. */
export function colourAt({ data, width }: Rgb, x: number, y: number): Colour {
  const index = (y * width + x) * 3;
  return [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0];
}

/** Whether two colours may be one, smoothed a little. */
export const isNear = (one: Colour, other: Colour): boolean =>
  one.every((value, channel) => Math.abs(value - (other[channel] ?? 0)) <= 24);

/** A circle, or a pill. */
export const isRound = ({ inner, radius }: Outline): boolean =>
  radius > Math.min(inner.width, inner.height) * 0.36;
