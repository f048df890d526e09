import { controlNames, quoteText, ratioWords, someOf } from "../../checks/words.js";
import { isWithin } from "../../measure/boxes.js";
import type { Change, ChangeKind } from "../../measure/compare/comparison.js";
import type { Measurement } from "../../measure/measurement.js";
import type { Box, Substance } from "../../report.js";
import type { PreparedInput } from "../workflow.js";
import { consequencesOf } from "./consequences.js";

/** A measured change with a number, its name, and what follows from it. */
export interface Region {
  /** D1, D2, … from top to bottom. */
  id: string;
  change: Change;
  /** Its words or what it is: “button “Pay now””; “a region” where nothing was read. */
  name: string;
  /** What was measured, in a few words each. */
  facts: string[];
  /** What makes it substantive by measure; empty when nothing does. */
  consequences: string[];
}

/** Kinds that alter what a person reads or sees: without a person's or a model's eye they count as substantive. */
const alters: ReadonlySet<ChangeKind> = new Set(["added", "removed", "retexted", "imageChanged"]);

/** What a region counts as, by what was measured alone. */
export const substanceOf = ({ change: { kind }, consequences }: Region): Substance =>
  consequences.length > 0 || alters.has(kind) ? "substantive" : "cosmetic";

/** What only stands elsewhere is no change of its own. */
export const isShifted = ({ kind }: Change): boolean => kind === "shifted";

/** The changes as regions, joined to the marks that they touch. */
export function regionsOf(
  changes: readonly Change[],
  before: PreparedInput,
  after: PreparedInput,
  scale: number,
): Region[] {
  return changes.map((change, index) => ({
    id: `D${index + 1}`,
    change,
    name: nameOf(change, before.measurement, after.measurement),
    facts: factsOf(change, before, after, scale),
    consequences: consequencesOf(change, before.measurement, after.measurement),
  }));
}

function nameOf({ kind, before: was, after: is }: Change, before: Measurement, after: Measurement): string {
  if (kind === "canvas") return "the picture itself";
  const place = is ?? was;
  if (!place) return "the picture";
  const { texts, controls } = is ? after : before;
  const inside = texts.filter(({ box, text }) => text !== "" && isWithin(box, place));
  const words = inside.map(({ text }) => quoteText(text));
  // Of several, it is a part of the page that holds them.
  const [control, another] = controls.filter(({ box }) => isWithin(box, place) || isWithin(place, box));
  if (control && !another) {
    const own = texts.filter(({ box, text }) => text !== "" && isWithin(box, control.box));
    return [controlNames[control.kind].one, ...own.map(({ text }) => quoteText(text)).slice(0, 2)].join(" ");
  }
  return words.length > 0 ? someOf(words, ", ", 3) : "a region";
}

/** The region's title: what became of it, and its name. */
export function titleOf({ change, name }: Region): string {
  const { kind, words } = change;
  switch (kind) {
    case "added":
      return `Added: ${name}`;
    case "removed":
      return `Removed: ${name}`;
    case "moved":
      return `Moved: ${name}`;
    case "resized":
      return `Resized: ${name}`;
    case "recoloured":
      return `Recoloured: ${name}`;
    case "retexted":
      return words
        ? `Re-worded: ${quoteText(words.before)} → ${quoteText(words.after)}`
        : `Re-worded: ${name}`;
    case "restyled":
      return `Restyled: ${name}`;
    case "imageChanged":
      return `Image changed: ${name}`;
    case "shifted":
      return `Shifted: ${name}`;
    case "canvas":
      return "The picture has another size";
  }
}

function factsOf(
  change: Change,
  { picture: was }: PreparedInput,
  { picture: is }: PreparedInput,
  scale: number,
): string[] {
  const { kind, by, before, after, colours = [], contrast, words, style = [], differing } = change;
  if (kind === "canvas") return canvasFacts(is.width - was.width * scale, is.height - was.height * scale);
  return [
    ...(by && (by.x !== 0 || by.y !== 0) ? [`moved by ${movement(by)}`] : []),
    ...(kind === "resized" && before && after
      ? [`${sizeOf(scaled(before, scale))} → ${sizeOf(after)} px`]
      : []),
    ...(words && words.before !== words.after ? [wordsOf(words)] : []),
    ...style.map(({ of, from, to }) => `${styleWords[of]} ${rounded(from)} → ${rounded(to)} px`),
    ...colours.map(
      ({ of, from, to, deltaE }) => `${colourWords[of]} ${from} → ${to} (ΔE ${rounded(deltaE)})`,
    ),
    ...(contrast ? [`contrast ${ratioWords(contrast.before)} → ${ratioWords(contrast.after)}`] : []),
    kind === "added" || kind === "removed"
      ? `${sizeOf(after ?? before ?? nowhere)} px`
      : `${Math.max(1, Math.round(differing * 100))} % of its pixels differ`,
  ];
}

/** What the words were and are; of what was added or removed, the words. */
const wordsOf = ({ before, after }: { before: string; after: string }): string =>
  [before, after]
    .filter((text) => text !== "")
    .map(quoteText)
    .join(" → ");

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };
const styleWords = { size: "letters", weight: "strokes" } as const;
const colourWords = { ink: "colour", ground: "ground" } as const;

function canvasFacts(wider: number, taller: number): string[] {
  const across = `${rounded(Math.abs(wider))} px ${wider > 0 ? "wider" : "narrower"}`;
  const down = `${rounded(Math.abs(taller))} px ${taller > 0 ? "taller" : "shorter"}`;
  return [...(Math.round(wider) === 0 ? [] : [across]), ...(Math.round(taller) === 0 ? [] : [down])];
}

/** A movement as people say it. Pixels. */
export function movement({ x, y }: { x: number; y: number }): string {
  const across = `${rounded(Math.abs(x))} px ${x > 0 ? "right" : "left"}`;
  const down = `${rounded(Math.abs(y))} px ${y > 0 ? "down" : "up"}`;
  const both = [...(rounded(x) === 0 ? [] : [across]), ...(rounded(y) === 0 ? [] : [down])];
  return both.length === 0 ? "less than a tenth of a px" : both.join(", ");
}

const rounded = (number: number): number => Math.round(number * 10) / 10;
const sizeOf = ({ width, height }: Box): string => `${Math.round(width)} × ${Math.round(height)}`;

export const scaled = ({ x, y, width, height }: Box, scale: number): Box => ({
  x: x * scale,
  y: y * scale,
  width: width * scale,
  height: height * scale,
});
