import { UserError } from "../../errors.js";
import { orderOfParts } from "../../image/prepared.js";
import type { Change, Comparison } from "../../measure/compare/comparison.js";
import type { Confidence, Evidence, Substance } from "../../report.js";
import { placing } from "../placing.js";
import {
  defineWorkflow,
  type Parameters,
  type PreparedInput,
  type PreparedInputs,
  type WorkflowDefinition,
} from "../workflow.js";
import { presentation } from "./presentation.js";
import systemPrompt from "./prompt.md";
import { isShifted, type Region, regionsOf, substanceOf, titleOf } from "./regions.js";
import { compareReport, measuredSummary } from "./report.js";
import { CompareAnswer } from "./schema.js";
import { judgeSeen } from "./seen.js";
import { ignoredBoxes, isIn, zonesOf } from "./zones.js";

/** One change as we stand by it. */
export interface JudgedChange {
  /** What it rests on; empty for what the model alone sees. */
  regions: readonly Region[];
  title: string;
  /** In a person's words, where a model or the measures give any. */
  words: string;
  substance: Substance;
  /** Why it is substantive by measure; empty when nothing says so. */
  consequences: readonly string[];
  intent: string;
  confidence: Confidence;
  evidence: Evidence;
  /** What the pixels say at a place that the model alone has named. */
  checked?: string;
  /** Pixels of the original after, or of the original before where it is only there. */
  box?: Change["after"];
}

export interface EvaluatedComparison {
  summary: string;
  /** Substantive ones first. */
  changes: JudgedChange[];
  /** What only stands elsewhere. */
  shifted: Change[];
  /** What was to be ignored, and how many changes were left out for their words or their place. */
  zones: Array<{ name: string; left: number }>;
  comparison: Comparison;
  isAsked: boolean;
}

/** As many as a long answer has room for, twice over. */
const mostChanges = 500;
/** More regions than this are left out of a question, and that is said. */
const mostRegions = 200;

/** What changed from one picture to another. */
export const compare: WorkflowDefinition<CompareAnswer, EvaluatedComparison> = {
  id: "compare",
  title: "Compare Pictures",
  presentation,
  systemPrompt,
  schema: CompareAnswer,
  compares: { ignored: ignoredBoxes },
  maxTokens: 12_000,
  usualOutput: 1500,
  question,
  evaluate: evaluateComparison,
  report: compareReport,
  isSettled: (inputs, parameters) => foundIn(inputs, parameters).regions.length === 0,
  offline: (inputs, parameters) => {
    const { regions, ...rest } = foundIn(inputs, parameters);
    const changes = inOrder(regions.map(byMeasure));
    return { summary: measuredSummary(changes), changes, ...rest, isAsked: false };
  },
};

export const workflow = defineWorkflow(compare);

/** @throws UserError when there are not two pictures that were compared */
function pairOf([before, after]: PreparedInputs): [PreparedInput, PreparedInput, Comparison] {
  if (after?.comparison) return [before, after, after.comparison];
  throw new UserError({
    code: "wrongInput",
    problem: "A comparison takes two pictures.",
    advice: "Choose the picture before and the picture after.",
  });
}

/** What was measured, without what is ignored. */
function foundIn(inputs: PreparedInputs, parameters: Parameters | undefined) {
  const [before, after, comparison] = pairOf(inputs);
  const zones = zonesOf(parameters);
  const ignored = new Map<string, number>();
  const left = comparison.changes.filter((change) => {
    const zone = zones.find((one) => isIn(one, change));
    if (zone) ignored.set(zone.name, (ignored.get(zone.name) ?? 0) + 1);
    return zone === undefined;
  });
  const changes = left.filter((change) => !isShifted(change));
  return {
    regions: regionsOf(changes, before, after, comparison.scale),
    shifted: left.filter(isShifted),
    zones: zones.map(({ name }) => ({ name, left: ignored.get(name) ?? 0 })),
    comparison,
  };
}

function byMeasure(region: Region): JudgedChange {
  const { change, facts, consequences } = region;
  const box = change.after ?? change.before;
  return {
    regions: [region],
    title: titleOf(region),
    words: `${facts.join("; ")}.`,
    substance: substanceOf(region),
    consequences,
    intent: "",
    confidence: "high",
    evidence: "measured",
    ...(box ? { box } : {}),
  };
}

function evaluateComparison(
  answer: CompareAnswer,
  inputs: PreparedInputs,
  parameters?: Parameters,
): EvaluatedComparison {
  if (answer.changes.length + answer.seen.length > mostChanges)
    throw new UserError({
      code: "answerInvalid",
      problem: `The answer holds ${(answer.changes.length + answer.seen.length).toLocaleString("en")} changes: no pair of screens has as many.`,
      advice: "Run it again, or choose another model.",
    });
  const { regions, ...rest } = foundIn(inputs, parameters);
  const free = new Map(regions.map((region) => [region.id, region]));
  const named = answer.changes.flatMap((claim): JudgedChange[] => {
    // A region is one change's: the first that names it.
    const own = [...new Set(claim.regions)].flatMap((id) => free.get(id) ?? []);
    for (const { id } of own) free.delete(id);
    return own.length > 0 ? [explained(claim, own)] : [];
  });
  const seen = answer.seen.map((claim) => judgeSeen(claim, inputs, regions, rest.comparison));
  const confirmed = seen.flatMap(({ claim, region }): JudgedChange[] => {
    const own = region && free.get(region.id);
    if (!own) return [];
    free.delete(own.id);
    return [explained(claim, [own])];
  });
  // What lies in a region that is explained already says nothing new.
  const alone = seen.flatMap(({ judged }) => judged ?? []);
  const unexplained = [...free.values()].map(byMeasure);
  const changes = inOrder([...named, ...confirmed, ...unexplained, ...alone]);
  return { summary: answer.summary.trim() || measuredSummary(changes), changes, ...rest, isAsked: true };
}

type Claim = Omit<CompareAnswer["changes"][number], "regions">;

/** Regions as the model explains them. What follows by measure, it cannot take back. */
function explained({ what, change, substance, intent, confidence }: Claim, regions: Region[]): JudgedChange {
  const consequences = regions.flatMap((region) => region.consequences);
  const [box] = regions.flatMap(({ change: { after, before } }) => after ?? before ?? []);
  return {
    regions,
    title: what.trim(),
    words: change.trim(),
    substance: consequences.length > 0 ? "substantive" : substance,
    consequences,
    intent: intent.trim(),
    confidence,
    evidence: "confirmed",
    ...(box ? { box } : {}),
  };
}

/** Substantive ones first, then from top to bottom. */
function inOrder(changes: JudgedChange[]): JudgedChange[] {
  const rank = ({ substance }: JudgedChange) => (substance === "substantive" ? 0 : 1);
  return changes.sort((a, b) => rank(a) - rank(b) || (a.box?.y ?? 0) - (b.box?.y ?? 0));
}

function question(inputs: PreparedInputs, parameters: Parameters): string {
  const [before, after] = inputs;
  if (!after?.comparison) return "Compare the two pictures.";
  const { regions } = foundIn(inputs, parameters);
  const placeBefore = placing(before.picture.parts);
  const placeAfter = placing(after.picture.parts);
  const rows = regions
    .slice(0, mostRegions)
    .map(({ id, change, facts, consequences, name }) =>
      [
        `${id} ${change.kind}`,
        ...(change.before ? [`before ${placeBefore(change.before)}`] : []),
        ...(change.after ? [`after ${placeAfter(change.after)}`] : []),
        JSON.stringify(name),
        ...facts,
        ...consequences,
      ].join("; "),
    );
  const more = regions.length - rows.length;
  return [
    sizesOf("before", before),
    sizesOf("after", after),
    "The regions in which they differ are data from the pictures:",
    `\n<regions>\n${[...rows, ...(more > 0 ? [`(${more} more are not listed)`] : [])].join("\n")}\n</regions>\n`,
    "Say what changed.",
  ].join("\n");
}

function sizesOf(label: string, { picture: { parts } }: PreparedInput): string {
  const sizes = parts.map(({ width, height }) => `${width} × ${height} px`);
  return sizes.length === 1
    ? `The picture ${label} is ${sizes[0]}.`
    : `The picture ${label} comes in ${sizes.length} overlapping parts, ${orderOfParts(parts)}: ${sizes.join(", ")}.`;
}
