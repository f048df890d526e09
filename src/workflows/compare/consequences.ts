import type { Check, MeasuredText, Page } from "../../checks/check.js";
import { criterionOf } from "../../checks/criteria.js";
import { defectWords } from "../../checks/defects.js";
import { checks } from "../../checks/index.js";
import { controlNames, quoteText } from "../../checks/words.js";
import { isWithin } from "../../measure/boxes.js";
import type { Change } from "../../measure/compare/comparison.js";
import type { Measurement } from "../../measure/measurement.js";
import type { Box, ControlMark, TextMark } from "../../report.js";
import { similarity } from "../../text/similarity.js";

/** Words that are as alike as this are the same text, misread once. Of 1. */
const sameWords = 0.8;

/**
 * What follows from a change, by measure: what passed a check before and fails it now, text that is cut off now, a
 * control that is gone. Each in a sentence.
 */
export function consequencesOf(change: Change, before: Measurement, after: Measurement): string[] {
  return [...nowFailing(change, before, after), ...nowBroken(change, before, after), ...gone(change, before)];
}

function nowFailing({ before: was, after: is }: Change, before: Measurement, after: Measurement): string[] {
  if (!is) return [];
  const [textsBefore, textsAfter] = [measuredIn(before, was), measuredIn(after, is)];
  const [controlsBefore, controlsAfter] = [inside(before.controls, was), inside(after.controls, is)];
  return checks
    .filter(({ criterion }) => criterionOf(criterion).level !== "AAA")
    .flatMap((check) =>
      check.of === "text"
        ? textsAfter.flatMap((text) => fallen(check, twinOf(text, textsBefore), before, text, after))
        : controlsAfter.flatMap((control, index) => {
            const twin = controlsBefore.length === controlsAfter.length ? controlsBefore[index] : undefined;
            return fallen(check, twin, before, control, after);
          }),
    );
}

/** What is said of a mark that fails a check now; nothing when it failed before, or was not there. */
function fallen<Mark>(
  check: Check<Mark>,
  was: Mark | undefined,
  pageBefore: Page,
  is: Mark,
  pageAfter: Page,
): string[] {
  if (was === undefined || check.verdict(is, pageAfter) !== "fails") return [];
  if (check.verdict(was, pageBefore) !== "passes") return [];
  const { number, name } = criterionOf(check.criterion);
  return [
    `${number} ${name} fails now: ${check.words(is)}; it was ${check.words(was)}; ${check.needed(is)}.`,
  ];
}

/** The text that a text was before: the one with its words, or the only one there. */
function twinOf(text: MeasuredText, others: readonly MeasuredText[]): MeasuredText | undefined {
  const [only, another] = others;
  if (only && !another) return only;
  const alike = others.map((other) => ({ other, likeness: similarity(text.text, other.text) }));
  const best = alike.sort((a, b) => b.likeness - a.likeness)[0];
  return best && text.text !== "" && best.likeness >= sameWords ? best.other : undefined;
}

function nowBroken({ before: was, after: is }: Change, before: Measurement, after: Measurement): string[] {
  if (!is) return [];
  const brokenBefore = new Set(inside(before.defects ?? [], was).map(({ kind }) => kind));
  return inside(after.defects ?? [], is)
    .filter(({ kind }) => defectWords[kind].impact !== "minor" && !brokenBefore.has(kind))
    .map((defect) => `${defectWords[defect.kind].title} now. ${defectWords[defect.kind].problem(defect)}`);
}

function gone({ kind, before: was }: Change, before: Measurement): string[] {
  if (kind !== "removed" || !was) return [];
  const controls = before.controls.filter(({ box }) => isWithin(box, was));
  return controls.map((control) => {
    const label = inside(before.texts, control.box).find(({ text }) => text !== "");
    return `The ${controlNames[control.kind].one}${label ? ` ${quoteText(label.text)}` : ""} is gone.`;
  });
}

const inside = <Mark extends { box: Box }>(marks: readonly Mark[], box: Box | undefined): Mark[] =>
  box ? marks.filter((mark) => isWithin(mark.box, box) || isWithin(box, mark.box)) : [];

const measuredIn = ({ texts }: { texts: readonly TextMark[]; controls: readonly ControlMark[] }, box?: Box) =>
  inside(texts, box).filter((text): text is MeasuredText => text.contrast.status === "measured");
