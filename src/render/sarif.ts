import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { type Criterion, type Finding, type Impact, type Report, standing } from "../report.js";

/** An audited picture and the path that a SARIF viewer finds it by. */
export interface AuditedPicture {
  /** Relative to the repository, with forward slashes. */
  path: string;
  sha256: string;
  report: Report;
}

const levels: Record<Impact, Result.level> = {
  critical: "error",
  serious: "error",
  moderate: "warning",
  minor: "note",
};

/** Audits as SARIF 2.1.0: the findings that stand. A picture has no lines: the place is a region of it, in `properties`. */
export function auditsToSarif(pictures: AuditedPicture[], version: string): Log {
  const findings = pictures.flatMap(({ report }) => standing(report.findings));
  const criteria = new Map(findings.map(({ criterion }) => [criterion.number, criterion]));
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
        results: pictures.flatMap((picture) =>
          standing(picture.report.findings).map((finding) => result(finding, picture)),
        ),
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

function result(finding: Finding, { path, sha256 }: AuditedPicture): Result {
  const { title, criterion, impact, where, box, problem, affected, fix, confidence, evidence } = finding;
  return {
    ruleId: `wcag-${criterion.number}`,
    level: levels[impact],
    message: { text: `${title}. ${problem} Affected: ${affected} Fix: ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
          region: { startLine: 1 },
        },
        message: { text: where },
      },
    ],
    partialFingerprints: {
      "screenshotWorkbench/v1": createHash("sha256")
        .update([sha256, criterion.number, title.toLowerCase()].join("\n"))
        .digest("hex"),
    },
    properties: { impact, confidence, evidence, ...(box ? { region: { unit: "px", ...box } } : {}) },
  };
}
