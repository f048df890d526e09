import { overlapOf } from "../measure/boxes.js";
import { contrastRatio, fromHex } from "../measure/colour.js";
import type { ColourShare } from "../measure/colourShares.js";
import { deficiencies, deltaE, simulated } from "../measure/colourVision.js";
import type { Measurement } from "../measure/measurement.js";
import type { Box, Contrast, ControlMark, TextMark } from "../report.js";
import { placeOf } from "./pictures.js";

/** Marks as agents read them: in few letters, since there may be hundreds. */

/** Cut, not rounded: 4.499 is no 4.5. */
const cut = (ratio: number): number => Math.floor(ratio * 100) / 100;
const short = (value: number): number => Math.round(value * 10) / 10;

export const textRow = ({ id, text, box, fontSize, bold, confidence, contrast }: TextMark) => ({
  id,
  text,
  at: placeOf(box),
  certainty: Math.round(confidence),
  fontSize: short(fontSize),
  ...(bold ? { bold } : {}),
  ...contrastOf(contrast),
});

function contrastOf(contrast: Contrast): object {
  const { low, high } = contrast;
  const between = low === undefined || high === undefined ? {} : { between: [cut(low), cut(high)] };
  if (contrast.status === "unmeasured") return { contrast: null, why: contrast.reason, ...between };
  const { worst, best, needed, passes, foreground, background, passing } = contrast;
  return {
    contrast: cut(worst),
    ...(best > worst * 1.03 ? { best: cut(best) } : {}),
    ...(passes ? {} : between),
    needed,
    passes,
    foreground,
    background,
    ...(passing ? { passing } : {}),
  };
}

export const controlRow = ({ id, kind, box, width, height, target, boundary, gap }: ControlMark) => ({
  id,
  kind,
  at: placeOf(box),
  size: [short(width), short(height)],
  ...(target ? { target: [short(target.width), short(target.height)] } : {}),
  boundary: cut(boundary),
  ...(Number.isFinite(gap) ? { gap: short(gap) } : {}),
});

/** Whether some of a place lies in a region; every place does where there is none. */
export function touches(box: Box, region: Box | undefined): boolean {
  if (!region) return true;
  const { across, down } = overlapOf(box, region);
  return across > 0 && down > 0;
}

/** What defects there are, as agents read them. */
export const defectRows = ({ defects = [] }: Measurement, region: Box | undefined) =>
  defects
    .filter(({ box }) => touches(box, region))
    .map(({ kind, box, by }) => ({ kind, at: placeOf(box), ...(by === undefined ? {} : { by: short(by) }) }));

/** Pairs of colours are told of the most frequent ones. */
const mostPaired = 5;

/** Of colours that are nearly as far apart to those who lack cones as to others, nothing is told. */
const lostShare = 0.8;

/** The colours of a region; how each stands out from the most frequent one, and which are nearer to each other to whom. */
export function colourRows(colours: readonly ColourShare[]) {
  const [ground, ...others] = colours;
  const paired = colours.slice(0, mostPaired).map(({ colour }) => colour);
  return {
    colours: colours.map(({ colour, share }) => ({ colour, share: Math.round(share * 1000) / 1000 })),
    contrasts: ground
      ? others.map(({ colour }) => ({
          between: [ground.colour, colour],
          ratio: cut(contrastRatio(fromHex(ground.colour), fromHex(colour))),
        }))
      : [],
    colourVision: paired.flatMap((one, index) =>
      paired.slice(index + 1).flatMap((other) => {
        const [a, b] = [fromHex(one), fromHex(other)];
        const usual = deltaE(a, b);
        const seen = deficiencies.map((deficiency) => ({
          deficiency,
          difference: deltaE(simulated(a, deficiency), simulated(b, deficiency)),
        }));
        if (seen.every(({ difference }) => difference > usual * lostShare)) return [];
        const differences = seen.map(({ deficiency, difference }) => [deficiency, hundredth(difference)]);
        return [{ between: [one, other], usual: hundredth(usual), ...Object.fromEntries(differences) }];
      }),
    ),
  };
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;

/** More marks than this have too many distances to be told. */
const mostSpaced = 60;

/**
 * From each mark of a region to the next one on its right and the next one below, edge to edge.
 *
 * @param pixelRatio pixels of the picture for each CSS pixel
 */
export function distanceRows(marks: ReadonlyArray<{ id: string; box: Box }>, pixelRatio: number) {
  const some = marks.slice(0, mostSpaced);
  return some.flatMap(({ id, box }) =>
    (["right", "below"] as const).flatMap((direction) => {
      const next = some
        .filter((other) => other.id !== id)
        .map((other) => ({ id: other.id, pixels: wayTo(other.box, box, direction) }))
        .filter((way): way is { id: string; pixels: number } => way.pixels !== undefined)
        .sort((a, b) => a.pixels - b.pixels)[0];
      return next
        ? [
            {
              from: id,
              to: next.id,
              direction,
              px: short(next.pixels),
              cssPx: short(next.pixels / pixelRatio),
            },
          ]
        : [];
    }),
  );
}

/** How far a place is on the right of or below another that it faces; undefined where it is not. */
function wayTo(other: Box, box: Box, direction: "right" | "below"): number | undefined {
  const { across, down } = overlapOf(box, other);
  if (direction === "right") return down > 0 && other.x >= box.x + box.width ? -across : undefined;
  return across > 0 && other.y >= box.y + box.height ? -down : undefined;
}
