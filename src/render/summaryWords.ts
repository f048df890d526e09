import type { Finding } from "../report.js";
import { dollars } from "../text/dollars.js";
import { workflowOf } from "../workflows/index.js";
import { type ImpactCounts, type Overview, type PictureOutcome, stateCounts } from "./overview.js";

/** What a report on many pictures is called. */
export const titleOf = ({ workflow }: Overview): string => workflowOf(workflow).presentation.words.many;

export const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** What there is, in one sentence. */
export function sentenceOf({ pictures, groups }: Overview): string {
  const { review, failed, cancelled } = stateCounts(pictures);
  const findings = groups.reduce((sum, { places }) => sum + places.length, 0);
  const fresh = groups.reduce((sum, { places }) => sum + places.filter(({ isNew }) => isNew).length, 0);
  const cost = pictures.reduce((sum, picture) => sum + (picture.cost ?? 0), 0);
  return [
    counted(pictures.length, "picture"),
    ...(review > 0 ? [`${review} to review`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ...(findings > 0 ? [`${counted(groups.length, "problem")} in ${counted(findings, "place")}`] : []),
    ...(fresh < findings ? [`${fresh} of them new`] : []),
    ...(cost > 0 ? [dollars(cost)] : []),
  ].join(" · ");
}

export const placeWords = ({ where, box }: Finding): string =>
  box ? `${where} (${Math.round(box.x)}, ${Math.round(box.y)} px)` : where;

/** What became of a picture, in a few words. */
export function outcomeWords(
  { path, report, reason = "" }: PictureOutcome,
  { counts, workflow }: Overview,
): string {
  if (!report) return reason;
  return workflowOf(workflow).presentation.result === "findings"
    ? impactWords(counts.get(path) ?? {})
    : report.summary;
}

const impactWords = (counts: ImpactCounts): string =>
  Object.entries(counts)
    .map(([impact, count]) => `${count} ${impact}`)
    .join(", ") || "no findings";
