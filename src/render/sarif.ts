import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Criterion, Impact } from "../report.js";
import type { Overview, PlacedFinding } from "./overview.js";

const levels: Record<Impact, Result.level> = {
  critical: "error",
  serious: "error",
  moderate: "warning",
  minor: "note",
};

/**
 * Audits as SARIF 2.1.0: the findings that stand. A picture has no lines: the place is a region of it, in `properties`.
 * What a baseline knows is said to be unchanged.
 */
export function auditsToSarif({ groups }: Overview, version: string, hasBaseline = false): Log {
  const rules = new Map(groups.map(({ finding: { criterion } }) => [ruleId(criterion), rule(criterion)]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Screenshot Workbench",
            version,
            informationUri: "https://www.w3.org/TR/WCAG22/",
            rules: [...rules.values()],
          },
        },
        results: groups.flatMap(({ places }) => places.map((place) => result(place, hasBaseline))),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

const ruleId = (criterion: Criterion | undefined): string =>
  criterion ? `wcag-${criterion.number}` : "display-defect";

function rule(criterion: Criterion | undefined): ReportingDescriptor {
  const id = ruleId(criterion);
  if (!criterion)
    return {
      id,
      name: "DisplayDefect",
      shortDescription: { text: "Something is drawn other than it was meant to be" },
    };
  const { number, name, level, url } = criterion;
  return {
    id,
    name: name.replace(/[^A-Za-z]/g, ""),
    shortDescription: { text: `WCAG 2.2 ${number} ${name} (${level})` },
    helpUri: url,
  };
}

function result({ finding, path, fingerprint, isNew }: PlacedFinding, hasBaseline: boolean): Result {
  const { title, criterion, impact, where, box, problem, affected, fix, confidence, evidence } = finding;
  return {
    ruleId: ruleId(criterion),
    level: levels[impact],
    message: { text: inertMessage(`${title}. ${problem} Affected: ${affected} Fix: ${fix}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
          region: { startLine: 1 },
        },
        message: { text: inertMessage(where) },
      },
    ],
    partialFingerprints: { "screenshotWorkbench/v2": fingerprint },
    ...(hasBaseline ? { baselineState: isNew ? ("new" as const) : ("unchanged" as const) } : {}),
    properties: { impact, confidence, evidence, ...(box ? { region: { unit: "px", ...box } } : {}) },
  };
}

/**
 * Text from a picture as a SARIF message: in one, `[words](address)` is a link and `{0}` stands for an argument.
 *
 * @see SARIF 2.1.0, 3.11.5 (placeholders) and 3.11.6 (embedded links)
 */
const inertMessage = (text: string): string =>
  text.replace(/\[(?=[^\]]*\]\()/g, "\\[").replace(/\{(\d+)\}/g, "{{$1}}");
