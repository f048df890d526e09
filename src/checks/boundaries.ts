import type { ControlMark } from "../report.js";
import type { Check } from "./check.js";
import { controlNames, controlPlaces, ratioWords } from "./words.js";

const needed = 3;
/** How exactly a thin border's contrast is measured. */
const error = 0.05;

/** @see https://www.w3.org/WAI/WCAG22/Understanding/non-text-contrast.html */
export const boundaryContrast: Check<ControlMark> = {
  criterion: "1.4.11",
  verdict: ({ boundary }) => (boundary < needed - error ? "fails" : boundary < needed ? "unsure" : "passes"),
  rank: ({ boundary }) => boundary,
  words: ({ boundary }) => `its border or fill has ${ratioWords(boundary)} against what surrounds it`,
  needed: () => `${needed}:1 is needed`,
  claim: (value) => (value > 0 ? `Claimed: about ${value}:1.` : "Claimed: too little contrast."),
  findings: {
    // A button is told by its text; a field and a checkbox are told by their boundary alone.
    covers: ({ kind }) => kind === "field" || kind === "checkbox",
    doubt: "Its boundary's contrast is too close to 3:1 to tell in this picture",
    groupBy: ({ kind, boundary }) => `${kind} ${boundary.toFixed(1)}`,
    describe: (alike) => {
      const [first] = alike;
      const { one, many } = controlNames[first.kind];
      return {
        impact: "moderate",
        title: `The boundary of ${alike.length === 1 ? `a ${one}` : `${alike.length} ${many}`} is hard to see`,
        where: controlPlaces(alike),
        problem: `The border or fill has ${ratioWords(first.boundary)} against what surrounds it; ${needed}:1 is needed.`,
        affected: "People with low vision, who cannot see where to type or to press.",
        fix: `Give the border a colour of at least ${needed}:1 against the page.`,
      };
    },
  },
};
