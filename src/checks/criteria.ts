import type { Criterion } from "../report.js";

const criterion = (
  number: string,
  name: string,
  level: Criterion["level"],
  page: string,
): [string, Criterion] => [
  number,
  { number, name, level, url: `https://www.w3.org/WAI/WCAG22/Understanding/${page}.html` },
];

/** The WCAG 2.2 success criteria whose failure a picture can show. */
export const criteria: ReadonlyMap<string, Criterion> = new Map([
  criterion("1.1.1", "Non-text Content", "A", "non-text-content"),
  criterion("1.3.3", "Sensory Characteristics", "A", "sensory-characteristics"),
  criterion("1.4.1", "Use of Color", "A", "use-of-color"),
  criterion("1.4.3", "Contrast (Minimum)", "AA", "contrast-minimum"),
  criterion("1.4.5", "Images of Text", "AA", "images-of-text"),
  criterion("1.4.6", "Contrast (Enhanced)", "AAA", "contrast-enhanced"),
  criterion("1.4.10", "Reflow", "AA", "reflow"),
  criterion("1.4.11", "Non-text Contrast", "AA", "non-text-contrast"),
  criterion("2.3.1", "Three Flashes or Below Threshold", "A", "three-flashes-or-below-threshold"),
  criterion("2.4.4", "Link Purpose (In Context)", "A", "link-purpose-in-context"),
  criterion("2.4.6", "Headings and Labels", "AA", "headings-and-labels"),
  criterion("2.4.7", "Focus Visible", "AA", "focus-visible"),
  criterion("2.5.5", "Target Size (Enhanced)", "AAA", "target-size-enhanced"),
  criterion("2.5.8", "Target Size (Minimum)", "AA", "target-size-minimum"),
  criterion("3.2.4", "Consistent Identification", "AA", "consistent-identification"),
  criterion("3.3.1", "Error Identification", "A", "error-identification"),
  criterion("3.3.2", "Labels or Instructions", "A", "labels-or-instructions"),
  criterion("3.3.3", "Error Suggestion", "AA", "error-suggestion"),
]);

/** @throws Error when the code names a criterion that is not in the list */
export function criterionOf(number: string): Criterion {
  const found = criteria.get(number);
  if (!found) throw new Error(`There is no criterion ${number}`);
  return found;
}

/** What each criterion asks for, in a sentence or two. */
export const requirements: ReadonlyMap<string, string> = new Map([
  ["1.1.1", "What is no text has a text that serves the same purpose, unless it is decoration."],
  ["1.3.3", "Instructions do not rely on shape, colour, size, place or sound alone."],
  ["1.4.1", "Colour is not the only means that tells states, categories or links apart."],
  [
    "1.4.3",
    "Text has a contrast of at least 4.5:1 with what it stands on, large text (24 CSS px, or 18.66 in bold) 3:1. Disabled controls, decoration and logos are exempt.",
  ],
  ["1.4.5", "Text is text and not a picture of it, where the same can be shown by text."],
  ["1.4.6", "Text has a contrast of at least 7:1 with what it stands on, large text 4.5:1."],
  ["1.4.10", "Content fits into a width of 320 CSS px without loss and without scrolling in two directions."],
  [
    "1.4.11",
    "What identifies a control or its state, and what is needed to understand a graphic, has a contrast of at least 3:1 with what is next to it.",
  ],
  ["2.3.1", "Nothing flashes more than three times in any second, unless it is small or dim enough."],
  ["2.4.4", "The purpose of a link follows from its text, or from its text and its surroundings."],
  ["2.4.6", "Headings and labels describe their topic or purpose."],
  ["2.4.7", "It can be seen which element has the keyboard focus."],
  ["2.5.5", "Targets are at least 44 by 44 CSS px."],
  ["2.5.8", "Targets are at least 24 by 24 CSS px, or have so much room around them."],
  ["3.2.4", "What has the same function is named and drawn in the same way."],
  ["3.3.1", "An error that is found in an input is described in text, with the field that has it."],
  ["3.3.2", "Fields that ask for an input have labels or instructions."],
  ["3.3.3", "Where a correction of an error is known, it is suggested."],
]);
