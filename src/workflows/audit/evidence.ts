import type { Check, MeasuredText, Page } from "../../checks/check.js";
import { checks } from "../../checks/index.js";
import type { Measurement } from "../../measure/measurement.js";
import type { ControlMark, Evidence, TextMark } from "../../report.js";

/** What a finding claims, as far as pixels can tell. */
export interface Claim {
  /** The number of its success criterion. */
  criterion: string;
  /** The ratio or the size in CSS px that it claims; 0 for none. */
  value: number;
  texts: readonly TextMark[];
  controls: readonly ControlMark[];
}

export interface Weighed {
  evidence: Evidence;
  /** What the pixels say, with the numbers. */
  measured?: string;
}

export const isMeasured = (text: TextMark): text is MeasuredText => text.contrast.status === "measured";

/** Compares a claim with what was measured. */
export function weigh({ criterion, value, texts, controls }: Claim, page: Measurement): Weighed {
  const check = checks.find((one) => one.criterion === criterion);
  if (!check) return { evidence: "seen" };
  if (check.of === "control") return weighBy(check, controls, value, page, true);
  const measured = texts.filter(isMeasured);
  return weighBy(check, measured, value, page, measured.length === texts.length);
}

/**
 * Confirmed where a mark fails, with that mark's numbers; contradicted where all marks pass for sure.
 *
 * @param areAll whether every mark that the claim is about could be measured
 */
function weighBy<Mark>(
  check: Check<Mark>,
  marks: readonly Mark[],
  value: number,
  page: Page,
  areAll: boolean,
): Weighed {
  const worstFirst = [...marks].sort((a, b) => check.rank(a) - check.rank(b));
  const says = (mark: Mark) => `Measured: ${check.words(mark)}; ${check.needed(mark)}.`;
  const failing = worstFirst.find((mark) => check.verdict(mark, page) === "fails");
  if (failing) return { evidence: "confirmed", measured: says(failing) };
  const [worst] = worstFirst;
  const isSure = areAll && worstFirst.every((mark) => check.verdict(mark, page) === "passes");
  // Perhaps it is the mark that could not be measured which fails.
  if (!worst || !isSure) return { evidence: "seen" };
  return { evidence: "contradicted", measured: `${check.claim(value)} ${says(worst)}` };
}
