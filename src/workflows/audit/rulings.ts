import { exemptions } from "../../checks/exemptions.js";
import type { Measurement } from "../../measure/measurement.js";
import { lettersIn } from "../../measure/text.js";
import type { Aside, TextMark } from "../../report.js";
import type { AuditAnswer } from "./schema.js";

/** What the model sets aside. It is a claim: what was measured is shown with it, and a person can turn it back. */
export interface Rulings {
  /** Why nothing is asked of a mark by a criterion; undefined where it is. */
  reasonFor(mark: { id: string }, criterion: string): Aside | undefined;
  /** Marks whose words are too plain for the icons that the model takes them for: their findings stand. */
  disputed: TextMark[];
}

export const noRulings: Rulings = {
  reasonFor: () => undefined,
  disputed: [],
};

export function rulingsOf(setAside: AuditAnswer["setAside"], { texts }: Measurement): Rulings {
  const reasons = new Map<string, Aside>();
  for (const { marks, reason } of setAside)
    for (const id of marks) if (!reasons.has(id)) reasons.set(id, reason);
  const disputed = texts.filter((text) => reasons.get(text.id) === "icon" && isSurelyWords(text));
  for (const { id } of disputed) reasons.delete(id);
  return {
    reasonFor: ({ id }, criterion) => {
      const reason = reasons.get(id);
      return reason !== undefined && exemptions[reason].includes(criterion) ? reason : undefined;
    },
    disputed,
  };
}

/** No icon is read as so many letters with such certainty. */
const isSurelyWords = ({ text, confidence }: TextMark): boolean => lettersIn(text) >= 4 && confidence >= 85;
