import type { Check, MeasuredText } from "./check.js";
import { contrastWords, quoteText, ratioWords } from "./words.js";

/** Text from 24 CSS px on, or from 18.66 CSS px (14 pt) on where it is bold, is large: it needs less contrast. */
export const largeText = { regular: 24, bold: 18.66 } as const;

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
  findings: {
    covers: () => true,
    // One pair of colours is one place in the style sheet.
    groupBy: ({ contrast }) => `${contrast.foreground} ${contrast.background} ${contrast.needed}`,
    describe: (alike) => {
      const [first] = alike;
      const { worst, needed, foreground, background, passing } = first.contrast;
      return {
        impact: worst < 3 ? "serious" : "moderate",
        title: `Text ${quoteText(first.text)} has a contrast of ${ratioWords(worst)}`,
        where: alike
          .slice(0, 8)
          .map(({ text }) => quoteText(text))
          .join(", "),
        problem: `${alike.length === 1 ? "It has" : `${alike.length} texts have`} ${contrastWords(first)}; ${needed}:1 is needed${needed === 3 ? " for large text" : ""}.`,
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
