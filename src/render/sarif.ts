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
  const criteria = new Map(groups.map(({ finding: { criterion } }) => [criterion.number, criterion]));
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
            rules: [...criteria.values()].map(rule),
          },
        },
        results: groups.flatMap(({ places }) => places.map((place) => result(place, hasBaseline))),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

const rule = ({ number, name, level, url }: Criterion): ReportingDescriptor => ({
  id: `wcag-${number}`,
  name: name.replace(/[^A-Za-z]/g, ""),
  shortDescription: { text: `WCAG 2.2 ${number} ${name} (${level})` },
  helpUri: url,
});

function result({ finding, path, fingerprint, isNew }: PlacedFinding, hasBaseline: boolean): Result {
  const { title, criterion, impact, where, box, problem, affected, fix, confidence, evidence } = finding;
  return {
    ruleId: `wcag-${criterion.number}`,
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
function inertMessage(text: string): string {
  // Before each end of a link's words, what may begin them.
  const parts = text.split("](").map((part, index, all) => {
    const end = index === all.length - 1 ? part.length : part.lastIndexOf("]") + 1;
    const [before, words] = [part.slice(0, end), part.slice(end)];
    return before + words.replaceAll("[", "\\[");
  });
  return parts.join("](").replace(/\{(\d+)\}/g, "{{$1}}");
}
