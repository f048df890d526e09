import type { Measurement } from "../../measure/measurement.js";
import { enoughCoverage } from "../../report.js";
import { isMeasured } from "./evidence.js";
import type { Rulings } from "./rulings.js";
import { isCrumb } from "./undecided.js";

/**
 * How much of what looks like text has a verdict on its contrast, by its width: 0 to 1. What the model sets aside is
 * not asked for one. Undefined where nothing looks like text.
 */
export function coverageOf(page: Measurement, rulings: Rulings): number | undefined {
  const asked = page.texts.filter(
    (text) => rulings.reasonFor(text, "1.4.3") === undefined && (isMeasured(text) || !isCrumb(text, page)),
  );
  const length = (texts: typeof asked) => texts.reduce((sum, { box }) => sum + box.width, 0);
  return asked.length === 0 ? undefined : length(asked.filter(isMeasured)) / length(asked);
}

/** As the headline says it: cut, so that 99.6 % are not all. */
export const coverageWords = (coverage: number | undefined): string => {
  if (coverage === undefined) return "No text was found to check.";
  return `Checked ${Math.floor(coverage * 100)} % of the text.${coverage < enoughCoverage ? " What was not checked may fail." : ""}`;
};
