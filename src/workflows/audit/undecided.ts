import type { Check } from "../../checks/check.js";
import { criterionOf } from "../../checks/criteria.js";
import { controlNames, quoteText } from "../../checks/words.js";
import type { Measurement } from "../../measure/measurement.js";
import { type Aside, asideWords, type ControlMark, type TextMark, type Undecided } from "../../report.js";
import { isMeasured } from "./evidence.js";
import { checksOf } from "./level.js";
import type { Level } from "./levels.js";
import type { Rulings } from "./rulings.js";

/** What was measured without a verdict: silence would be taken for a pass. Grouped by criterion and reason. */
export function undecidedIn(page: Measurement, level: Level, rulings: Rulings): Undecided[] {
  const unmeasured = page.texts.filter((text) => !isMeasured(text) && !isCrumb(text, page));
  const doubts = checksOf(level).flatMap((check) =>
    check.of === "text"
      ? doubtful(check, page.texts.filter(isMeasured), page, rulings)
      : doubtful(check, page.controls, page, rulings),
  );
  return grouped([
    ...unmeasured.map((text) => ({
      criterion: "1.4.3",
      reason: asideReason(rulings.reasonFor(text, "1.4.3")) ?? reasonOf(text),
      mark: text,
    })),
    ...doubts,
  ]);
}

/** Whether a mark is a speck in which no word was read: smaller than any letter that a person has to read. */
export const isCrumb = ({ text, box }: TextMark, { pixelRatio }: Pick<Measurement, "pixelRatio">): boolean =>
  text === "" && Math.max(box.width, box.height) < 6 * pixelRatio;

interface Doubt {
  criterion: string;
  reason: string;
  mark: TextMark | ControlMark;
}

function doubtful<Mark extends TextMark | ControlMark>(
  { criterion, findings, verdict }: Check<Mark>,
  marks: readonly Mark[],
  page: Measurement,
  rulings: Rulings,
): Doubt[] {
  const { doubt, covers } = findings ?? {};
  if (doubt === undefined) return [];
  return marks
    .filter((mark) => verdict(mark, page) === "unsure" && covers?.(mark, page))
    .map((mark) => ({ criterion, reason: asideReason(rulings.reasonFor(mark, criterion)) ?? doubt, mark }));
}

const asideReason = (aside: Aside | undefined): string | undefined =>
  aside && `Set aside by Claude: ${asideWords[aside]}`;

/** Why a text has no verdict, without its own numbers, which are said with its place. */
function reasonOf({ contrast }: TextMark): string {
  if (contrast.status === "measured") return "";
  const reason = contrast.reason
    .replace(/[;:,]? ?its contrast lies between [\d.]+:1 and [\d.]+:1/i, "")
    .replace(/^[:;,.\s]+|[.\s]+$/g, "");
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
}

function grouped(doubts: readonly Doubt[]): Undecided[] {
  const groups = new Map<string, Undecided>();
  for (const { criterion, reason, mark } of doubts) {
    const key = `${criterion} ${reason}`;
    const group = groups.get(key) ?? { criterion: criterionOf(criterion), reason, places: [] };
    group.places.push({ id: mark.id, label: labelOf(mark), box: mark.box });
    groups.set(key, group);
  }
  return [...groups.values()];
}

function labelOf(mark: TextMark | ControlMark): string {
  if (!("contrast" in mark)) return controlNames[mark.kind].one;
  const { low, high } = mark.contrast;
  const words = mark.text === "" ? "not read" : quoteText(mark.text);
  const band = low === undefined || high === undefined ? "" : ` (${low.toFixed(1)} to ${high.toFixed(1)}:1)`;
  return `${words}${band}`;
}
