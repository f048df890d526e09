import type { Flashing } from "../measure/measurement.js";
import type { Finding } from "../report.js";
import { criterionOf } from "./criteria.js";
import { placeWords } from "./words.js";

/** What is said of flashes that WCAG 2.2 forbids. */
export function flashFinding({ kind, time, box }: Flashing): Finding {
  const seconds = (time / 1000).toFixed(1);
  const problem = `Within the second before ${seconds} s, more than three ${kind === "red" ? "flashes of saturated red" : "flashes"} are seen on more than a quarter of a field of 341 × 256 CSS px.`;
  return {
    key: `2.3.1 ${kind}`,
    title:
      kind === "red"
        ? "It flashes red more than three times a second"
        : "It flashes more than three times a second",
    criterion: criterionOf("2.3.1"),
    impact: "critical",
    where: placeWords(box),
    box,
    problem,
    affected: "People with photosensitive epilepsy, who may have a seizure; people with migraine.",
    fix: "Let it change at most three times a second, dim the change, or make the part that flashes smaller.",
    confidence: "high",
    evidence: "measured",
    measured: `Measured from all frames: ${problem}`,
    marks: [],
  };
}
