import { placeWords } from "../../checks/words.js";
import type { Finding } from "../../report.js";
import type { OwnReport, PreparedInputs } from "../workflow.js";
import type { EvaluatedComparison, JudgedChange } from "./compare.js";
import { movement } from "./regions.js";

/** How many changes there are of which worth, in a sentence. */
export function measuredSummary(changes: readonly JudgedChange[]): string {
  const counted = changes.filter(({ evidence }) => evidence !== "contradicted");
  const substantive = counted.filter(({ substance }) => substance === "substantive").length;
  const cosmetic = counted.length - substantive;
  const words = [
    ...(substantive > 0 ? [`${substantive} substantive`] : []),
    ...(cosmetic > 0 ? [`${cosmetic} cosmetic`] : []),
  ];
  if (words.length === 0) return "No change.";
  return `${words.join(" and ")} ${counted.length === 1 ? "change" : "changes"}.`;
}

export function compareReport(evaluated: EvaluatedComparison, [before, after]: PreparedInputs): OwnReport {
  const { summary, changes, shifted, zones, comparison, isAsked } = evaluated;
  const [was, is] = [before.picture.name, (after ?? before).picture.name];
  const { texts, controls } = (after ?? before).measurement;
  return {
    workflow: "compare",
    title: was === is ? `What changed in ${is}` : `What changed from ${was} to ${is}`,
    summary,
    findings: withOwnKeys(changes.map(findingOf)),
    fields: [],
    documents: [],
    texts,
    controls,
    notJudged:
      isAsked || changes.length === 0
        ? []
        : [
            "What the changes are meant for. Without Claude, what was added, removed, re-worded or shows another image counts as substantive, and so does what fails a check now; the rest counts as cosmetic.",
          ],
    notes: [
      ...shifted.map(({ by, after: place }) => {
        const where = place ? `What is ${placeWords(place)}` : "A part of the page";
        return `${where} only moved${by ? ` by ${movement(by)}` : ""}: something before it grew or went.`;
      }),
      ...zones.map(
        ({ name, left }) =>
          `Ignored: ${name}${left > 0 ? ` (${left} ${left === 1 ? "change" : "changes"} left out)` : ""}.`,
      ),
      ...(comparison.noise > 0
        ? [
            `${comparison.noise} ${comparison.noise === 1 ? "place differs" : "places differ"} by rendering alone (antialiasing, compression).`,
          ]
        : []),
      ...before.picture.notes.map((note) => `Before: ${note}`),
      ...(after?.picture.notes ?? []).map((note) => `After: ${note}`),
    ],
  };
}

function findingOf(judged: JudgedChange): Finding {
  const { title, words, substance, consequences, intent, confidence, evidence, regions, box, checked } =
    judged;
  const [first] = regions;
  const isGone = first !== undefined && first.change.after === undefined;
  const measured = [
    ...regions.map(({ id, facts }) => `${id}: ${facts.join("; ")}.`),
    ...(checked ? [checked] : []),
  ];
  return {
    key: `${first?.change.kind ?? "seen"} ${box ? [box.x, box.y, box.width, box.height].map(Math.round).join(" ") : title.toLowerCase()}`,
    title,
    impact: substance === "substantive" ? "serious" : "minor",
    substance,
    where: whereOf(judged, isGone),
    ...(box ? { box } : {}),
    problem: [
      words,
      ...consequences,
      ...(intent === "" ? [] : [`Most likely: ${intent.replace(/\.$/, "")}.`]),
    ].join(" "),
    affected: "",
    fix: "",
    confidence,
    evidence,
    ...(evidence === "measured" ? {} : { measured: measured.join(" ") }),
    marks: [],
  };
}

/** Places are those of the picture after, where it is there. */
function whereOf({ regions, box }: JudgedChange, isGone: boolean): string {
  if (!box) return "somewhere in the picture";
  const others = regions.length > 1 ? `, and at ${regions.length - 1} more` : "";
  return `${placeWords(box)}${isGone ? " of the picture before" : ""}${others}`;
}

/** Within a report, each key is one finding's. */
function withOwnKeys(findings: readonly Finding[]): Finding[] {
  const taken = new Map<string, number>();
  return findings.map((finding) => {
    const number = (taken.get(finding.key) ?? 0) + 1;
    taken.set(finding.key, number);
    return number === 1 ? finding : { ...finding, key: `${finding.key} #${number}` };
  });
}
