import { overlapOf } from "../measure/boxes.js";
import { type Colour, contrastRatio, hex, nearestPassing, toOklab } from "../measure/colour.js";
import { lettersIn } from "../measure/text.js";
import type { Confidence, ControlMark, TextMark } from "../report.js";
import type { Alike, Check, MeasuredText } from "./check.js";
import { contrastWords, placeWords, quoteText, ratioWords, someOf } from "./words.js";

const claim = (value: number): string =>
  value > 0 ? `Claimed: about ${value}:1.` : "Claimed: too little contrast.";

/** @param needed the least ratio, by what 1.4.3 asks of the same text */
const contrastCheck = (
  criterion: string,
  needed: (text: MeasuredText) => number,
): Omit<Check<MeasuredText>, "verdict"> => ({
  criterion,
  rank: (text) => text.contrast.worst / needed(text),
  words: contrastWords,
  needed: (text) => `${needed(text)}:1 is needed`,
  claim,
});

/** @see https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html */
export const minimumContrast: Check<MeasuredText> = {
  ...contrastCheck("1.4.3", ({ contrast }) => contrast.needed),
  // What is near this threshold is not measured at all: a measured text has its verdict.
  verdict: ({ contrast }) => (contrast.passes ? "passes" : "fails"),
  findings: {
    covers: () => true,
    groupBy: ({ contrast }) => String(contrast.needed),
    split: byColours,
    describe: (alike, { controls }) => {
      const perhapsDisabled = alike.every((text) => isGreyInControl(text, controls));
      const certainty = certaintyOf(alike);
      const [{ contrast }] = alike;
      return {
        ...paleText(alike, contrast.needed, perhapsDisabled ? " A disabled control is exempt." : ""),
        confidence: perhapsDisabled && certainty === "high" ? "medium" : certainty,
        impact: contrast.worst < 3 ? "serious" : "moderate",
      };
    },
  },
};

const enhanced = ({ contrast }: MeasuredText): number => (contrast.needed === 3 ? 4.5 : 7);

/** @see https://www.w3.org/WAI/WCAG22/Understanding/contrast-enhanced.html */
export const enhancedContrast: Check<MeasuredText> = {
  ...contrastCheck("1.4.6", enhanced),
  verdict: (text) => {
    const { worst, low = worst, high = worst } = text.contrast;
    return high < enhanced(text) ? "fails" : low >= enhanced(text) ? "passes" : "unsure";
  },
  findings: {
    // What fails 1.4.3 is a finding of that.
    covers: ({ contrast }) => contrast.passes,
    doubt: "Too close to the threshold to tell in this picture",
    groupBy: (text) => String(enhanced(text)),
    split: byColours,
    describe: (alike) => ({
      ...paleText(alike, enhanced(alike[0]), ""),
      confidence: certaintyOf(alike),
      impact: "minor",
    }),
  },
};

/** What is said of texts of one pair of colours: the first has the colours that they most likely have in the code. */
function paleText(alike: Alike<MeasuredText>, needed: number, exception: string) {
  const [first] = alike;
  const { worst, foreground, background } = first.contrast;
  const others = new Set(alike.map(({ contrast }) => contrast.foreground)).size - 1;
  const spread = others > 0 ? ` Measured in ${others + 1} shades: most likely all are ${foreground}.` : "";
  const large = needed === 3 ? " for large text" : "";
  return {
    title:
      alike.length === 1
        ? `Text ${nameOf(first)} has a contrast of ${ratioWords(worst)}`
        : `${alike.length} texts such as ${nameOf(first)} have a contrast of ${ratioWords(worst)}`,
    where: someOf(alike.map(nameOf), ", "),
    problem: `${alike.length === 1 ? "It has" : `${alike.length} texts have`} ${contrastWords(first)}; ${needed}:1 is needed${large}.${spread}${exception}`,
    affected: "People with low vision, and anyone in bright light.",
    fix: fixFor(foreground, background, needed),
  };
}

/** The nearest colours that pass, of the text and of what it stands on, with their ratios. */
function fixFor(foreground: string, background: string, needed: number): string {
  const [text, ground] = [colourOf(foreground), colourOf(background)];
  const candidates = [
    { colour: nearestPassing(text, ground, needed), on: ground, words: "for the text" },
    { colour: nearestPassing(ground, text, needed), on: text, words: "for what it stands on" },
  ].flatMap(({ colour, on, words }) => {
    const ratio = contrastRatio(colour, on);
    return ratio >= needed ? [`${hex(colour)} ${words} (${ratioWords(ratio)})`] : [];
  });
  if (candidates.length === 0) return "Use other colours for both: no change of one of them suffices.";
  return `Instead of ${foreground} on ${background}, use ${candidates.join(", or ")}.`;
}

/** Colours that are nearer than this are most likely one: JPEG and thin strokes shift them. OKLab, of 1. */
const sameColour = 0.02;

/**
 * Texts of one pair of colours, as it is written in the style sheet: those whose colours can hardly be told apart. The
 * pair that most texts have, and the largest letters, comes first.
 */
function byColours(alike: Alike<MeasuredText>): Alike<MeasuredText>[] {
  const pairOf = ({ contrast }: MeasuredText) => `${contrast.foreground} ${contrast.background}`;
  const counts = new Map<string, number>();
  for (const text of alike) counts.set(pairOf(text), (counts.get(pairOf(text)) ?? 0) + 1);
  const likeliestFirst = [...alike].sort(
    (a, b) => (counts.get(pairOf(b)) ?? 0) - (counts.get(pairOf(a)) ?? 0) || b.letterHeight - a.letterHeight,
  );
  const groups: [MeasuredText, ...MeasuredText[]][] = [];
  for (const text of likeliestFirst) {
    const own = groups.find(([first]) => haveSameColours(first, text));
    if (own) own.push(text);
    else groups.push([text]);
  }
  return groups;
}

const haveSameColours = ({ contrast: one }: MeasuredText, { contrast: other }: MeasuredText): boolean =>
  distanceOf(one.foreground, other.foreground) <= sameColour &&
  distanceOf(one.background, other.background) <= sameColour;

/** @see https://www.w3.org/TR/css-color-4/#color-difference-OK */
function distanceOf(one: string, other: string): number {
  const [a, b] = [toOklab(colourOf(one)), toOklab(colourOf(other))];
  return Math.hypot(a.lightness - b.lightness, a.a - b.a, a.b - b.b);
}

/** How sure it is that these are texts, by the one that OCR read best. Of 100. */
function certaintyOf(alike: Alike<TextMark>): Confidence {
  const isText = ({ text, confidence }: TextMark, few: number, many: number) =>
    lettersIn(text) > 0 && confidence >= (lettersIn(text) <= 3 ? few : many);
  if (alike.some((text) => isText(text, 80, 60))) return "high";
  // Icons that are read as words are read as few letters, and with doubt.
  return alike.some((text) => isText(text, 60, 30)) ? "medium" : "low";
}

/** Text that could not be read is named by its place. */
const nameOf = ({ text, box }: TextMark): string => (text === "" ? placeWords(box) : quoteText(text));

/** Whether a text may be the label of a disabled control: these are grey. */
function isGreyInControl({ box, contrast }: MeasuredText, controls: readonly ControlMark[]): boolean {
  const colour = colourOf(contrast.foreground);
  if (Math.max(...colour) - Math.min(...colour) > 16) return false;
  return controls.some(
    (control) =>
      overlapOf(control.box, box).across >= box.width && overlapOf(control.box, box).down >= box.height,
  );
}

/** Of `#rrggbb`. */
const colourOf = (text: string): Colour => [
  Number.parseInt(text.slice(1, 3), 16),
  Number.parseInt(text.slice(3, 5), 16),
  Number.parseInt(text.slice(5, 7), 16),
];
