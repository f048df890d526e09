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
