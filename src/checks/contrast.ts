import { overlapOf } from "../measure/boxes.js";
import type { ControlMark, TextMark } from "../report.js";
import type { Check, MeasuredText } from "./check.js";
import { contrastWords, placeWords, quoteText, ratioWords } from "./words.js";

const claim = (value: number): string =>
  value > 0 ? `Claimed: about ${value}:1.` : "Claimed: too little contrast.";

/** @param needed the least ratio, by what 1.4.3 asks of the same text */
const contrastCheck = (criterion: string, needed: (text: MeasuredText) => number): Check<MeasuredText> => ({
  criterion,
  verdict: (text) => (text.contrast.worst < needed(text) ? "fails" : "passes"),
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
    // One pair of colours is one place in the style sheet.
    groupBy: ({ contrast }) => `${contrast.foreground} ${contrast.background} ${contrast.needed}`,
    describe: (alike, { controls }) => {
      const [first] = alike;
      const { worst, needed, foreground, background, passing } = first.contrast;
      const perhapsDisabled = alike.every((text) => isGreyInControl(text, controls));
      return {
        confidence: perhapsDisabled || alike.every(isHardlyRead) ? "medium" : "high",
        impact: worst < 3 ? "serious" : "moderate",
        title: `Text ${nameOf(first)} has a contrast of ${ratioWords(worst)}`,
        where: alike.slice(0, 8).map(nameOf).join(", "),
        problem: `${alike.length === 1 ? "It has" : `${alike.length} texts have`} ${contrastWords(first)}; ${needed}:1 is needed${needed === 3 ? " for large text" : ""}.${perhapsDisabled ? " A disabled control is exempt." : ""}`,
        affected: "People with low vision, and anyone in bright light.",
        fix: passing
          ? `Use ${passing} instead of ${foreground} on ${background}.`
          : "Use a darker or lighter colour.",
      };
    },
  },
};

/** @see https://www.w3.org/WAI/WCAG22/Understanding/contrast-enhanced.html */
export const enhancedContrast = contrastCheck("1.4.6", ({ contrast }) => (contrast.needed === 3 ? 4.5 : 7));

/** Below this the words may be wrong, and perhaps there are none. Of 100. */
const wellRead = 60;

const isHardlyRead = ({ text, confidence }: TextMark): boolean => text === "" || confidence < wellRead;

/** Text that could not be read is named by its place. */
const nameOf = ({ text, box }: TextMark): string => (text === "" ? placeWords(box) : quoteText(text));

/** Whether a text may be the label of a disabled control: these are grey. */
function isGreyInControl({ box, contrast }: MeasuredText, controls: readonly ControlMark[]): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((index) =>
    Number.parseInt(contrast.foreground.slice(index, index + 2), 16),
  );
  if (Math.max(red, green, blue) - Math.min(red, green, blue) > 16) return false;
  return controls.some(
    (control) =>
      overlapOf(control.box, box).across >= box.width && overlapOf(control.box, box).down >= box.height,
  );
}
