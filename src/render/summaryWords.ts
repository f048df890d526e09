import { asideWords, enoughCoverage, type Finding } from "../report.js";
import { dollars } from "../text/dollars.js";
import { workflowOf } from "../workflows/index.js";
import { type ImpactCounts, type Overview, type PictureOutcome, stateCounts } from "./overview.js";

/** What a report on many pictures is called. */
export const titleOf = ({ workflow }: Overview): string => workflowOf(workflow).presentation.words.many;

export const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** What there is, in one sentence. */
export function sentenceOf({ workflow, pictures, groups, setAside }: Overview): string {
  const noun = workflowOf(workflow).presentation.result === "comparison" ? "change" : "problem";
  const { review, failed, cancelled } = stateCounts(pictures);
  const findings = groups.reduce((sum, { places }) => sum + places.length, 0);
  const fresh = groups.reduce((sum, { places }) => sum + places.filter(({ isNew }) => isNew).length, 0);
  const cost = pictures.reduce((sum, picture) => sum + (picture.cost ?? 0), 0);
  return [
    counted(pictures.length, "picture"),
    ...(review > 0 ? [`${review} to review`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ...(findings > 0 ? [`${counted(groups.length, noun)} in ${counted(findings, "place")}`] : []),
    ...(fresh < findings ? [`${fresh} of them new`] : []),
    ...setAside.map(({ reason, places }) => `${places.length} set aside by Claude as ${asideWords[reason]}`),
    ...(cost > 0 ? [dollars(cost)] : []),
  ].join(" · ");
}

export const placeWords = ({ where, box }: Finding): string =>
  box && !where.includes("(picture px)")
    ? `${where} (picture px ${Math.round(box.x)}, ${Math.round(box.y)})`
    : where;

/** What became of a picture, in a few words. Where little of it was checked, nothing is called fine. */
export function outcomeWords(
  { path, report, reason = "" }: PictureOutcome,
  { counts, workflow, setAside }: Overview,
): string {
  if (!report) return reason;
  if (workflowOf(workflow).presentation.result !== "findings") return report.summary;
  const { coverage = 1 } = report;
  const checked =
    coverage < enoughCoverage ? [`only ${Math.floor(coverage * 100)} % of the text was checked`] : [];
  const aside = setAside.reduce(
    (sum, { places }) => sum + places.filter((place) => place.path === path).length,
    0,
  );
  return [
    ...impactWords(counts.get(path) ?? {}, checked.length > 0),
    ...checked,
    ...(aside > 0 ? [`${aside} set aside by Claude`] : []),
  ].join(", ");
}

function impactWords(counts: ImpactCounts, isPartial: boolean): string[] {
  const words = Object.entries(counts).map(([impact, count]) => `${count} ${impact}`);
  return words.length > 0 || isPartial ? words : ["no findings"];
}
