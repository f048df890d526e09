import { z } from "zod";
import { overlapOf } from "../../../src/measure/boxes.js";
import { Measurement } from "../../../src/measure/measurement.js";
import { type Box, Finding, standingOf } from "../../../src/report.js";
import type { Truth, TruthRun } from "../measure/truth.js";

/** What the command line writes of an audit, as far as it is scored. */
export const AuditResult = z.object({
  answer: z.object({ findings: z.array(Finding) }),
  measurement: Measurement,
});
export type AuditResult = z.infer<typeof AuditResult>;

/** What came of audits of pages whose truth is known. The page's own truth tells contrast and target sizes alone. */
export interface AuditScore {
  pictures: number;
  /** The model's claims of 1.4.3 and 2.5.8 that stand, by the page's truth; and those that the pixels denied. */
  claimsTrue: number;
  claimsFalse: number;
  claimsContradicted: number;
  /** Its claims of other criteria, which nobody here judges. */
  claimsOpen: number;
  /** Texts that a standing finding of 1.4.3 names: failing, exempt, with a shadow that can be argued about, or none. */
  textsRight: number;
  textsExempt: number;
  textsShadowed: number;
  textsWrong: number;
  /** Runs that fail, and those that a standing finding names or that are only set aside. */
  runs: number;
  runsReported: number;
  runsSetAside: number;
  /** Texts that were set aside: exempt or no text, or failing ones that are asked for. */
  asideRight: number;
  asideWrong: number;
}

export const emptyScore = (): AuditScore => ({
  pictures: 0,
  claimsTrue: 0,
  claimsFalse: 0,
  claimsContradicted: 0,
  claimsOpen: 0,
  textsRight: 0,
  textsExempt: 0,
  textsShadowed: 0,
  textsWrong: 0,
  runs: 0,
  runsReported: 0,
  runsSetAside: 0,
  asideRight: 0,
  asideWrong: 0,
});

type ScoredTruth = Pick<Truth, "runs" | "controls" | "shot">;

/** Adds an audit of a page. @returns what was wrong, in words */
export function addAudit(score: AuditScore, truth: ScoredTruth, result: AuditResult): string[] {
  const { findings } = result.answer;
  score.pictures++;
  const wrong: string[] = [];
  for (const finding of findings.filter(({ evidence }) => evidence !== "measured")) {
    if (standingOf(finding) === "contradicted") score.claimsContradicted++;
    const verdict = verdictOn(finding, truth, result.measurement);
    if (verdict === undefined) score.claimsOpen++;
    else if (standingOf(finding) === "contradicted") wrong.push(`contradicted: ${finding.title}`);
    else if (verdict) score.claimsTrue++;
    else {
      score.claimsFalse++;
      wrong.push(`false: ${finding.criterion?.number ?? ""} ${finding.title}`);
    }
  }
  const pale = findings.filter(({ criterion }) => criterion?.number === "1.4.3");
  const reported = textBoxes(
    pale.filter((one) => ["stands", "review"].includes(standingOf(one))),
    result.measurement,
  );
  const aside = textBoxes(
    pale.filter((one) => standingOf(one) === "setAside"),
    result.measurement,
  );
  for (const { id, text, box } of reported) {
    const under = runsUnder(box, truth);
    if (under.some(isFailing)) score.textsRight++;
    else if (under.some(({ shadowed }) => shadowed)) score.textsShadowed++;
    else if (under.some(({ exempt }) => exempt !== undefined)) {
      score.textsExempt++;
      wrong.push(`exempt, reported: ${id} ${text}`);
    } else {
      score.textsWrong++;
      wrong.push(`passing or no text, reported: ${id} ${text}`);
    }
  }
  for (const { id, text, box } of aside) {
    if (!runsUnder(box, truth).some(isFailing)) score.asideRight++;
    else {
      score.asideWrong++;
      wrong.push(`failing, set aside: ${id} ${text}`);
    }
  }
  for (const run of truth.runs.filter(isFailing)) {
    score.runs++;
    const isUnder = ({ box }: { box: Box }) => run.words.some((word) => touches(box, word.letters));
    if (reported.some(isUnder)) score.runsReported++;
    else if (aside.some(isUnder)) score.runsSetAside++;
    else wrong.push(`not reported: ${run.words.map(({ text }) => text).join(" ")} ${run.worst.toFixed(2)}`);
  }
  return wrong;
}

const isFailing = ({ exempt, shadowed, worst, needed }: TruthRun): boolean =>
  exempt === undefined && !shadowed && worst < needed;

const touches = (one: Box, other: Box): boolean =>
  overlapOf(one, other).across > 0 && overlapOf(one, other).down > 0;

const runsUnder = (box: Box, { runs }: ScoredTruth): TruthRun[] =>
  runs.filter(({ words }) => words.some(({ letters }) => touches(box, letters)));

/** The texts that findings name, or else the places that they have. */
function textBoxes(findings: readonly Finding[], { texts }: Measurement) {
  return findings.flatMap(({ marks, box, title }) => {
    const named = texts.filter(({ id }) => marks.includes(id));
    return named.length > 0 || !box ? named : [{ id: "", text: title, box }];
  });
}

/** Whether a claim is true by the page; undefined where the page does not tell. */
function verdictOn(
  { criterion, marks, box }: Finding,
  truth: ScoredTruth,
  { texts, controls }: Measurement,
): boolean | undefined {
  const named = [...texts, ...controls].filter(({ id }) => marks.includes(id)).map((mark) => mark.box);
  const boxes = named.length > 0 || !box ? named : [box];
  if (boxes.length === 0) return undefined;
  if (criterion?.number === "1.4.3") {
    const under = boxes.flatMap((place) => runsUnder(place, truth));
    return under.some(isFailing) || (under.some(({ shadowed }) => shadowed) ? undefined : false);
  }
  if (criterion?.number !== "2.5.8") return undefined;
  const isSmall = ({ target }: { target: Box }) =>
    Math.min(target.width, target.height) < 24 * truth.shot.ratio - 0.5;
  return boxes.some((place) => truth.controls.some((one) => isSmall(one) && touches(one.box, place)));
}
